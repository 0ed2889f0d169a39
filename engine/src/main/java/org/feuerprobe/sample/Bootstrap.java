package org.feuerprobe.sample;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Bootstrap intervals of a statistic, from the sample alone: percentile and BCa (Efron 1987; Efron
 * and Tibshirani 1993, chapters 13 and 14). If values come from several boots, boots are drawn
 * first and then values within them (Davison and Hinkley 1997, section 3.8), because values of one
 * boot are not independent evidence. The same seed gives the same interval.
 */
public final class Bootstrap {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final int MOST_JACKKNIFED = 2_000;

    private final int rounds;
    private final long seed;

    /**
     * Creates a bootstrap.
     *
     * @param rounds number of resamples; use 1,000 or more for intervals
     */
    public Bootstrap(int rounds, long seed) {
        if (rounds < 20) {
            throw new IllegalArgumentException("rounds=" + rounds + ", want at least 20");
        }
        this.rounds = rounds;
        this.seed = seed;
    }

    /** The percentile interval. */
    public Estimate percentile(
            double[] values, ToDoubleFunction<double[]> statistic, double level) {
        double[] drawn = resample(values, statistic);
        double tail = (1 - level) / 2;
        return estimate(statistic.applyAsDouble(values), drawn, tail, 1 - tail, level);
    }

    /** The bias-corrected and accelerated interval. */
    public Estimate bca(double[] values, ToDoubleFunction<double[]> statistic, double level) {
        double[] drawn = resample(values, statistic);
        double observed = statistic.applyAsDouble(values);
        double below = 0;
        for (double value : drawn) {
            below += value < observed ? 1 : value == observed ? 0.5 : 0;
        }
        double share = Math.clamp(below / drawn.length, 0.5 / rounds, 1 - 0.5 / rounds);
        double bias = NORMAL.inverseCumulativeProbability(share);
        double acceleration = acceleration(values, statistic);
        double tail = (1 - level) / 2;
        return estimate(
                observed,
                drawn,
                adjusted(tail, bias, acceleration),
                adjusted(1 - tail, bias, acceleration),
                level);
    }

    /**
     * The percentile interval with boots as the independent units: draws boots first, then values
     * within them.
     */
    public Estimate hierarchical(
            List<double[]> boots, ToDoubleFunction<double[]> statistic, double level) {
        SplittableRandom random = new SplittableRandom(seed);
        int total = boots.stream().mapToInt(boot -> boot.length).sum();
        double[] drawn = new double[rounds];
        for (int r = 0; r < rounds; r++) {
            double[] sample = new double[0];
            double[] buffer = new double[2 * total + 16];
            int filled = 0;
            for (int b = 0; b < boots.size(); b++) {
                double[] boot = boots.get(random.nextInt(boots.size()));
                if (filled + boot.length > buffer.length) {
                    buffer = Arrays.copyOf(buffer, 2 * (filled + boot.length));
                }
                for (int i = 0; i < boot.length; i++) {
                    buffer[filled++] = boot[random.nextInt(boot.length)];
                }
            }
            sample = Arrays.copyOf(buffer, filled);
            drawn[r] = statistic.applyAsDouble(sample);
        }
        Arrays.sort(drawn);
        double[] all = boots.stream().flatMapToDouble(Arrays::stream).toArray();
        double tail = (1 - level) / 2;
        return estimate(statistic.applyAsDouble(all), drawn, tail, 1 - tail, level);
    }

    private double[] resample(double[] values, ToDoubleFunction<double[]> statistic) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[rounds];
        double[] sample = new double[values.length];
        for (int r = 0; r < rounds; r++) {
            for (int i = 0; i < sample.length; i++) {
                sample[i] = values[random.nextInt(values.length)];
            }
            drawn[r] = statistic.applyAsDouble(sample);
        }
        Arrays.sort(drawn);
        return drawn;
    }

    private static double acceleration(double[] values, ToDoubleFunction<double[]> statistic) {
        int n = values.length;
        int step = Math.max(1, n / MOST_JACKKNIFED);
        double[] without = new double[n - 1];
        double[] found = new double[(n + step - 1) / step];
        for (int k = 0; k < found.length; k++) {
            int out = k * step;
            System.arraycopy(values, 0, without, 0, out);
            System.arraycopy(values, out + 1, without, out, n - 1 - out);
            found[k] = n > 1 ? statistic.applyAsDouble(without) : 0;
        }
        double mean = Arrays.stream(found).average().orElse(0);
        double squares = 0;
        double cubes = 0;
        for (double value : found) {
            double d = mean - value;
            squares += d * d;
            cubes += d * d * d;
        }
        return squares > 0 ? cubes / (6 * Math.pow(squares, 1.5)) : 0;
    }

    private static double adjusted(double share, double bias, double acceleration) {
        double z = bias + NORMAL.inverseCumulativeProbability(share);
        return NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
    }

    private static Estimate estimate(
            double observed, double[] sorted, double from, double to, double level) {
        double low = at(sorted, from);
        double high = at(sorted, to);
        return new Estimate(observed, Math.min(low, high), Math.max(low, high), level);
    }

    /** Interpolates linearly between order statistics, as R does by default. */
    private static double at(double[] sorted, double share) {
        double position = Math.clamp(share, 0, 1) * (sorted.length - 1);
        int low = (int) Math.floor(position);
        int high = Math.min(sorted.length - 1, low + 1);
        return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
    }
}
