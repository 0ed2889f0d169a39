package org.feuerprobe.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.OrderStatistics;
import org.feuerprobe.sample.TwoSamples;

/**
 * Decides whether a timed cost changed. Values of one boot share its memory layout and other
 * conditions, so boots are the independent units (Kalibera and Jones 2013). The ratio and its
 * interval come from Welch's interval (1947) for the difference of the boots' mean log medians. The
 * test of Mann and Whitney on all values must agree: the larger p-value counts. The variance of the
 * clock's step is added, so that boots with equal medians do not appear certain.
 */
final class TimedRule {
    private static final double LEVEL = 0.95;

    /** Variance of rounding to a step, as a share of the step's square. */
    private static final double ROUNDING = 1 / 12.0;

    private TimedRule() {}

    /** Statistics of the log medians over the boots. */
    private record Boots(int n, double mean, double variance, double rounding) {}

    static PointChange compare(Measurement base, Measurement now) {
        double[] before = medians(base.boots());
        double[] after = medians(now.boots());
        if (before.length < 2 || after.length < 2) {
            return open(base, now, "one boot does not show how boots differ: measure two or more");
        }
        if (Arrays.stream(before).min().orElseThrow() <= 0
                || Arrays.stream(after).min().orElseThrow() <= 0) {
            return open(base, now, "a cost that is not above its overhead has no ratio");
        }
        Boots a = boots(before, base.boots().getFirst().batch());
        Boots b = boots(after, now.boots().getFirst().batch());
        double partA = (a.variance() + a.rounding()) / a.n();
        double partB = (b.variance() + b.rounding()) / b.n();
        double error = Math.sqrt(partA + partB);
        double freedom =
                (partA + partB)
                        * (partA + partB)
                        / (partA * partA / (a.n() - 1) + partB * partB / (b.n() - 1));
        TDistribution t = TDistribution.of(freedom);
        double difference = b.mean() - a.mean();
        double reach = t.inverseSurvivalProbability((1 - LEVEL) / 2) * error;
        double p = 2 * t.survivalProbability(Math.abs(difference) / error);
        double ranks = TwoSamples.of(base.point().values(), now.point().values()).p();
        Estimate ratio =
                new Estimate(
                        Math.exp(difference),
                        Math.exp(Math.max(-700, difference - reach)),
                        Math.exp(Math.min(700, difference + reach)),
                        LEVEL);
        return new PointChange(
                base,
                now,
                Direction.SAME, // until the whole family is known
                "median",
                Optional.of(ratio),
                OptionalDouble.of(Math.clamp(Math.max(p, ranks), 0, 1)),
                "");
    }

    private static PointChange open(Measurement base, Measurement now, String reason) {
        return new PointChange(
                base,
                now,
                Direction.OPEN,
                "median",
                Optional.empty(),
                OptionalDouble.of(1),
                reason);
    }

    private static double[] medians(List<BootSamples> boots) {
        return boots.stream()
                .mapToDouble(boot -> OrderStatistics.quantile(boot.net(), 0.5, 7))
                .toArray();
    }

    private static Boots boots(double[] medians, int batch) {
        double[] logs = Arrays.stream(medians).map(Math::log).toArray();
        double mean = Arrays.stream(logs).average().orElseThrow();
        double squares = Arrays.stream(logs).map(x -> (x - mean) * (x - mean)).sum();
        double step = 1.0 / batch / Math.exp(mean);
        return new Boots(logs.length, mean, squares / (logs.length - 1), step * step * ROUNDING);
    }
}
