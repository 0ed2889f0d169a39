package org.feuerprobe.sample;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Mean cost of a call that nothing interrupts. It is a mean, because the median of a cost below the
 * clock's step is 0 or a whole step. Values beyond Tukey's (1977) outer fence, three interquartile
 * ranges or steps above the upper quartile, are excluded, because interrupts lie there.
 */
public final class QuietMean {
    private static final double LEVEL = 0.95;
    private static final double FENCE = 3;

    private QuietMean() {}

    /**
     * The mean of the values within the fence.
     *
     * @param values at least one value, in ticks
     * @param step the clock's step in ticks
     */
    public static double of(long[] values, long step) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        long lower = sorted[sorted.length / 4];
        long upper = sorted[3 * sorted.length / 4];
        double fence = upper + FENCE * (double) Math.max(step, upper - lower);
        return Arrays.stream(values).filter(value -> value <= fence).average().orElseThrow();
    }

    /**
     * The mean of several boots' means, with an interval that takes boots as the independent units.
     */
    public static Estimate over(double[] boots) {
        double mean = Arrays.stream(boots).average().orElseThrow();
        double squares = Arrays.stream(boots).map(boot -> (boot - mean) * (boot - mean)).sum();
        int freedom = boots.length - 1;
        return freedom == 0
                ? Estimate.open(mean, LEVEL)
                : Estimate.of(
                        mean,
                        TDistribution.of(freedom).inverseSurvivalProbability((1 - LEVEL) / 2)
                                * Math.sqrt(squares / freedom / boots.length),
                        LEVEL);
    }
}
