package org.feuerprobe.verdict;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.feuerprobe.sample.Description;

/**
 * Of what is a mean one? Of values that are independent of each other, or, where boots differ, of
 * the means of boots, however few: values that share a boot say little of the next boot. Boots that
 * differ in all but their means have no spread to go by; then it is of the values.
 *
 * @param values of the units
 * @param boots whether they are boots
 */
record MeanUnits(double[] values, boolean boots) {
    /** 0.5^5 is the first power below 5 %. */
    static final int FEWEST_EQUAL = 5;

    /** Each boot needs a value. */
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

    /** Of Student's t; 0 for one unit, of which nothing follows. */
    int degrees() {
        return values.length - 1;
    }

    /** Standard error of the mean; at least two units. */
    double error() {
        return error(values);
    }

    /** Whether the units are equal, and too few to show that they do not spread. */
    boolean tooFewEqual() {
        return values.length < FEWEST_EQUAL && Arrays.stream(values).allMatch(v -> v == values[0]);
    }

    /**
     * The chance that so many equal units lie on the wrong side of the mean, each by one half: with
     * no spread to go by, nothing else is known (sign test).
     */
    double chanceOfEqual() {
        return Math.pow(0.5, values.length);
    }

    /** How many units would tell the mean from a limit at this distance. */
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
}
