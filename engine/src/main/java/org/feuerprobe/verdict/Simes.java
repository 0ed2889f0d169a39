package org.feuerprobe.verdict;

import java.util.Arrays;

/**
 * Correction for several points (Simes, An improved Bonferroni procedure, Biometrika 1986): each
 * chance is multiplied by the number of points over its rank. What is seen at all points alike is
 * then as certain as at one.
 */
final class Simes {
    private Simes() {}

    /** Factor for each chance of being wrong. */
    static double[] factors(double[] chances) {
        return Arrays.stream(chances)
                .map(own ->
                        (double) chances.length
                                / Arrays.stream(chances).filter(other -> other <= own).count())
                .toArray();
    }
}
