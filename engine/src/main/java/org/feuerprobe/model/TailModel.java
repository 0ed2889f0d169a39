package org.feuerprobe.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Extreme-value model of values beyond all observed ones: peaks over a threshold with a generalised
 * Pareto distribution (Pickands 1975; Davison and Smith 1990), {@code P(X > u + y) = rate · (1 +
 * shape·y/scale)^(-1/shape)}.
 *
 * @param threshold start of the modelled tail
 * @param exceedances number of values above the threshold
 * @param rate their share of all values
 * @param scale scale in the metric's unit; positive
 * @param shape positive for a heavy tail, negative for one that ends
 * @param fit p-value of the Anderson–Darling statistic, from a parametric bootstrap (Choulakian and
 *     Stephens 2001 tabulate the same)
 */
public record TailModel(
        double threshold,
        int exceedances,
        double rate,
        double scale,
        double shape,
        double andersonDarling,
        double fit,
        double[][] replicates) {
    private static final int FEWEST = 30;
    private static final int MOST = 500;
    private static final int REPLICATES = 200;
    private static final int SECTIONS = 60;
    private static final double POOR_FIT = 0.05;
    private static final double[] SHARES = {0.1, 0.05, 0.025};

    /** Scale and shape of a generalised Pareto distribution. */
    public record Pareto(double scale, double shape) {
        /** Probability of more than {@code y}, which is at least 0. */
        public double beyond(double y) {
            double z = y / scale;
            if (Math.abs(shape) < 1e-9) {
                return Math.exp(-z);
            }
            double base = 1 + shape * z;
            return base <= 0 ? 0 : Math.pow(base, -1 / shape);
        }

        double quantile(double upperShare) {
            return Math.abs(shape) < 1e-9
                    ? -scale * Math.log(upperShare)
                    : scale / shape * (Math.pow(upperShare, -shape) - 1);
        }
    }

    /** A model, or the reason why there is none. */
    public record Outcome(Optional<TailModel> model, Optional<String> declined) {}

    /** Models the tail of at least one value. The same seed gives the same model. */
    public static Outcome of(double[] values, long seed) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        String why =
                "the tail needs at least %d values, here are %d"
                        .formatted((int) (FEWEST / SHARES[0]), n);
        for (double share : SHARES) {
            int count = (int) Math.min(MOST, Math.floor(share * n));
            if (count < FEWEST) {
                break;
            }
            double threshold = sorted[n - count - 1];
            double[] excess =
                    Arrays.stream(sorted, n - count, n)
                            .map(v -> v - threshold)
                            .filter(y -> y > 0)
                            .toArray();
            long distinct = Arrays.stream(excess).distinct().count();
            if (distinct < FEWEST / 2 || excess.length < FEWEST / 2) {
                why = "too few distinct values in the tail: " + distinct;
                continue;
            }
            TailModel model = fit(excess, threshold, (double) excess.length / n, seed);
            if (model.shape >= 1) {
                why = "the tail is too heavy: its mean would be infinite";
            } else if (model.fit < POOR_FIT) {
                why =
                        String.format(
                                Locale.ROOT,
                                "no generalised Pareto distribution fits the tail (Anderson-Darling p = %.3f)",
                                model.fit);
            } else {
                return new Outcome(Optional.of(model), Optional.empty());
            }
        }
        return new Outcome(Optional.empty(), Optional.of(why));
    }

    private static TailModel fit(double[] excess, double threshold, double rate, long seed) {
        Pareto pareto = pareto(excess);
        double statistic = andersonDarling(excess, pareto);
        SplittableRandom random = new SplittableRandom(seed);
        double[][] replicates = new double[REPLICATES][];
        int worse = 0;
        for (int r = 0; r < REPLICATES; r++) {
            double[] drawn = new double[excess.length];
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = pareto.quantile(1 - random.nextDouble());
            }
            Arrays.sort(drawn);
            Pareto again = pareto(drawn);
            replicates[r] = new double[] {again.scale(), again.shape()};
            worse += andersonDarling(drawn, again) >= statistic ? 1 : 0;
        }
        return new TailModel(
                threshold,
                excess.length,
                rate,
                pareto.scale(),
                pareto.shape(),
                statistic,
                (worse + 1.0) / (REPLICATES + 1.0),
                replicates);
    }

    /** Probability that a value exceeds {@code limit}, which is at least {@link #threshold}. */
    public double exceedance(double limit) {
        return rate * new Pareto(scale, shape).beyond(Math.max(0, limit - threshold));
    }

    /**
     * Upper 95 % limit on {@link #exceedance}, by a parametric bootstrap that includes the error of
     * the rate.
     */
    public double exceedanceAtMost(double limit) {
        double[] found = new double[replicates.length];
        for (int r = 0; r < found.length; r++) {
            found[r] =
                    new Pareto(replicates[r][0], replicates[r][1])
                            .beyond(Math.max(0, limit - threshold));
        }
        Arrays.sort(found);
        double high = found[(int) Math.ceil(0.95 * found.length) - 1];
        double rateError = 1.645 * rate * Math.sqrt((1 - rate) / exceedances);
        return Math.min(1, (rate + rateError) * Math.max(high, exceedance(limit) / rate));
    }

    /**
     * The maximum-likelihood fit to sorted positive excesses. It is reduced to one unknown {@code t
     * = shape/scale} (Grimshaw 1993), which a grid and golden sections find.
     */
    public static Pareto pareto(double[] excess) {
        double largest = excess[excess.length - 1];
        double mean = Arrays.stream(excess).average().orElse(1);
        double low = -0.999999 / largest;
        double high = 50 / mean;
        double best = 0;
        double bestValue = profile(excess, 0, mean);
        int steps = 60;
        double[] grid = new double[2 * steps];
        for (int i = 0; i < steps; i++) {
            grid[steps - 1 - i] = low * Math.pow(1.0 - (double) i / steps, 3);
            grid[steps + i] = high * Math.pow((i + 1.0) / steps, 3);
        }
        int at = -1;
        for (int i = 0; i < grid.length; i++) {
            double value = profile(excess, grid[i], mean);
            if (value > bestValue) {
                bestValue = value;
                best = grid[i];
                at = i;
            }
        }
        if (at >= 0) {
            double a = at > 0 ? grid[at - 1] : grid[at];
            double b = at < grid.length - 1 ? grid[at + 1] : grid[at];
            // Mirrored, so that of two values of t without a fit the larger one is kept.
            best = -GoldenSection.least(t -> -profile(excess, -t, mean), -b, -a, SECTIONS);
        }
        if (Math.abs(best * mean) < 1e-9) {
            return new Pareto(mean, 0);
        }
        double shape = shape(excess, best);
        return new Pareto(shape / best, shape);
    }

    private static double shape(double[] excess, double t) {
        double sum = 0;
        for (double y : excess) {
            sum += Math.log1p(t * y);
        }
        return sum / excess.length;
    }

    private static double profile(double[] excess, double t, double mean) {
        if (Math.abs(t * mean) < 1e-9) {
            return -Math.log(mean) - 1;
        }
        double shape = shape(excess, t);
        double scale = shape / t;
        return scale > 0 && shape > -1 ? -Math.log(scale) - shape - 1 : Double.NEGATIVE_INFINITY;
    }

    /** The Anderson–Darling statistic of sorted excesses. */
    public static double andersonDarling(double[] excess, Pareto pareto) {
        int n = excess.length;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double below = Math.max(1 - pareto.beyond(excess[i]), 1e-300);
            double above = Math.max(pareto.beyond(excess[n - 1 - i]), 1e-300);
            sum += (2 * i + 1) * (Math.log(below) + Math.log(above));
        }
        return -n - sum / n;
    }
}
