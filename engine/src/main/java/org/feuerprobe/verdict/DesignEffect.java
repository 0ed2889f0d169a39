package org.feuerprobe.verdict;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.FDistribution;

/**
 * Design effect: the factor by which values that share boots count for less than independent ones.
 * It is {@code 1 + (m-1)·r} for {@code m} values per boot with correlation {@code r} within boots
 * (Kish 1965, section 5.4). A one-way analysis of variance of the ranks gives {@code r}. Ranks are
 * used because a heavy tail could hide the correlation otherwise.
 */
final class DesignEffect {
    private static final double POOL = 0.25;

    private DesignEffect() {}

    static double of(List<double[]> boots) {
        int total = boots.stream().mapToInt(boot -> boot.length).sum();
        if (boots.size() < 2 || total <= boots.size()) {
            return 1;
        }
        double[] sorted = boots.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        double overall = (total - 1) / 2.0;
        double across = 0;
        double inside = 0;
        double squares = 0;
        for (double[] boot : boots) {
            double[] rank = Arrays.stream(boot).map(v -> rank(sorted, v)).toArray();
            double mean = Arrays.stream(rank).average().orElse(0);
            across += boot.length * (mean - overall) * (mean - overall);
            for (double r : rank) {
                inside += (r - mean) * (r - mean);
            }
            squares += (double) boot.length * boot.length;
        }
        double acrossSquare = across / (boots.size() - 1);
        double insideSquare = inside / (total - boots.size());
        if (insideSquare <= 0) {
            return acrossSquare > 0 ? (double) total / boots.size() : 1;
        }
        double tail =
                FDistribution.of(boots.size() - 1, total - boots.size())
                        .survivalProbability(acrossSquare / insideSquare);
        if (tail > POOL) {
            return 1;
        }
        double size = (total - squares / total) / (boots.size() - 1);
        double between = Math.max(0, (acrossSquare - insideSquare) / size);
        double correlation = between / (between + insideSquare);
        return 1 + (Math.max(1, squares / total) - 1) * correlation;
    }

    /** Mean rank of a value among sorted ones, from 0. */
    private static double rank(double[] sorted, double value) {
        int low = bound(sorted, value, false);
        int high = bound(sorted, value, true);
        return (low + high - 1) / 2.0;
    }

    private static int bound(double[] sorted, double value, boolean after) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || (after && sorted[middle] == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
