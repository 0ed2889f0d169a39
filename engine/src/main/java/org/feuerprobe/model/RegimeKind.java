package org.feuerprobe.model;

import java.util.List;

/** How the cost may change where a working set leaves a cache, or level off. */
public enum RegimeKind {
    /** One law throughout. */
    NONE,
    /** The whole cost is multiplied. */
    FACTOR,
    /** A constant is added. */
    LEVEL,
    /** The growing term's coefficient changes, with a jump. */
    SLOPE,
    /** The growing term's coefficient changes, without a jump. */
    BEND,
    /**
     * A bend before which the cost is flat; described as a bend of a term with the coefficient 0.
     */
    ONSET,
    /** The cost changes by {@code size·n/(n + c)}; the border is c, where half of that is done. */
    SATURATION,
    /**
     * Past the border c the cost changes by {@code size·(1 - c/n)}: random access where a cache
     * holds c of n.
     */
    MISSES,
    /** The cost changes by {@code size·(1 - exp(-n/c))}: n random choices among c places. */
    FILLING,
    /** The cost changes by {@code size·n²/(n² + c²)}: a level that is reached more abruptly. */
    SIGMOID,
    /** Past the border c the cost changes by {@code size·(1 - sqrt(c/n))}: it levels off slowly. */
    ROOT;

    static final List<RegimeKind> LEVELLING = List.of(SATURATION, MISSES, FILLING, SIGMOID, ROOT);

    /** Whether the cost approaches a level, however far the parameter goes. */
    public boolean levelsOff() {
        return LEVELLING.contains(this);
    }

    /** How much of the change is done at {@code n} where the border is c, from 0 to 1. */
    public double done(double n, double c) {
        return switch (this) {
            case SATURATION -> n / (n + c);
            case MISSES -> Math.max(0, 1 - c / n);
            case FILLING -> -Math.expm1(-n / c);
            case SIGMOID -> n * n / (n * n + c * c);
            case ROOT -> 1 - Math.sqrt(Math.min(1, c / n));
            case NONE, FACTOR, LEVEL, SLOPE, BEND, ONSET -> 1;
        };
    }
}
