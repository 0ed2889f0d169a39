package org.feuerprobe.model;

import java.util.List;

/** How the cost can change because a working set leaves a cache, or how it can level off. */
public enum RegimeKind {
    /** The law does not change. */
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
     * The cost is flat, and then grows. A model describes it as a bend of a term with coefficient
     * 0.
     */
    ONSET,
    /**
     * The cost changes by {@code size·n/(n + c)}. Half of the change happens below the border c.
     */
    SATURATION,
    /**
     * After the border c the cost changes by {@code size·(1 - c/n)}, as for random access if a
     * cache holds c of n items.
     */
    MISSES,
    /** The cost changes by {@code size·(1 - exp(-n/c))}, as for n random choices among c places. */
    FILLING,
    /** The cost changes by {@code size·n²/(n² + c²)}, which reaches its level more abruptly. */
    SIGMOID,
    /**
     * After the border c the cost changes by {@code size·(1 - sqrt(c/n))}, which levels off slowly.
     */
    ROOT;

    static final List<RegimeKind> LEVELLING = List.of(SATURATION, MISSES, FILLING, SIGMOID, ROOT);

    /** Whether the cost approaches a level as the parameter grows. */
    public boolean levelsOff() {
        return LEVELLING.contains(this);
    }

    /** Share of the change that has happened at {@code n} for border c, from 0 to 1. */
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
