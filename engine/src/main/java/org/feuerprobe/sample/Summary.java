package org.feuerprobe.sample;

import java.util.Arrays;

/**
 * Summary of a sample, in its unit. A quantile is the smallest value such that at least that share
 * of all values is not larger (definition 1 of Hyndman and Fan 1996), so it is always a value that
 * occurred.
 */
public record Summary(int n, double min, double median, double p99, double max, double mean) {
    /** Summarises at least one finite value. */
    public static Summary of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values to summarise");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Summary(
                sorted.length,
                sorted[0],
                quantile(sorted, 0.5),
                quantile(sorted, 0.99),
                sorted[sorted.length - 1],
                Arrays.stream(sorted).average().orElseThrow());
    }

    private static double quantile(double[] sorted, double order) {
        return sorted[Math.max(0, (int) Math.ceil(order * sorted.length) - 1)];
    }
}
