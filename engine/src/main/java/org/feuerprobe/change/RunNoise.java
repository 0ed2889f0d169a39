package org.feuerprobe.change;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.feuerprobe.sample.OrderStatistics;

/**
 * Noise of runs: their spread about the level, and their autocorrelation. Both are estimated from
 * differences of runs one and two apart, because a step of the level affects only one or two of
 * these. The first differences give the spread; the ratio of the two variances gives the
 * autocorrelation, {@code v2/v1 - 1} (Chakar, Lebarbier, Lévy-Leduc and Robin 2017, with winsorised
 * instead of median squares).
 *
 * @param spread standard deviation of a run about its level
 * @param floor smallest spread to assume
 * @param autocorrelation autocorrelation of neighbouring runs, 0 to 0.9
 */
record RunNoise(double spread, double floor, double autocorrelation) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Estimates the spread of at least three runs that are assumed to be independent. */
    static RunNoise independent(double[] values) {
        double floor = floor(values);
        double spread = winsorised(differences(values, 1)) / Math.sqrt(2);
        return new RunNoise(Math.max(spread, floor), floor, 0);
    }

    /** Estimates the spread for an autocorrelation; it is at least the residuals' spread. */
    RunNoise with(double correlation, double[] values, double residual) {
        double spread = winsorised(differences(values, 1)) / Math.sqrt(2 * (1 - correlation));
        return new RunNoise(Math.max(Math.max(spread, residual), floor), floor, correlation);
    }

    /** Standard deviation of the part of a run that the run before does not explain. */
    double innovation() {
        return spread * Math.sqrt(1 - autocorrelation * autocorrelation);
    }

    /**
     * Estimates the autocorrelation from differences. It is robust against steps, with a standard
     * error of about 1.2/√n.
     */
    static double autocorrelation(double[] values) {
        double one = winsorised(differences(values, 1));
        double two = winsorised(differences(values, 2));
        return one > 0 ? two * two / (one * one) - 1 : 0;
    }

    private static double[] differences(double[] values, int lag) {
        double[] differences = new double[values.length - lag];
        Arrays.setAll(differences, i -> values[i + lag] - values[i]);
        return differences;
    }

    /**
     * Winsorised root mean square: the largest share is replaced by the largest remaining value.
     * The result is corrected for the normal distribution, since the second moment of a normal
     * value clipped at ±c is {@code 1-g-2cφ(c)+gc²}.
     */
    static double winsorised(double[] deviations) {
        double[] sizes = Arrays.stream(deviations).map(Math::abs).sorted().toArray();
        int n = sizes.length;
        int pulled = (int) Math.floor(GateLevels.WINSORISED * n + 0.5);
        double edge = sizes[n - pulled - 1];
        double sum = pulled * edge * edge;
        for (int i = 0; i < n - pulled; i++) {
            sum += sizes[i] * sizes[i];
        }
        return Math.sqrt(sum / n / clippedMoment((double) pulled / n));
    }

    private static double clippedMoment(double share) {
        if (share == 0) {
            return 1;
        }
        double edge = NORMAL.inverseCumulativeProbability(1 - share / 2);
        return 1 - share - 2 * edge * NORMAL.density(edge) + share * edge * edge;
    }

    /**
     * Smallest spread to assume, because readings lie on a grid. The grid's step is the smallest
     * difference, if that is small.
     */
    private static double floor(double[] values) {
        double[] sorted = OrderStatistics.sorted(values);
        double middle = Math.abs(sorted[sorted.length / 2]);
        double grid = Double.MAX_VALUE;
        for (int i = 1; i < sorted.length; i++) {
            double gap = sorted[i] - sorted[i - 1];
            grid = gap > 1e-9 * middle ? Math.min(grid, gap) : grid;
        }
        double largest = Math.max(1, 0.002 * middle);
        return Math.max(GateLevels.OF_GRID * Math.min(grid, largest), GateLevels.OF_VALUE * middle);
    }
}
