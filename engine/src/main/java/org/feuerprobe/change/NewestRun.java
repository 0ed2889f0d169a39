package org.feuerprobe.change;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.feuerprobe.sample.FalseDiscovery;

/**
 * Does the newest run of many series tell of something new? Each series is asked twice: does the
 * run alone lie off its {@link PredictionInterval}, and does the {@link ChangeDetector} see a
 * change that the newest runs make together? The smaller chance, doubled, goes into one
 * false-discovery control over all series of the run. A change that the run before showed already
 * is not told again: one alert an event; and the level after a step is the next baseline.
 */
public final class NewestRun {
    /** Of a stationary history's campaigns, at most this share raises an alarm. */
    public static final double SHARE = 0.001;

    /** Two-sided chance at which a rerun stands off the runs before. */
    private static final double RERUN = 0.05;

    private static final int NEWEST = 5;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private NewestRun() {}

    /** How a series stands. */
    public enum Standing {
        /** Fewer than five runs since the level began. */
        TOO_FEW,
        AS_BEFORE,
        /** A change that the runs before showed already. */
        KNOWN,
        WORSE,
        BETTER
    }

    /**
     * One series.
     *
     * @param before what the runs before the newest say of it, at this level; empty where they are
     *     too few
     * @param all runs before, whatever their level
     * @param value of the newest
     * @param p chance, corrected over all series
     */
    public record Judged(
            Standing standing,
            Optional<PredictionInterval> before,
            int all,
            double value,
            double p) {
        /** Runs before the newest, at this level. */
        public int runs() {
            return before.map(PredictionInterval::runs).orElse(all);
        }

        /** Mean of them; the newest itself where they are too few. */
        public double level() {
            return before.map(PredictionInterval::mean).orElse(value);
        }

        /** Lower end of the interval for the newest, at {@link #SHARE}. */
        public double low() {
            return level() - margin();
        }

        /** Upper end of the same. */
        public double high() {
            return level() + margin();
        }

        private double margin() {
            return before.map(interval -> interval.margin(SHARE)).orElse(0.0);
        }

        /**
         * Whether one run more, made at once, lies as far off on the same side: of runs that are
         * like those before, one in forty does.
         */
        public boolean persists(double again) {
            return before.isPresent()
                    && (again > level()) == (value > level())
                    && before.get().p(again) <= RERUN;
        }
    }

    private record Asked(
            Optional<PredictionInterval> interval, boolean known, double value, double p) {}

    /** Judges series, each with its newest run last. */
    public static List<Judged> judge(List<double[]> series) {
        List<Asked> asked = series.stream().map(NewestRun::ask).toList();
        List<Asked> able = asked.stream().filter(one -> one.interval().isPresent()).toList();
        double[] adjusted = FalseDiscovery.adjusted(able.stream().mapToDouble(Asked::p).toArray());
        List<Judged> judged = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < asked.size(); i++) {
            Asked one = asked.get(i);
            if (one.interval().isEmpty()) {
                int runs = series.get(i).length - 1;
                judged.add(new Judged(Standing.TOO_FEW, one.interval(), runs, one.value(), 1));
            } else {
                judged.add(judged(one, series.get(i).length - 1, adjusted[next++]));
            }
        }
        return judged;
    }

    private static Judged judged(Asked one, int all, double p) {
        Standing standing =
                p > SHARE
                        ? Standing.AS_BEFORE
                        : one.known()
                                ? Standing.KNOWN
                                : above(one) ? Standing.WORSE : Standing.BETTER;
        return new Judged(standing, one.interval(), all, one.value(), p);
    }

    private static Asked ask(double[] values) {
        Asked now = asked(values);
        if (now.interval().isEmpty() || now.p() > SHARE) {
            return now;
        }
        Asked before = asked(Arrays.copyOf(values, values.length - 1));
        boolean known =
                before.p() <= SHARE && above(before) == above(now) && before.interval().isPresent();
        return new Asked(now.interval(), known, now.value(), now.p());
    }

    private static boolean above(Asked one) {
        return one.interval().isPresent() && one.value() > one.interval().get().mean();
    }

    private static Asked asked(double[] values) {
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
        if (end - start < GateLevels.FEWEST_BEFORE) {
            return new Asked(Optional.empty(), false, values[last], 1);
        }
        double[] level = Arrays.copyOfRange(values, start, end);
        PredictionInterval interval =
                PredictionInterval.of(level, RunNoise.independent(level).floor());
        double alone = interval.p(values[last]);
        double together =
                event.map(change ->
                                NEWEST
                                        * 2
                                        * (1
                                                - NORMAL.cumulativeProbability(
                                                        Math.abs(change.statistic()))))
                        .orElse(1.0);
        return new Asked(
                Optional.of(interval),
                false,
                values[last],
                Math.min(1, 2 * Math.min(alone, together)));
    }
}
