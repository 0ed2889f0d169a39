package org.feuerprobe.verdict;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.feuerprobe.sample.Description;

/**
 * Independent units of a mean: single values or, if boots differ, the means of boots. Values of one
 * boot say little about the next boot, so even few boots are then the units. If boots differ but
 * their means are equal, boots show no spread, so values are the units.
 *
 * @param values the values of the units
 * @param boots whether the units are boots
 */
record MeanUnits(double[] values, boolean boots) {
    /** Smallest number of equal units that decide: 0.5^5 is the first power below 5 %. */
    static final int FEWEST_EQUAL = 5;

    /** Chooses the units. Each boot has at least one value. */
    static MeanUnits of(List<double[]> boots) {
        double[] means = boots.stream().mapToDouble(Description::mean).toArray();
        boolean apart = Arrays.stream(means).anyMatch(mean -> mean != means[0]);
        return apart && DesignEffect.of(boots) > 1
                ? new MeanUnits(means, true)
                : new MeanUnits(boots.stream().flatMapToDouble(Arrays::stream).toArray(), false);
    }

    double mean() {
        return Description.mean(values);
    }

    /** Degrees of freedom of Student's t; 0 for one unit, which decides nothing. */
    int degrees() {
        return values.length - 1;
    }

    /** Standard error of the mean, for at least two units. */
    double error() {
        return error(values);
    }

    /** Whether the units are equal, but too few to show that they have no spread. */
    boolean tooFewEqual() {
        return values.length < FEWEST_EQUAL && Arrays.stream(values).allMatch(v -> v == values[0]);
    }

    /**
     * Probability that this many equal units all lie on the wrong side of the mean, each with
     * probability one half. Without spread nothing else is known (sign test).
     */
    double chanceOfEqual() {
        return Math.pow(0.5, values.length);
    }

    /** Number of units that would distinguish the mean from a limit at this distance. */
    long wanted(double distance) {
        if (degrees() < 1 || distance <= 0) {
            return Math.max(10, 2L * values.length);
        }
        double more = Math.ceil(values.length * Math.pow(2.5 * error() / distance, 2) + 2);
        return (long) Math.min(1e9, Math.max(tooFewEqual() ? FEWEST_EQUAL : 0, more));
    }

    /** Standard error of the mean of at least two independent values. */
    static double error(double[] values) {
        return StandardDeviation.of(values).getAsDouble() / Math.sqrt(values.length);
    }

    /** Why these values do not decide on which side of the limit the mean lies. */
    String whyOpen(String limit) {
        return degrees() == 0
                ? "; one value has no spread: a mean needs two"
                : tooFewEqual()
                        ? "; so few equal values show no spread: a mean needs %d of them"
                                .formatted(FEWEST_EQUAL)
                        : ", too close to " + limit + " to decide";
    }
}
