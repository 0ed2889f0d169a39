package org.feuerprobe.sample;

import java.util.Map;
import java.util.stream.Collectors;

/** How numbers and points are written where every digit counts: the same in every locale. */
public final class Numbers {
    /** From here on a double has no digits to spare for a fraction. */
    private static final double WHOLE_BELOW = 1e15;

    private Numbers() {}

    /** {@code 16}, {@code 2.5}: all digits and no groups, so that it can be read back. */
    public static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < WHOLE_BELOW
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** {@code K=2 N=16}, in the order of the map; empty without parameters. */
    public static String point(Map<String, ? extends Number> parameters) {
        return parameters.entrySet().stream()
                .map(e ->
                        e.getKey()
                                + "="
                                + (e.getValue() instanceof Long whole
                                        ? whole.toString()
                                        : plain(e.getValue().doubleValue())))
                .collect(Collectors.joining(" "));
    }
}
