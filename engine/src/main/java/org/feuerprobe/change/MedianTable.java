package org.feuerprobe.change;

import java.util.Arrays;

/**
 * Cache of medians of stretches of a series. Medians of long stretches are not kept, to limit
 * memory.
 */
final class MedianTable {
    private static final int LONGEST_KEPT = 256;

    private final double[] values;
    private final double[][] kept;

    MedianTable(double[] values) {
        this.values = values;
        kept = new double[values.length][0];
    }

    /** Median of the runs from {@code from} to {@code to - 1}. */
    double of(int from, int to) {
        int length = to - from;
        if (length > LONGEST_KEPT) {
            return median(from, to);
        }
        double[] row = kept[from];
        if (row.length == 0) {
            row = new double[Math.min(LONGEST_KEPT, values.length - from) + 1];
            Arrays.fill(row, Double.NaN);
            kept[from] = row;
        }
        if (Double.isNaN(row[length])) {
            row[length] = median(from, to);
        }
        return row[length];
    }

    private double median(int from, int to) {
        double[] sorted = Arrays.copyOfRange(values, from, to);
        Arrays.sort(sorted);
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
