package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The best flat levels for many points, as the caches of a memory hierarchy cause them. For each
 * number of levels, it finds the borders with the smallest chi-square (optimal partitioning by
 * dynamic programming, Bellman 1961). Cost: the square of the number of points, for each level.
 */
final class Staircase {
    /**
     * Largest number of levels: three levels of caches, memory, and steps of address translation.
     */
    private static final int MOST_LEVELS = 6;

    /** Smallest number of points on a level. Fewer points may be a slope. */
    private static final int FEWEST_POINTS = 3;

    private final double[] weights;
    private final double[] sums;
    private final double[] squares;
    private final int points;

    Staircase(SearchSpace space) {
        points = space.points;
        weights = new double[points + 1];
        sums = new double[points + 1];
        squares = new double[points + 1];
        for (int i = 0; i < points; i++) {
            double scale = space.intercept[i];
            double level = space.target[i] / scale;
            weights[i + 1] = weights[i] + scale * scale;
            sums[i + 1] = sums[i] + scale * scale * level;
            squares[i + 1] = squares[i] + scale * scale * level * level;
        }
    }

    /** For each number of levels from two on, the index of the last point before each break. */
    List<int[]> breaks() {
        List<int[]> all = new ArrayList<>();
        double[] best = new double[points + 1];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        for (int end = FEWEST_POINTS; end <= points; end++) {
            best[end] = level(0, end);
        }
        List<int[]> starts = new ArrayList<>();
        for (int levels = 2; levels <= MOST_LEVELS; levels++) {
            double[] next = new double[points + 1];
            int[] start = new int[points + 1];
            Arrays.fill(next, Double.POSITIVE_INFINITY);
            for (int end = FEWEST_POINTS * levels; end <= points; end++) {
                for (int from = FEWEST_POINTS * (levels - 1); from <= end - FEWEST_POINTS; from++) {
                    double chiSquare = best[from] + level(from, end);
                    if (chiSquare < next[end]) {
                        next[end] = chiSquare;
                        start[end] = from;
                    }
                }
            }
            starts.add(start);
            if (Double.isInfinite(next[points])) {
                break;
            }
            all.add(traced(starts));
            best = next;
        }
        return all;
    }

    private int[] traced(List<int[]> starts) {
        int[] breaks = new int[starts.size()];
        int end = points;
        for (int level = starts.size() - 1; level >= 0; level--) {
            end = starts.get(level)[end];
            breaks[level] = end - 1;
        }
        return breaks;
    }

    /**
     * Chi-square about their mean of the points {@code from} (included) to {@code end} (excluded).
     */
    private double level(int from, int end) {
        double weight = weights[end] - weights[from];
        double sum = sums[end] - sums[from];
        return Math.max(0, squares[end] - squares[from] - sum * sum / weight);
    }
}
