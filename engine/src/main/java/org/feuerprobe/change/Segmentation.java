package org.feuerprobe.change;

import java.util.ArrayList;
import java.util.List;

/**
 * Segmentation of a series into levels. Binary segmentation uses windows of many lengths, so that a
 * change back does not hide a change. Then each boundary moves to the place with the smallest sum
 * of distances from the medians, and boundaries below the threshold are removed. A level of five
 * runs or fewer that then returns is an excursion and no change; a smaller step that stays behind
 * it is one.
 *
 * <p>Cost: about {@code runs · 49 · 60} operations per change.
 */
final class Segmentation {
    private static final int[] WINDOWS = {3, 5, 8, 13, 21, 34, 60};
    private static final int MOST_ROUNDS = 4;

    /** An excursion returns to within this share of its height. */
    private static final double BACK = 0.25;

    private final double[] values;
    private RunNoise noise;
    private StepStatistic statistic;

    /** Boundaries: 0, the first run of each new level, and the number of runs. */
    private List<Integer> bounds = List.of();

    /** Segments a series of at least six runs. */
    Segmentation(double[] values) {
        this.values = values;
        noise = RunNoise.independent(values);
        statistic = new StepStatistic(values, new MedianTable(values), noise);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            segment();
            if (values.length < GateLevels.FEWEST_FOR_MEMORY || !raisesAutocorrelation()) {
                break;
            }
        }
    }

    RunNoise noise() {
        return noise;
    }

    StepStatistic statistic() {
        return statistic;
    }

    List<Integer> bounds() {
        return bounds;
    }

    private void segment() {
        List<Integer> found = new ArrayList<>();
        found.add(0);
        split(0, values.length, found);
        found.add(values.length);
        do {
            settle(found);
        } while (removeWeakest(found) || removeExcursion(found));
        bounds = List.copyOf(found);
    }

    private double threshold() {
        double level =
                GateLevels.STEP + GateLevels.STEP_PER_LOG_RUNS * Math.log(values.length / 100.0);
        return Math.max(level, GateLevels.LEAST_STEP)
                * (1 + GateLevels.PER_AUTOCORRELATION * noise.autocorrelation());
    }

    private void split(int from, int to, List<Integer> found) {
        double best = threshold();
        int at = -1;
        for (int s = from + GateLevels.FEWEST; s <= to - GateLevels.FEWEST; s++) {
            double strength = strongest(from, s, to);
            if (strength > best) {
                best = strength;
                at = s;
            }
        }
        if (at >= 0) {
            split(from, at, found);
            found.add(at);
            split(at, to, found);
        }
    }

    /** The largest statistic at one place, over all pairs of windows. */
    private double strongest(int from, int at, int to) {
        double best = 0;
        for (int left : WINDOWS) {
            int a = Math.max(from, at - left);
            for (int right : WINDOWS) {
                int b = Math.min(to, at + right);
                best = Math.max(best, Math.abs(statistic.of(a, at, b)));
                if (b == to) {
                    break;
                }
            }
            if (a == from) {
                break;
            }
        }
        return best;
    }

    /** Moves every boundary to the best place between its neighbours. */
    private void settle(List<Integer> found) {
        for (int i = 1; i < found.size() - 1; i++) {
            int from = found.get(i - 1);
            int to = found.get(i + 1);
            int at = found.get(i);
            double least = statistic.distance(from, at) + statistic.distance(at, to);
            for (int s = from + GateLevels.FEWEST; s <= to - GateLevels.FEWEST; s++) {
                double distance = statistic.distance(from, s) + statistic.distance(s, to);
                if (distance < least * (1 - 1e-12)) {
                    least = distance;
                    at = s;
                }
            }
            found.set(i, at);
        }
    }

    private boolean removeWeakest(List<Integer> found) {
        double weakest = threshold();
        int at = -1;
        for (int i = 1; i < found.size() - 1; i++) {
            double strength =
                    Math.abs(statistic.of(found.get(i - 1), found.get(i), found.get(i + 1)));
            if (strength < weakest) {
                weakest = strength;
                at = i;
            }
        }
        if (at >= 0) {
            found.subList(at, at + 1).clear();
        }
        return at >= 0;
    }

    private boolean removeExcursion(List<Integer> found) {
        for (int i = 1; i < found.size() - 2; i++) {
            int start = found.get(i);
            int end = found.get(i + 1);
            double before = statistic.level(found.get(i - 1), start);
            double during = statistic.level(start, end);
            double after = statistic.level(end, found.get(i + 2));
            boolean back = (during - before) * (after - during) < 0;
            if (end - start <= GateLevels.LONGEST_EXCURSION
                    && back
                    && Math.abs(after - before) < BACK * Math.abs(during - before)) {
                boolean lasting = lasts(found.get(i - 1), end, found.get(i + 2));
                found.subList(i, lasting ? i + 1 : i + 2).clear();
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the level behind an excursion is another than before it: a smaller step that lasts
     * longer than an excursion. The excursion's few runs hardly move the median before.
     */
    private boolean lasts(int from, int end, int to) {
        return to - end > GateLevels.LONGEST_EXCURSION
                && end - from > 3 * GateLevels.LONGEST_EXCURSION
                && Math.abs(statistic.of(from, end, to)) >= threshold();
    }

    /** Raises the autocorrelation if the residuals show more of it; returns whether they do. */
    private boolean raisesAutocorrelation() {
        double edge = GateLevels.CLIP * noise.spread();
        int n = values.length;
        int levels = bounds.size() - 1;
        double squares = 0;
        double products = 0;
        for (int i = 0; i < levels; i++) {
            int from = bounds.get(i);
            int to = bounds.get(i + 1);
            double level = statistic.level(from, to);
            double mean = 0;
            for (int j = from; j < to; j++) {
                mean += Math.clamp(values[j] - level, -edge, edge) / (to - from);
            }
            double before = 0;
            for (int j = from; j < to; j++) {
                double rest = Math.clamp(values[j] - level - mean, -edge, edge);
                squares += rest * rest;
                products += j > from ? rest * before : 0;
                before = rest;
            }
        }
        double raw = squares > 0 ? products / squares * n / Math.max(1, n - levels) : 0;
        double seen = raw + (1 + 3 * Math.max(0, raw)) * levels / n; // Kendall 1954
        double error = 1 / Math.sqrt(n);
        double robust = RunNoise.autocorrelation(values);
        if (seen < GateLevels.BELIEVED * error) {
            return false;
        }
        double correlation =
                Math.clamp(
                        GateLevels.OF_RESIDUALS * seen + (1 - GateLevels.OF_RESIDUALS) * robust,
                        0,
                        GateLevels.MOST_AUTOCORRELATION);
        if (correlation <= noise.autocorrelation() + 0.02) {
            return false;
        }
        noise = noise.with(correlation, values, Math.sqrt(squares / Math.max(1, n - levels)));
        statistic = statistic.with(noise);
        return true;
    }
}
