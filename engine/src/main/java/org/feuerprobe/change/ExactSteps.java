package org.feuerprobe.change;

import java.util.ArrayList;
import java.util.List;

/**
 * Steps in a series of counts that repeat exactly. There is no noise, so every difference is a
 * step.
 */
public final class ExactSteps {
    private ExactSteps() {}

    /** Finds a step at each run that differs from the run before it. */
    public static List<Change> of(double[] values) {
        List<Change> steps = new ArrayList<>();
        for (int i = 1; i < values.length; i++) {
            if (values[i] != values[i - 1]) {
                steps.add(
                        new Change(
                                Change.Kind.EXACT,
                                i,
                                i,
                                values[i - 1],
                                values[i],
                                Double.POSITIVE_INFINITY));
            }
        }
        return steps;
    }
}
