package org.feuerprobe.sample;

/**
 * An estimated number with its uncertainty.
 *
 * @param value best estimate
 * @param low lower end of the interval; minus infinity if the data give none
 * @param high upper end of the interval; infinity if the data give none
 * @param level confidence of the interval, in (0, 1)
 */
public record Estimate(double value, double low, double high, double level) {
    public Estimate {
        if (!Double.isFinite(value) || !(low <= high) || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "value=" + value + " low=" + low + " high=" + high + " level=" + level);
        }
    }

    /**
     * The interval {@code value ± margin}. A margin that is not finite gives a very wide finite
     * interval.
     */
    public static Estimate of(double value, double margin, double level) {
        double reach = Double.isFinite(margin) ? Math.abs(margin) : Double.MAX_VALUE / 4;
        return new Estimate(value, value - reach, value + reach, level);
    }

    /** A number for which the data give no interval. */
    public static Estimate open(double value, double level) {
        return new Estimate(value, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, level);
    }

    /** A number that is known exactly. */
    public static Estimate exact(double value) {
        return new Estimate(value, value, value, 0.95);
    }

    /** Multiplies value and ends by a factor. Results are limited to the largest finite number. */
    public Estimate times(double factor) {
        double a = finite(low * factor);
        double b = finite(high * factor);
        return new Estimate(finite(value * factor), Math.min(a, b), Math.max(a, b), level);
    }

    private static double finite(double value) {
        return Math.clamp(value, -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    public boolean contains(double truth) {
        return low <= truth && truth <= high;
    }
}
