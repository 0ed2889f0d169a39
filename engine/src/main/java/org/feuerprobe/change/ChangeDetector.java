package org.feuerprobe.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Detector of changes in a series. {@link Segmentation} finds steps in the whole history. The
 * newest runs, which no later run can confirm yet, are compared with the level before them.
 */
public final class ChangeDetector {
    /** Smallest number of runs in which a change can be found. */
    public static final int FEWEST_RUNS = 2 * GateLevels.FEWEST;

    private static final double HALF = 0.5;

    /** A run agrees with a step if it shows this share of it at least. */
    private static final double AGREES = 0.4;

    private static final double STANDS_OUT = 2.5;
    private static final double MOST_OF_IT = 0.8;
    private static final int NEWEST = 5;
    private static final int LONGEST_LEVEL = 60;

    private ChangeDetector() {}

    /** All changes, oldest first; none in fewer than six runs. */
    public static List<Change> changes(double[] values) {
        if (values.length < FEWEST_RUNS) {
            return List.of();
        }
        Segmentation segments = new Segmentation(values);
        List<Integer> bounds = withoutThinEnd(segments, values);
        List<Change> changes = new ArrayList<>();
        for (int i = 1; i < bounds.size() - 1; i++) {
            changes.add(
                    change(
                            segments,
                            values,
                            Change.Kind.STEP,
                            bounds.get(i - 1),
                            bounds.get(i),
                            bounds.get(i + 1)));
        }
        newest(segments, values, bounds.get(bounds.size() - 2)).ifPresent(changes::add);
        return List.copyOf(changes);
    }

    /**
     * The boundaries, without that of a last level whose first run still lies at the level before:
     * only two runs are left, and two are no level yet.
     */
    private static List<Integer> withoutThinEnd(Segmentation segments, double[] values) {
        List<Integer> bounds = segments.bounds();
        int at = bounds.get(bounds.size() - 2);
        if (at == 0 || values.length - at > GateLevels.FEWEST) {
            return bounds;
        }
        double before = segments.statistic().level(bounds.get(bounds.size() - 3), at);
        double step = segments.statistic().level(at, values.length) - before;
        if ((values[at] - before) * Math.signum(step) > AGREES * Math.abs(step)) {
            return bounds;
        }
        List<Integer> fewer = new ArrayList<>(bounds);
        fewer.remove(Integer.valueOf(at));
        return List.copyOf(fewer);
    }

    /** Standard deviation of a run about its level; 0 for fewer than three runs. */
    public static double spread(double[] values) {
        return values.length < GateLevels.FEWEST ? 0 : RunNoise.independent(values).spread();
    }

    /** Whether the newest runs of the last level have left it. */
    private static Optional<Change> newest(Segmentation segments, double[] values, int start) {
        int n = values.length;
        int onset = -1;
        double best = 1;
        for (int k = 2; k <= NEWEST && n - k - start >= GateLevels.FEWEST_BEFORE; k++) {
            int from = Math.max(start, n - k - LONGEST_LEVEL);
            double strength = strength(segments, values, from, k);
            if (strength > best) {
                best = strength;
                onset = n - k;
            }
        }
        if (onset >= 0) {
            return Optional.of(change(segments, values, Change.Kind.RECENT, start, onset, n));
        }
        return n - 1 - start >= GateLevels.FEWEST_BEFORE && single(segments, values, start)
                ? Optional.of(change(segments, values, Change.Kind.SINGLE, start, n - 1, n))
                : Optional.empty();
    }

    /**
     * The statistic of the newest {@code k} runs divided by its threshold; 0 unless the runs agree.
     */
    private static double strength(Segmentation segments, double[] values, int from, int k) {
        int n = values.length;
        StepStatistic statistic = segments.statistic();
        double level = statistic.level(from, n - k);
        double step = statistic.level(n - k, n) - level;
        double least = Math.max(AGREES * Math.abs(step), 0.9 * segments.noise().spread());
        int agree = 0;
        for (int i = n - k; i < n; i++) {
            agree += (values[i] - level) * Math.signum(step) > least ? 1 : 0;
        }
        if (agree < (k <= GateLevels.FEWEST ? k : k - 1)) {
            return 0;
        }
        double needed =
                GateLevels.RECENT
                        * (k == 2 ? GateLevels.RECENT_TWO : 1)
                        * (1 + GateLevels.PER_AUTOCORRELATION * segments.noise().autocorrelation());
        return Math.abs(statistic.of(from, n - k, n)) / needed;
    }

    /** Whether the newest run is further outside the history's range than that range is wide. */
    private static boolean single(Segmentation segments, double[] values, int start) {
        int last = values.length - 1;
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (int i = start; i < last; i++) {
            low = Math.min(low, values[i]);
            high = Math.max(high, values[i]);
        }
        double width = high - low;
        double off = Math.abs(values[last] - segments.statistic().level(start, last));
        return off > GateLevels.SINGLE * segments.noise().spread()
                && (values[last] > high + width || values[last] < low - width);
    }

    /**
     * Builds a change and finds the run that shows it: the first run beyond half the step and, if
     * the step is large enough, beyond 2.5 spreads. If earlier runs were outliers beyond half the
     * step, a single run proves nothing, and the second such run is taken.
     */
    private static Change change(
            Segmentation segments, double[] values, Change.Kind kind, int from, int at, int to) {
        double before = segments.statistic().level(from, at);
        double after = segments.statistic().level(at, to);
        double step = Math.abs(after - before);
        double sign = Math.signum(after - before);
        boolean outliers = false;
        for (int i = from; i < at; i++) {
            outliers |= (values[i] - before) * sign > HALF * step;
        }
        double spread = segments.noise().spread();
        double edge =
                outliers
                        ? HALF * step
                        : Math.max(HALF * step, Math.min(STANDS_OUT * spread, MOST_OF_IT * step));
        int wanted = outliers ? 2 : 1;
        int shown = at;
        for (int i = at; i < to; i++) {
            if ((values[i] - before) * sign > edge && --wanted == 0) {
                shown = i;
                break;
            }
        }
        double statistic = to - at > 1 || at - from > 1 ? segments.statistic().of(from, at, to) : 0;
        return new Change(kind, at, shown, before, after, statistic);
    }
}
