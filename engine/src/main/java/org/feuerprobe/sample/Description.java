package org.feuerprobe.sample;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Descriptive statistics of a sample, with intervals.
 *
 * @param mean mean with a BCa bootstrap interval; above 2,000 values, with a normal interval
 * @param median median with an interval between order statistics
 * @param deviation standard deviation; 0 for a single value
 * @param medianDeviation median absolute deviation from the median, times 1.4826
 * @param quantiles p25, p75, p95, p99, p99.9 and p99.99, each with its interval
 * @param shape modes and drift
 */
public record Description(
        long n,
        Estimate mean,
        Estimate median,
        double deviation,
        double medianDeviation,
        double min,
        double max,
        SequencedMap<String, Estimate> quantiles,
        Shape shape) {
    private static final double LEVEL = 0.95;
    private static final int ROUNDS = 1_000;
    private static final int MOST_RESAMPLED = 2_000;
    private static final double[] ORDERS = {0.25, 0.75, 0.95, 0.99, 0.999, 0.9999};
    private static final String[] NAMES = {"p25", "p75", "p95", "p99", "p99.9", "p99.99"};

    /** Describes at least one finite value, given in the order of time. */
    public static Description of(double[] values, long seed) {
        double[] sorted = OrderStatistics.sorted(values);
        int n = sorted.length;
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = n > 1 ? Math.sqrt(squares / (n - 1)) : 0;
        double median = OrderStatistics.quantile(sorted, 0.5, 7);
        double[] distances = Arrays.stream(sorted).map(v -> Math.abs(v - median)).toArray();
        SequencedMap<String, Estimate> quantiles = new LinkedHashMap<>();
        for (int i = 0; i < ORDERS.length; i++) {
            quantiles.put(NAMES[i], OrderStatistics.interval(sorted, ORDERS[i], LEVEL));
        }
        return new Description(
                n,
                meanInterval(values, mean, deviation, seed),
                OrderStatistics.interval(sorted, 0.5, LEVEL),
                deviation,
                1.4826 * OrderStatistics.quantile(distances, 0.5, 7),
                sorted[0],
                sorted[n - 1],
                quantiles,
                Shape.of(values));
    }

    private static Estimate meanInterval(
            double[] values, double mean, double deviation, long seed) {
        if (values.length < 2) {
            return Estimate.open(mean, LEVEL);
        }
        if (deviation == 0) {
            return Estimate.exact(mean);
        }
        if (values.length > MOST_RESAMPLED) {
            return Estimate.of(mean, 1.96 * deviation / Math.sqrt(values.length), LEVEL);
        }
        return new Bootstrap(ROUNDS, seed).bca(values, Description::mean, LEVEL);
    }

    /**
     * The mean. It is summed relative to the first value, so that a large offset does not cost
     * precision.
     */
    public static double mean(double[] values) {
        double origin = values[0];
        double sum = 0;
        for (double value : values) {
            sum += (value - origin) / values.length;
        }
        return origin + sum;
    }
}
