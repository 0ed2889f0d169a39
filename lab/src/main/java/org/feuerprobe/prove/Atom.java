package org.feuerprobe.prove;

import java.util.Map;
import java.util.Set;

/**
 * A factor of a law that is no number: a parameter, or a function of parameters. Its value is never
 * negative, because parameters count things and a bound has no minus.
 */
sealed interface Atom extends Comparable<Atom> {
    /** A name that the source chose, such as {@code N_dom}. */
    record Parameter(String name) implements Atom {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The quotient, rounded up or down. */
    record Quotient(boolean up, Polynomial of, long by) implements Atom {
        @Override
        public String toString() {
            String inner = of.isSum() ? "(" + of + ")" : of.toString();
            return (up ? "ceil(" : "floor(") + inner + "/" + by + ")";
        }
    }

    /** The position of the highest bit that is set; 0 for 0 and 1. */
    record Logarithm(Polynomial of) implements Atom {
        @Override
        public String toString() {
            return "log2(" + of + ")";
        }
    }

    /** Its value at a point that gives every parameter. */
    default long at(Map<String, Long> point) {
        return switch (this) {
            case Parameter(String name) -> {
                Long value = point.get(name);
                if (value == null) {
                    throw new IllegalArgumentException("no value for " + name);
                }
                yield value;
            }
            case Quotient(boolean up, Polynomial of, long by) ->
                    up ? Math.ceilDiv(of.at(point), by) : Math.floorDiv(of.at(point), by);
            case Logarithm(Polynomial of) -> {
                long value = of.at(point);
                yield value < 2 ? 0 : Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
            }
        };
    }

    /** Adds the parameters that it depends on. */
    default void collect(Set<String> parameters) {
        switch (this) {
            case Parameter(String name) -> parameters.add(name);
            case Quotient(_, Polynomial of, _) -> of.collect(parameters);
            case Logarithm(Polynomial of) -> of.collect(parameters);
        }
    }

    /** The same with something else in place of a parameter. */
    default Polynomial with(String parameter, Polynomial value) {
        return switch (this) {
            case Parameter(String name) -> name.equals(parameter) ? value : Polynomial.of(this);
            case Quotient(boolean up, Polynomial of, long by) ->
                    Polynomial.quotient(up, of.with(parameter, value), by);
            case Logarithm(Polynomial of) -> Polynomial.logarithm(of.with(parameter, value));
        };
    }

    @Override
    default int compareTo(Atom other) {
        return toString().compareTo(other.toString());
    }
}
