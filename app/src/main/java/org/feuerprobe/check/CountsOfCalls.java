package org.feuerprobe.check;

import java.util.Arrays;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.Point;

/**
 * Tells counts that vary because calls differ from counts that a counter disturbs. Calls that
 * differ give few distinct values, which return, and some are far larger than the others. Noise
 * gives many distinct values, or values that are close to each other.
 */
final class CountsOfCalls {
    /** Fewest values of a point on which its distinct values are counted. */
    private static final int FEWEST = 4;

    /** Smallest excess of a largest value over the point's median that is not noise. */
    private static final double FAR = 0.1;

    private CountsOfCalls() {}

    /** Whether the values are whole numbers that vary, and calls that differ explain why. */
    static boolean differ(DataSet data) {
        return data.points().stream().allMatch(CountsOfCalls::returns)
                && data.points().stream().anyMatch(CountsOfCalls::hasFarValue);
    }

    private static boolean returns(Point point) {
        double[] values = point.values();
        if (Arrays.stream(values).anyMatch(v -> v != Math.rint(v) || v > Numbers.EXACT)) {
            return false;
        }
        long distinct = Arrays.stream(values).distinct().count();
        return distinct == 1
                || (values.length >= FEWEST && distinct <= Math.max(2, values.length / FEWEST));
    }

    private static boolean hasFarValue(Point point) {
        double[] sorted = Arrays.stream(point.values()).sorted().toArray();
        double median = sorted[(sorted.length - 1) / 2];
        return sorted[sorted.length - 1] > median * (1 + FAR);
    }
}
