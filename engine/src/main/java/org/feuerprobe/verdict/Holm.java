package org.feuerprobe.verdict;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Holm's (1979) step-down correction of p-values, which limits the probability of any false
 * rejection.
 */
public final class Holm {
    private Holm() {}

    /**
     * Corrected p-values, in the given order.
     *
     * @param chances the p-values that are below 1
     * @param family number of all hypotheses; at least the number of {@code chances}
     */
    public static double[] adjusted(double[] chances, long family) {
        Integer[] order = new Integer[chances.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> chances[i]));
        double[] adjusted = new double[chances.length];
        double highest = 0;
        for (int rank = 0; rank < order.length; rank++) {
            highest = Math.max(highest, Math.min(1, chances[order[rank]] * (family - rank)));
            adjusted[order[rank]] = highest;
        }
        return adjusted;
    }
}
