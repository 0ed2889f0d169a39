package org.feuerprobe.change;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.feuerprobe.sample.OrderStatistics;

/**
 * How do runs scatter about their level, and how long does a run's deviation last? Both come from
 * differences of runs one and two apart, which a step of the level touches only once or twice: the
 * first give the spread, their ratio the autocorrelation, {@code v2/v1 - 1} (Chakar, Lebarbier,
 * Lévy-Leduc and Robin 2017, with winsorised instead of median squares).
 *
 * @param spread standard deviation of a run about its level
 * @param floor least spread that is believed
 * @param autocorrelation of neighbouring runs, 0 to 0.9
 */
record RunNoise(double spread, double floor, double autocorrelation) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Spread of three runs or more, taken as independent. */
    static RunNoise independent(double[] values) {
        double floor = floor(values);
        double spread = winsorised(differences(values, 1)) / Math.sqrt(2);
        return new RunNoise(Math.max(spread, floor), floor, 0);
    }

    /** The same with an autocorrelation, and no less spread than the residuals show. */
    RunNoise with(double correlation, double[] values, double residual) {
        double spread = winsorised(differences(values, 1)) / Math.sqrt(2 * (1 - correlation));
        return new RunNoise(Math.max(Math.max(spread, residual), floor), floor, correlation);
    }

    /** Standard deviation of what is new in a run. */
    double innovation() {
        return spread * Math.sqrt(1 - autocorrelation * autocorrelation);
    }

    /** From differences: robust against steps, uncertain by about 1.2/√n. */
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
     * Root mean square with the largest share pulled in to the next, corrected for the normal
     * distribution: the second moment of a normal value clipped at ±c is {@code 1-g-2cφ(c)+gc²}.
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

    /** Readings lie on a grid: its step is the smallest difference, if it is small. */
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
