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

    /** Standard error of the mean of at least two independent values. */
    static double error(double[] values) {
        return StandardDeviation.of(values).getAsDouble() / Math.sqrt(values.length);
    }
}
