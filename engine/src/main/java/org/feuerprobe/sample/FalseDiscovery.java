package org.feuerprobe.sample;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Correction for many tests: of the tests that are accepted, at most a given share is wrong
 * (Benjamini and Hochberg 1995).
 */
public final class FalseDiscovery {
    private FalseDiscovery() {}

    /** The corrected p-values: for each test, the smallest share at which it would be accepted. */
    public static double[] adjusted(double[] pValues) {
        int n = pValues.length;
        int[] order =
                IntStream.range(0, n)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> pValues[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double[] adjusted = new double[n];
        double least = 1;
        for (int rank = n; rank >= 1; rank--) {
            int i = order[rank - 1];
            least = Math.min(least, pValues[i] * n / rank);
            adjusted[i] = least;
        }
        return Arrays.copyOf(adjusted, n);
    }
}
