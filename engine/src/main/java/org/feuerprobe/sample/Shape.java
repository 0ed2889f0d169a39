package org.feuerprobe.sample;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Shape of a sample: whether one number can summarise it. Several modes or drift over time speak
 * against that.
 *
 * @param modes number of clearly separate peaks of the density; 1 if the sample is too small
 * @param driftChance probability of such a strong rank correlation with time if there were no drift
 *     (Spearman 1904); a small one shows drift
 * @param drift the rank correlation with time, in [-1, 1]
 */
public record Shape(int modes, double driftChance, double drift) {
    private static final int FEWEST = 30;
    private static final int GRID = 256;
    private static final int MOST = 20_000;
    private static final double VALLEY = 0.5;
    private static final double PEAK = 0.1;
    private static final double DRIFT_SIGNIFICANCE = 0.001;

    /** Analyses values given in the order of time. */
    public static Shape of(double[] values) {
        double[] some = thinned(values);
        double correlation = drift(some);
        double z = correlation * Math.sqrt(Math.max(0, some.length - 1));
        double chance =
                some.length < 10
                        ? 1
                        : 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z));
        return new Shape(some.length < FEWEST ? 1 : modes(some), chance, correlation);
    }

    public boolean drifts() {
        return driftChance < DRIFT_SIGNIFICANCE;
    }

    public boolean multimodal() {
        return modes > 1;
    }

    private static double[] thinned(double[] values) {
        if (values.length <= MOST) {
            return values;
        }
        double[] some = new double[MOST];
        for (int i = 0; i < MOST; i++) {
            some[i] = values[(int) ((long) i * values.length / MOST)];
        }
        return some;
    }

    private static double drift(double[] values) {
        int n = values.length;
        if (n < 3) {
            return 0;
        }
        double[] rank = ranks(values);
        double middle = (n - 1) / 2.0;
        double top = 0;
        double left = 0;
        double right = 0;
        for (int i = 0; i < n; i++) {
            double a = i - middle;
            double b = rank[i] - middle;
            top += a * b;
            left += a * a;
            right += b * b;
        }
        return right > 0 ? top / Math.sqrt(left * right) : 0;
    }

    private static double[] ranks(double[] values) {
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
        double[] rank = new double[values.length];
        for (int i = 0; i < order.length; ) {
            int j = i;
            while (j < order.length && values[order[j]] == values[order[i]]) {
                j++;
            }
            for (int k = i; k < j; k++) {
                rank[order[k]] = (i + j - 1) / 2.0;
            }
            i = j;
        }
        return rank;
    }

    /**
     * Counts the peaks of a Gaussian kernel density (Silverman 1986) that are separated by a deep
     * valley.
     */
    private static int modes(double[] values) {
        double[] sorted = OrderStatistics.sorted(values);
        int n = sorted.length;
        double low = sorted[n / 100];
        double high = sorted[n - 1 - n / 100];
        double mean = Arrays.stream(sorted).average().orElse(0);
        double squares = 0;
        for (double value : sorted) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / n);
        double quartiles = (sorted[n * 3 / 4] - sorted[n / 4]) / 1.34;
        double width = 0.6 * (quartiles > 0 ? Math.min(deviation, quartiles) : deviation);
        width *= Math.pow(n, -0.2);
        if (!(width > 0) || !(high > low)) {
            return 1;
        }
        double[] density = new double[GRID];
        for (int g = 0; g < GRID; g++) {
            double x = low + (high - low) * g / (GRID - 1);
            for (double value : sorted) {
                double z = (x - value) / width;
                if (Math.abs(z) < 5) {
                    density[g] += Math.exp(-z * z / 2);
                }
            }
        }
        return peaks(density);
    }

    private static int peaks(double[] density) {
        double highest = Arrays.stream(density).max().orElse(0);
        int peaks = 0;
        double peak = 0;
        double valley = Double.POSITIVE_INFINITY;
        for (double value : density) {
            if (peaks == 0 || (value > peak && valley > VALLEY * peak)) {
                peak = Math.max(peak, value);
                peaks = Math.max(peaks, peak > PEAK * highest ? 1 : 0);
                valley = peak;
            } else if (value < valley) {
                valley = value;
            } else if (valley < VALLEY * Math.min(peak, value) && value > PEAK * highest) {
                peaks++;
                peak = value;
                valley = value;
            } else if (value > peak) {
                peak = value;
                valley = value;
            }
        }
        return Math.max(1, peaks);
    }
}
