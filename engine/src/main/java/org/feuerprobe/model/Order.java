package org.feuerprobe.model;

import java.util.Arrays;

/** Order statistics of plain arrays. */
final class Order {
    private Order() {}

    /**
     * Median of the values, which are not changed: the middle one, or the mean of the two middle
     * ones.
     */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : sorted[middle - 1] / 2 + sorted[middle] / 2;
    }

    /** Whether all values are whole numbers. */
    static boolean whole(double[] values) {
        for (double value : values) {
            if (value != Math.rint(value)) {
                return false;
            }
        }
        return true;
    }
}
