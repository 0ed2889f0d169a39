package org.feuerprobe.sample;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which of many tests may be believed, so that at most a share of those believed is wrong?
 * Benjamini and Hochberg (1995).
 */
public final class FalseDiscovery {
    private FalseDiscovery() {}

    /** For each chance, the smallest share at which its test would be believed. */
    public static double[] adjusted(double[] chances) {
        int n = chances.length;
        int[] order =
                IntStream.range(0, n)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> chances[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double[] adjusted = new double[n];
        double least = 1;
        for (int rank = n; rank >= 1; rank--) {
            int i = order[rank - 1];
            least = Math.min(least, chances[i] * n / rank);
            adjusted[i] = least;
        }
        return Arrays.copyOf(adjusted, n);
    }
}
