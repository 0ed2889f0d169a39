package org.feuerprobe.sample;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How numbers and points are written, the same in every locale: {@link #plain} for machines, {@link
 * #grouped} for people, {@link #inFormula} in cost models.
 */
public final class Numbers {
    /** Up to here every whole number is a double; beyond, most are not. */
    public static final double EXACT = 1L << 53;

    /** Whole numbers below are written with all their digits. */
    private static final double LONGEST = 1e20;

    /** A number of this size has four digits before the point, so its fraction says nothing. */
    private static final double WHOLE_FROM = 999.95;

    /** What arithmetic leaves of a whole number, as a share of it. */
    private static final double LEFT_OVER = 1e-7;

    private Numbers() {}

    /** {@code 1 boot}, {@code 1,361 boots}, {@code 2 series}. */
    public static String counted(long count, String noun) {
        return String.format(
                Locale.ROOT, "%,d %s%s", count, noun, count == 1 || noun.endsWith("s") ? "" : "s");
    }

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

    /** {@code 1,234}, {@code 2.718}: whole or large numbers in groups, others with four digits. */
    public static String grouped(double value) {
        double size = Math.abs(value);
        return size <= EXACT && (value == Math.rint(value) || size >= WHOLE_FROM)
                ? grouped(Math.round(value))
                : withoutZeros(String.format(Locale.ROOT, "%.4g", value));
    }

    /** {@code 1,234}. */
    public static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 1,234,567}, {@code 2.71828}: whole numbers in groups, others with six digits. */
    public static String figure(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) <= EXACT;
        return whole ? grouped((long) value) : rounded(value, 6);
    }

    /**
     * {@code 15580}, {@code 3.25}, {@code 1.2e-07}: four digits, and never fewer than the whole
     * part has; no groups, so that it can be read back.
     */
    public static String inFormula(double value) {
        double size = Math.abs(value);
        boolean whole =
                Math.abs(value - Math.rint(value)) <= LEFT_OVER * size || size >= WHOLE_FROM;
        return whole && size <= EXACT
                ? Long.toString(Math.round(value))
                : String.format(Locale.ROOT, "%.4g", value);
    }

    /** {@code 0.001234}: whole numbers whole, others with so many digits and no exponent. */
    public static String rounded(double value, int digits) {
        return value == Math.rint(value) || !Double.isFinite(value)
                ? plain(value)
                : BigDecimal.valueOf(value)
                        .round(new MathContext(digits))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    /** {@code 2.5}: at most so many decimals. */
    public static String decimals(double value, int most) {
        return withoutZeros(String.format(Locale.ROOT, "%." + most + "f", value));
    }

    /** {@code 1 to 2}, {@code 1 or more}: an end that is not known is open. */
    public static String interval(double low, double high) {
        boolean from = Double.isFinite(low);
        boolean to = Double.isFinite(high);
        return from && to
                ? grouped(low) + " to " + grouped(high)
                : from ? grouped(low) + " or more" : to ? grouped(high) + " or less" : "unknown";
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

    /** {@code K=2 N=16}, in the order of the names. */
    public static String pointByName(Map<String, ? extends Number> parameters) {
        return point(new TreeMap<>(parameters));
    }

    /** Without the zeros at the end of a fraction, which say nothing. */
    private static String withoutZeros(String text) {
        int end = text.indexOf('e') < 0 ? text.length() : text.indexOf('e');
        int keep = end;
        if (text.lastIndexOf('.', end - 1) >= 0) {
            while (text.charAt(keep - 1) == '0') {
                keep--;
            }
            keep = text.charAt(keep - 1) == '.' ? keep - 1 : keep;
        }
        return text.substring(0, keep) + text.substring(end);
    }
}
