package org.feuerprobe.change;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.feuerprobe.sample.FalseDiscovery;

/**
 * Test of the newest run over many series. Each series is tested twice: the run alone against its
 * {@link PredictionInterval}, and the newest runs together by the {@link ChangeDetector}. The
 * smaller p-value, doubled, is corrected for false discoveries over all series of the run. Each
 * change alerts once: if the previous run already showed it, it is known, and the level after a
 * step becomes the next baseline.
 */
public final class NewestRun {
    /**
     * Level of the false-discovery correction: if nothing changes, about this share of campaigns
     * raises an alarm.
     */
    public static final double SHARE = 0.001;

    /** Smallest number of earlier runs on the level that the newest run is compared with. */
    public static final int FEWEST_BEFORE = GateLevels.FEWEST_BEFORE;

    /** Two-sided p-value up to which a rerun confirms the run. */
    private static final double RERUN = 0.05;

    private static final int NEWEST = 5;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private NewestRun() {}

    /** Result for a series. */
    public enum Standing {
        /** Fewer than five runs since the level started. */
        TOO_FEW,
        AS_BEFORE,
        /** A change that the previous run already showed. */
        KNOWN,
        WORSE,
        BETTER
    }

    /**
     * Result for one series with its figures.
     *
     * @param before prediction for the newest run from the runs before it at the same level; empty
     *     if they are too few
     * @param all number of runs before, at any level
     * @param value value of the newest run
     * @param p p-value, corrected over all series
     */
    public record Judged(
            Standing standing,
            Optional<PredictionInterval> before,
            int all,
            double value,
            double p) {
        /** Number of runs before the newest at the same level. */
        public int runs() {
            return before.map(PredictionInterval::runs).orElse(all);
        }

        /** Mean of these runs; the newest value itself if they are too few. */
        public double level() {
            return before.map(PredictionInterval::mean).orElse(value);
        }

        /** Lower end of the prediction interval for the newest run, at {@link #SHARE}. */
        public double low() {
            return level() - margin();
        }

        /** Upper end of that interval. */
        public double high() {
            return level() + margin();
        }

        private double margin() {
            return before.map(interval -> interval.margin(SHARE)).orElse(0.0);
        }

        /**
         * Whether a rerun confirms the run: it lies outside on the same side, at a two-sided
         * p-value of 5 %. By chance one rerun in forty does.
         */
        public boolean persists(double again) {
            return before.isPresent()
                    && (again > level()) == (value > level())
                    && before.get().p(again) <= RERUN;
        }
    }

    private record Tested(
            Optional<PredictionInterval> interval, boolean known, double value, double p) {}

    /** Judges series, each with its newest run last. */
    public static List<Judged> judge(List<double[]> series) {
        List<Tested> tested = series.stream().map(NewestRun::test).toList();
        List<Tested> testable = tested.stream().filter(one -> one.interval().isPresent()).toList();
        double[] adjusted =
                FalseDiscovery.adjusted(testable.stream().mapToDouble(Tested::p).toArray());
        List<Judged> judged = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < tested.size(); i++) {
            Tested one = tested.get(i);
            if (one.interval().isEmpty()) {
                int runs = series.get(i).length - 1;
                judged.add(new Judged(Standing.TOO_FEW, one.interval(), runs, one.value(), 1));
            } else {
                judged.add(judged(one, series.get(i).length - 1, adjusted[next++]));
            }
        }
        return judged;
    }

    private static Judged judged(Tested one, int all, double p) {
        Standing standing =
                p > SHARE
                        ? Standing.AS_BEFORE
                        : one.known()
                                ? Standing.KNOWN
                                : above(one) ? Standing.WORSE : Standing.BETTER;
        return new Judged(standing, one.interval(), all, one.value(), p);
    }

    private static Tested test(double[] values) {
        Tested now = pValue(values);
        if (values.length <= FEWEST_BEFORE) {
            return now;
        }
        Tested before = pValue(Arrays.copyOf(values, values.length - 1));
        if (before.interval().isEmpty() || before.p() > SHARE) {
            return now;
        }
        boolean further = above(before) == now.value() > before.value();
        PredictionInterval asBefore = before.interval().get().movedTo(before.value());
        double p = Math.min(1, 2 * asBefore.p(now.value()));
        if (further && p <= SHARE) {
            return new Tested(Optional.of(asBefore), false, now.value(), p);
        }
        boolean known = now.p() <= SHARE && above(before) == above(now);
        return new Tested(now.interval(), known, now.value(), now.p());
    }

    private static boolean above(Tested one) {
        return one.interval().isPresent() && one.value() > one.interval().get().mean();
    }

    /**
     * Tests the last value; a change that the previous run already showed is not considered here.
     */
    private static Tested pValue(double[] values) {
        int last = values.length - 1;
        List<Change> changes = ChangeDetector.changes(values);
        Optional<Change> event =
                changes.stream()
                        .filter(change -> change.onset() > last - NEWEST)
                        .reduce((_, b) -> b);
        int end = event.isPresent() ? event.get().onset() : last;
        int start =
                changes.stream()
                        .mapToInt(Change::onset)
                        .filter(onset -> onset < end)
                        .max()
                        .orElse(0);
        Optional<PredictionInterval> predicted = predicted(values, changes, start, end);
        if (predicted.isEmpty()) {
            return new Tested(Optional.empty(), false, values[last], 1);
        }
        PredictionInterval interval = predicted.get();
        double alone = interval.p(values[last]);
        double together =
                event.map(change ->
                                NEWEST
                                        * 2
                                        * (1
                                                - NORMAL.cumulativeProbability(
                                                        Math.abs(change.statistic()))))
                        .orElse(1.0);
        return new Tested(
                predicted, false, values[last], Math.min(1, 2 * Math.min(alone, together)));
    }

    /**
     * What the runs from {@code start} to {@code end} predict. If they are fewer than five, the
     * level before them says how much runs vary.
     */
    private static Optional<PredictionInterval> predicted(
            double[] values, List<Change> changes, int start, int end) {
        double[] level = Arrays.copyOfRange(values, start, end);
        if (level.length >= FEWEST_BEFORE) {
            return Optional.of(interval(level));
        }
        int earlier =
                changes.stream()
                        .mapToInt(Change::onset)
                        .filter(onset -> onset < start)
                        .max()
                        .orElse(0);
        if (start - earlier < FEWEST_BEFORE) {
            return Optional.empty();
        }
        return Optional.of(interval(Arrays.copyOfRange(values, earlier, start)).movedTo(level));
    }

    private static PredictionInterval interval(double[] level) {
        return PredictionInterval.of(level, RunNoise.independent(level).floor());
    }
}
