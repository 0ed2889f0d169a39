package org.feuerprobe.verdict;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Which of many rejections stand, if the chance of any false one shall be bounded? Holm's (1979)
 * step-down correction.
 */
public final class Holm {
    private Holm() {}

    /**
     * Adjusted chances, in the order given.
     *
     * @param chances those that are below 1
     * @param family how many hypotheses there are in all, at least as many
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
