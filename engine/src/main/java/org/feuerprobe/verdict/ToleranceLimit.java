package org.feuerprobe.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.feuerprobe.sample.OrderStatistics;

/**
 * Upper one-sided tolerance limit: with a given confidence, a given share of all boots lies below
 * it, estimated from a few boots. For a normal distribution it is the mean plus {@code k} standard
 * deviations (Hahn and Meeker 1991, section 4.6.3).
 */
final class ToleranceLimit {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final int STEPS = 2000;
    private static final double MOST = 1e4;
    private static final double NEAR = 1e-4;

    /** Computed factors. The points of a campaign need the same few. */
    private static final Map<Asked, Double> KNOWN = new ConcurrentHashMap<>();

    private record Asked(int n, double share, double level) {}

    private ToleranceLimit() {}

    /**
     * Limit on the quantiles of a share {@code order} of all boots; 0 if boots do not differ. Boots
     * in which nothing was slow do not differ, and say little about a boot in which something is
     * slow.
     */
    static double ofQuantiles(List<double[]> boots, double order, double level) {
        return DesignEffect.of(boots) == 1
                ? 0
                : of(
                        boots.stream()
                                .mapToDouble(boot -> OrderStatistics.quantile(boot, order, 1))
                                .toArray(),
                        order,
                        level);
    }

    /** The limit for at least two values. The {@code share} and {@code level} lie in (0.5, 1). */
    static double of(double[] values, double share, double level) {
        double spread = StandardDeviation.of(values).getAsDouble();
        double mean = Arrays.stream(values).average().orElseThrow();
        return spread == 0
                ? mean
                : mean
                        + spread
                                * KNOWN.computeIfAbsent(
                                        new Asked(values.length, share, level),
                                        asked -> factor(asked.n, asked.share, asked.level));
    }

    /** The factor {@code k} for {@code n} values, to four digits. */
    static double factor(int n, double share, double level) {
        double[] spreads = new double[STEPS]; // of a normal sample, each as likely as the next
        ChiSquaredDistribution law = ChiSquaredDistribution.of(n - 1);
        for (int i = 0; i < STEPS; i++) {
            spreads[i] = Math.sqrt(law.inverseCumulativeProbability((i + 0.5) / STEPS) / (n - 1));
        }
        double truth = NORMAL.inverseCumulativeProbability(share);
        double low = 0;
        double high = MOST;
        while (high - low > NEAR * high) {
            double k = (low + high) / 2;
            double chance =
                    Arrays.stream(spreads)
                            .map(s -> NORMAL.survivalProbability((truth - k * s) * Math.sqrt(n)))
                            .average()
                            .orElseThrow();
            if (chance < level) {
                low = k;
            } else {
                high = k;
            }
        }
        return high;
    }
}
