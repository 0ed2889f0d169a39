package org.feuerprobe.sample;

import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;

/** How numbers and points are written where every digit counts: the same in every locale. */
public final class Numbers {
    /** Up to here every whole number is a double; beyond, most are not. */
    public static final double EXACT = 1L << 53;

    /** Whole numbers below are written with all their digits. */
    private static final double LONGEST = 1e20;

    private Numbers() {}

    /** {@code 16}, {@code 2.5}: all digits and no groups, so that it can be read back. */
    public static String plain(double value) {
        return number(value).toString();
    }

    /**
     * The same number without a fraction where it has none, for JSON: all digits of a count, never
     * {@code 9.007E15}.
     */
    public static Number number(double value) {
        if (value != Math.rint(value) || !(Math.abs(value) < LONGEST)) {
            return value;
        }
        return Math.abs(value) <= EXACT
                ? (Number) (long) value
                : (Number) new BigDecimal(value).toBigIntegerExact();
    }

    /**
     * The double that is this number. A fraction is rounded, as every measured value is.
     *
     * @throws ArithmeticException if it is a whole number that no double is: it would be decided as
     *     another count
     */
    public static double exact(BigDecimal number) {
        double value = number.doubleValue();
        if (Math.abs(value) >= EXACT
                && Double.isFinite(value)
                && number.scale() >= 0
                && number.stripTrailingZeros().scale() <= 0
                && number.compareTo(new BigDecimal(value)) != 0) {
            throw new ArithmeticException(
                    "%s is beyond 2^53 and cannot be held exactly: count from a nearer base, or in a larger unit"
                            .formatted(number.toPlainString()));
        }
        return value;
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
