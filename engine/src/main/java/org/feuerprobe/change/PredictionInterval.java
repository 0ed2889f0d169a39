package org.feuerprobe.change;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Prediction interval for the next run, if it is like the runs before it. Student's interval for
 * one further value is {@code mean ± t · s · √(1 + 1/n)} with n - 1 degrees of freedom: the next
 * run itself varies, and the mean of n runs is not known exactly (Hahn and Meeker 1991, section
 * 4.7).
 *
 * @param runs number of runs before; at least two
 * @param mean mean of these runs
 * @param error {@code s · √(1 + 1/n)}
 */
public record PredictionInterval(int runs, double mean, double error) {
    /**
     * Computes the interval from the runs before; {@code least} is the smallest spread to assume.
     */
    public static PredictionInterval of(double[] before, double least) {
        int n = before.length;
        if (n < 2) {
            throw new IllegalArgumentException("runs=" + n + ": want two or more");
        }
        double mean = Arrays.stream(before).average().orElseThrow();
        double squares = Arrays.stream(before).map(x -> (x - mean) * (x - mean)).sum();
        double spread = Math.max(Math.sqrt(squares / (n - 1)), least);
        return new PredictionInterval(n, mean, spread * Math.sqrt(1 + 1.0 / n));
    }

    /** Half the width of the interval that misses the next run with probability {@code chance}. */
    public double margin(double chance) {
        return TDistribution.of(runs - 1).inverseSurvivalProbability(chance / 2) * error;
    }

    /** Probability of a run at least this far from the mean, on either side. */
    public double p(double next) {
        double off = Math.abs(next - mean);
        return off == 0 ? 1 : 2 * TDistribution.of(runs - 1).survivalProbability(off / error);
    }

    /**
     * The interval for a run like a few newer ones, of which there are too few to say how much they
     * vary: that comes from the runs of this interval, in proportion if the newer ones are higher.
     */
    PredictionInterval movedTo(double... newer) {
        double level = Arrays.stream(newer).average().orElseThrow();
        return new PredictionInterval(
                runs, level, spread(level) * Math.sqrt(1 + 1.0 / newer.length));
    }

    /** Spread of one run at this level. */
    private double spread(double level) {
        double here = error / Math.sqrt(1 + 1.0 / runs);
        return mean > 0 && level > mean ? here * level / mean : here;
    }
}
