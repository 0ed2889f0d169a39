package org.feuerprobe.sample;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Inference on quantiles from order statistics, for any distribution. The number of values below a
 * quantile is binomial, which gives intervals between order statistics (Hahn and Meeker 1991,
 * section 5.2).
 */
public final class OrderStatistics {
    private OrderStatistics() {}

    /** A quantile by one of the nine definitions of Hyndman and Fan (1996), numbered as in R. */
    public static double quantile(double[] values, double order, int type) {
        Quantile.EstimationMethod method = Quantile.EstimationMethod.valueOf("HF" + type);
        return Quantile.withDefaults().with(method).withCopy(true).evaluate(values, order);
    }

    /**
     * The two-sided interval of a quantile. An end is infinite if the sample is too small for it.
     */
    public static Estimate interval(double[] sorted, double order, double level) {
        int n = sorted.length;
        BinomialDistribution below = BinomialDistribution.of(n, order);
        double tail = (1 - level) / 2;
        int low = below.inverseCumulativeProbability(tail);
        int high = below.inverseCumulativeProbability(1 - tail) + 1;
        double value = sorted[Math.max(0, (int) Math.ceil(order * n) - 1)];
        return new Estimate(
                value,
                low < 1 ? Double.NEGATIVE_INFINITY : Math.min(value, sorted[low - 1]),
                high > n ? Double.POSITIVE_INFINITY : Math.max(value, sorted[high - 1]),
                level);
    }

    /**
     * Smallest number of values that can show that a quantile is within a limit, if all of them
     * are: {@code ln(1-level)/ln(order)}.
     */
    public static long required(double order, double level) {
        return (long) Math.ceil(Math.log(1 - level) / Math.log(order) - 1e-9);
    }

    /**
     * Probability of at most {@code above} values over a limit if a share {@code 1-order} of all
     * values lay above it. A small probability shows that the quantile is within the limit.
     */
    public static double chanceIfBroken(long n, long above, double order) {
        return BinomialDistribution.of(clamp(n), 1 - order).cumulativeProbability(clamp(above));
    }

    /** Probability of at least {@code above} values over a limit if the quantile were within it. */
    public static double chanceIfKept(long n, long above, double order) {
        return above == 0
                ? 1
                : BinomialDistribution.of(clamp(n), 1 - order)
                        .survivalProbability(clamp(above) - 1);
    }

    private static int clamp(long n) {
        return (int) Math.min(Integer.MAX_VALUE - 1, n);
    }

    /** A sorted copy. */
    public static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
