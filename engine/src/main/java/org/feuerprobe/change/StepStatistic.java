package org.feuerprobe.change;

/**
 * Size of the step between two neighbouring stretches of runs, in standard errors. It is a
 * generalised least-squares fit of two levels with first-order autocorrelated noise: for values
 * {@code y_i} about their level, rows {@code y_i - r y_(i-1)} are independent (Prais and Winsten
 * 1954). Values far from their stretch's median are clipped first, so that a single outlier decides
 * nothing.
 */
final class StepStatistic {
    private final double[] values;
    private final MedianTable medians;
    private final RunNoise noise;

    StepStatistic(double[] values, MedianTable medians, RunNoise noise) {
        this.values = values;
        this.medians = medians;
        this.noise = noise;
    }

    /** The same series with another noise estimate. */
    StepStatistic with(RunNoise other) {
        return new StepStatistic(values, medians, other);
    }

    /** Median of the runs from {@code from} to {@code to - 1}. */
    double level(int from, int to) {
        return medians.of(from, to);
    }

    /** Sum of the distances from the median. */
    double distance(int from, int to) {
        double level = level(from, to);
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.abs(values[i] - level);
        }
        return sum;
    }

    /** The step from runs {@code from..at-1} to {@code at..to-1}, divided by its standard error. */
    double of(int from, int at, int to) {
        double left = level(from, at);
        double right = level(at, to);
        double edge = GateLevels.CLIP * noise.spread();
        double[] rest = new double[to - from];
        for (int i = from; i < to; i++) {
            rest[i - from] = Math.clamp(values[i] - (i < at ? left : right), -edge, edge);
        }
        Levels levels = Levels.fit(rest, at - from, noise.autocorrelation());
        double step = right + levels.right() - left - levels.left();
        return step / Math.sqrt(levels.variance() * innovation(rest, at - from, levels));
    }

    /** Variance of an innovation: this stretch's, averaged with the whole series' for stability. */
    private double innovation(double[] rest, int at, Levels levels) {
        double sum = 0;
        double before = rest[0] - levels.left();
        for (int i = 1; i < rest.length; i++) {
            double deviation = rest[i] - (i < at ? levels.left() : levels.right());
            double fresh = deviation - noise.autocorrelation() * before;
            sum += fresh * fresh;
            before = deviation;
        }
        double pooled = noise.innovation() * noise.innovation();
        double weight = GateLevels.POOLED_RUNS;
        double variance = (weight * pooled + sum) / (weight + Math.max(1, rest.length - 1 - 2));
        double correlation = noise.autocorrelation();
        double least = noise.floor() * noise.floor() * (1 - correlation * correlation);
        return Math.max(variance, least);
    }

    /**
     * Two fitted levels.
     *
     * @param variance variance of their difference, for innovations of variance 1
     */
    private record Levels(double left, double right, double variance) {
        static Levels fit(double[] rest, int at, double correlation) {
            double first = Math.sqrt(1 - correlation * correlation);
            double leftLeft = first * first;
            double leftRight = 0;
            double rightRight = 0;
            double leftSum = first * first * rest[0];
            double rightSum = 0;
            for (int i = 1; i < rest.length; i++) {
                double l = (i < at ? 1 : 0) - correlation * (i - 1 < at ? 1 : 0);
                double r = (i < at ? 0 : 1) - correlation * (i - 1 < at ? 0 : 1);
                double fresh = rest[i] - correlation * rest[i - 1];
                leftLeft += l * l;
                leftRight += l * r;
                rightRight += r * r;
                leftSum += l * fresh;
                rightSum += r * fresh;
            }
            double determinant = leftLeft * rightRight - leftRight * leftRight;
            return new Levels(
                    (rightRight * leftSum - leftRight * rightSum) / determinant,
                    (leftLeft * rightSum - leftRight * leftSum) / determinant,
                    (leftLeft + rightRight + 2 * leftRight) / determinant);
        }
    }
}
