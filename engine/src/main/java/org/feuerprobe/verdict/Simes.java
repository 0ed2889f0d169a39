package org.feuerprobe.verdict;

import java.util.Arrays;

/**
 * Correction for several points (Simes, An improved Bonferroni procedure, Biometrika 1986): each
 * p-value is multiplied by the number of points divided by its rank. A result that all points share
 * is then as certain as at one point.
 */
final class Simes {
    private Simes() {}

    /** The factor for each p-value. */
    static double[] factors(double[] chances) {
        return Arrays.stream(chances)
                .map(own ->
                        (double) chances.length
                                / Arrays.stream(chances).filter(other -> other <= own).count())
                .toArray();
    }
}
