package org.feuerprobe.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.OrderStatistics;
import org.feuerprobe.sample.Resolution;

/**
 * Decides whether a timed statistic stays within its limit. Each value is an interval as wide as
 * the clock's step. The claim holds if it is true for the upper ends, and is violated if it is
 * false for the lower ends. Quantiles are decided by the binomial law of the number of values
 * beyond the limit (Hahn and Meeker 1991, section 5.2), means by Student's t, both one-sided at 95
 * %. HOLDS must be true at every point (Berger 1982). The machine only adds time, so VIOLATED
 * requires several boots, all of which break the claim.
 */
final class TimedDecider {
    static final double LEVEL = 0.95;

    private static final long MOST_VALUES = 10_000_000;

    /** Number of standard errors that are added to a boot's mean overhead. */
    private static final double CAUTIOUS = 3;

    private static final double MEDIAN = 0.5;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final Claim.Absolute claim;
    private final String unit;
    private final Resolution resolution;

    /**
     * Makes a decider of values in {@code unit}: nanoseconds, or ticks of a clock whose cycles are
     * known.
     */
    TimedDecider(Claim.Absolute claim, String unit, Resolution resolution) {
        this.claim = claim;
        this.unit = unit;
        this.resolution = resolution;
    }

    private TimedValues values(Measurement measurement) {
        return new TimedValues(measurement, unit, resolution);
    }

    /** Decides one benchmark by its worst point. */
    Decision decide(List<Measurement> measurements) {
        double[] points =
                Simes.factors(measurements.stream().mapToDouble(this::chanceIfKept).toArray());
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            Measurement one = measurements.get(i);
            decisions.add(Judge.inSeveralBoots(decide(one, points[i]), List.of(one)));
        }
        for (VerdictKind kind : List.of(VerdictKind.VIOLATED, VerdictKind.INCONCLUSIVE)) {
            Optional<Decision> found =
                    decisions.stream().filter(decision -> decision.kind() == kind).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
        }
        return decisions.stream()
                .min((a, b) ->
                        Double.compare(a.confidence().orElse(0.0), b.confidence().orElse(0.0)))
                .orElseThrow();
    }

    /** Decides one point. {@code points} is the factor for the p-value of a violation. */
    private Decision decide(Measurement measurement, double points) {
        return switch (claim.statistic()) {
            case Claim.Statistic.Quantile(double order) ->
                    values(measurement).batched()
                            ? undecided("a batch of operations hides the quantiles of one: batch 1")
                            : quantile(order, measurement, points);
            case Claim.Statistic.Simple simple ->
                    switch (simple) {
                        case MEAN -> mean(measurement, points);
                        case MAX, MISSES -> maximum(measurement, points);
                    };
        };
    }

    /**
     * Probability of such values if the claim were kept. A maximum is tested by its median, which
     * cannot exceed it.
     */
    private double chanceIfKept(Measurement measurement) {
        if (claim.statistic() == Claim.Statistic.Simple.MEAN || values(measurement).batched()) {
            return measurement.boots().stream()
                    .mapToDouble(boot -> values(measurement).averaged(boot).chance(claim.limit()))
                    .max()
                    .orElse(1);
        }
        double order =
                claim.statistic() instanceof Claim.Statistic.Quantile(double own) ? own : MEDIAN;
        return quietest(order, measurement).ifKept();
    }

    /**
     * Decides a maximum. Timed values refute it if they refute the median, or the mean of a batch.
     * They cannot confirm it.
     */
    private Decision maximum(Measurement measurement, double points) {
        Decision usual =
                values(measurement).batched()
                        ? mean(measurement, points)
                        : quantile(MEDIAN, measurement, points);
        if (usual.kind() == VerdictKind.VIOLATED && claim.comparison() != Claim.Comparison.EQUAL) {
            return usual;
        }
        double[] upper = TimedValues.all(values(measurement).upper());
        return undecided(
                String.format(
                        Locale.ROOT,
                        "the largest of %,d values is %,.0f, and may be an interruption by the machine: a maximum of timed values says nothing about the kernel",
                        upper.length,
                        Arrays.stream(upper).max().orElse(0)));
    }

    /**
     * Decides a quantile. If boots differ in their share beyond the limit, values of one boot count
     * for less.
     */
    private Decision quantile(double order, Measurement measurement, double points) {
        List<BootSamples> boots = measurement.boots();
        double[] upper = TimedValues.all(values(measurement).upper());
        int n = upper.length;
        Optional<StepLaw> slow =
                StepLaw.beyond(claim.limit() / resolution.fastest(), resolution, n * (1 - order));
        List<double[]> slower = boots.stream().map(boot -> possibly(boot, slow)).toList();
        double effect = DesignEffect.of(slower);
        long above = count(TimedValues.all(slower));
        double rate = 1 - (1 - order) * slow.map(StepLaw::share).orElse(1.0);
        double ifBroken = ifBroken(above, n, rate, effect);
        Surely surely = quietest(order, measurement);
        double ifKept = Math.min(1, points * surely.ifKept());
        String seen =
                String.format(
                        Locale.ROOT,
                        "%s: %s between %.0f and %.0f %s, n = %,d%s, %,d %s and %,d %s in %s, one-sided confidence %.4f; %s",
                        values(measurement).at(),
                        new Claim.Statistic.Quantile(order),
                        boots.stream()
                                .mapToDouble(boot -> value(values(measurement).lower(boot), order))
                                .min()
                                .orElseThrow(),
                        value(upper, order),
                        unit,
                        n,
                        counted(n, effect),
                        above,
                        slow.map(law -> law.text("at least", "beyond " + limit()))
                                .orElse("possibly beyond " + limit()),
                        surely.count(),
                        surely.law()
                                .map(law -> law.text("at most", "within it"))
                                .orElse("certainly"),
                        boots.size() == 1
                                ? "the only boot"
                                : "the quietest of %d boots".formatted(boots.size()),
                        1 - Math.min(ifBroken, ifKept),
                        values(measurement).clock());
        if (ifKept <= 1 - LEVEL) {
            return decided(VerdictKind.VIOLATED, 1 - ifKept, seen);
        }
        double others =
                resolution.fastest()
                        * ToleranceLimit.ofQuantiles(
                                boots.stream().map(BootSamples::atMost).toList(), order, LEVEL);
        boolean holds = ifBroken <= 1 - LEVEL;
        if (holds && isBeyond(others)) {
            return undecided(
                            String.format(
                                    Locale.ROOT,
                                    "%s; but boots differ, and these allow %s of up to %.0f in others (normal tolerance limit): more boots",
                                    seen,
                                    claim.statistic(),
                                    others))
                    .asking(new Advice(List.of(), 2 * boots.size(), 0, "more boots"));
        }
        if (holds) {
            return decided(VerdictKind.HOLDS, 1 - ifBroken, seen);
        }
        OptionalLong wanted = wanted(rate, (double) above / n, effect);
        return wanted.isEmpty()
                ? undecided(seen + "; the limit lies within what the clock resolves here")
                : asking(Math.max(n + 1, wanted.getAsLong()), n, boots.size(), seen);
    }

    /**
     * Indicators of the values that count as beyond the limit: by the law of the steps, or because
     * they may be beyond it.
     */
    private double[] possibly(BootSamples boot, Optional<StepLaw> law) {
        return Arrays.stream(boot.atMost())
                .map(ticks ->
                        law.map(steps -> ticks >= steps.ticks())
                                        .orElseGet(() -> isBeyond(resolution.atMost(ticks)))
                                ? 1
                                : 0)
                .toArray();
    }

    /**
     * Number of values in a boot that count as beyond the limit, by the law of the steps or because
     * they certainly are.
     */
    private record Surely(BootSamples boot, Optional<StepLaw> law, long count, double ifKept) {
        int of() {
            return boot.operation().length;
        }
    }

    private Surely quietest(double order, Measurement measurement) {
        return measurement.boots().stream()
                .map(boot -> surely(boot, order, values(measurement)))
                .min(Comparator.comparingDouble(each -> (double) each.count() / each.of()))
                .orElseThrow();
    }

    private Surely surely(BootSamples boot, double order, TimedValues values) {
        double overhead = TimedValues.usual(boot) + CAUTIOUS * TimedValues.twinError(boot);
        Optional<StepLaw> law =
                StepLaw.within(claim.limit() / resolution.slowest() + overhead, resolution);
        long count =
                law.map(steps ->
                                Arrays.stream(boot.operation())
                                        .filter(ticks -> ticks >= steps.ticks())
                                        .count())
                        .orElseGet(() ->
                                Arrays.stream(values.lower(boot)).filter(this::isBeyond).count());
        double rate = order * (1 - law.map(StepLaw::share).orElse(0.0));
        return new Surely(
                boot,
                law,
                count,
                OrderStatistics.chanceIfKept(boot.operation().length, count, rate));
    }

    private boolean isBeyond(double value) {
        return !claim.comparison().holds(value, claim.limit());
    }

    private static long count(double[] flags) {
        return (long) Arrays.stream(flags).sum();
    }

    /** Probability of at most this number of values beyond the limit if the claim were broken. */
    private static double ifBroken(long above, long n, double order, double effect) {
        long values = Math.max(1, (long) (n / effect));
        long over = (long) Math.ceil(above / effect);
        return OrderStatistics.chanceIfBroken(values, over, order);
    }

    private static String counted(long n, double effect) {
        return effect > 1
                ? String.format(Locale.ROOT, " (boots differ: as %,d)", (long) (n / effect))
                : "";
    }

    /** An open decision that asks for more values; {@code boots} boots gave {@code n}. */
    private static Decision asking(long values, long n, int boots, String seen) {
        String takes = String.format(Locale.ROOT, "the claim needs about %,d values", values);
        int wanted = (int) Math.min(Advice.MOST_BOOTS, (values * boots + n - 1) / n);
        return undecided(seen + "; " + takes).asking(new Advice(List.of(), wanted, values, takes));
    }

    /**
     * Number of values with which the claim would hold if the share beyond the limit stayed the
     * same.
     */
    private OptionalLong wanted(double order, double share, double effect) {
        long least = OrderStatistics.required(order, LEVEL);
        for (long n = least; share < 1 - order && n * effect < MOST_VALUES; n = n * 3 / 2) {
            long values = (long) Math.ceil(n * effect);
            if (ifBroken(Math.round(share * values), values, order, effect) <= 1 - LEVEL) {
                return OptionalLong.of(values);
            }
        }
        return OptionalLong.empty();
    }

    /**
     * Decides the mean of the cost after subtracting the twin. If boots differ, boots are the
     * units. The lower end of a boot includes the errors of both means, because interruptions may
     * have hit either more often. A cost is never negative, so a negative end means that the noise
     * exceeds the cost.
     */
    private Decision mean(Measurement measurement, double points) {
        List<double[]> upper = values(measurement).upper();
        double[] values = TimedValues.all(upper);
        if (values.length < 2) {
            return asking(2, 1, 1, values(measurement).at() + ": one value has no spread");
        }
        MeanUnits units = MeanUnits.of(upper);
        ContinuousDistribution law = TDistribution.of(units.degrees());
        double error = units.error();
        double high = units.mean() - values(measurement).averagedStep(values, resolution.fastest());
        double highest = high + error * law.inverseCumulativeProbability(LEVEL);
        double z = NORMAL.inverseCumulativeProbability(1 - (1 - LEVEL) / points);
        double lowest = Double.MAX_VALUE;
        double least = 1;
        for (BootSamples boot : measurement.boots()) {
            TimedValues.Averaged own = values(measurement).averaged(boot);
            lowest = Math.min(lowest, own.mean() - z * own.error());
            least = Math.min(least, 1 - points * own.chance(claim.limit()));
        }
        String seen =
                String.format(
                        Locale.ROOT,
                        "%s: %s, n = %,d%s, one-sided confidence %.2f; %s",
                        values(measurement).at(),
                        range(lowest, highest),
                        values.length,
                        units.boots()
                                ? " (boots differ: as %d)".formatted(units.values().length)
                                : "",
                        LEVEL,
                        values(measurement).clock());
        if (units.tooFewEqual()) {
            String reason = seen + "; so few equal values show no spread";
            return asking(MeanUnits.FEWEST_EQUAL, values.length, upper.size(), reason);
        }
        if (claim.comparison() != Claim.Comparison.EQUAL && lowest > claim.limit()) {
            return decided(VerdictKind.VIOLATED, least, seen);
        }
        if (claim.comparison().holds(highest, claim.limit())) {
            return decided(
                    VerdictKind.HOLDS,
                    1 - TimedValues.tail(claim.limit() - high, error, law),
                    seen);
        }
        double more = Math.pow((highest - high) / (claim.limit() - high), 2);
        return claim.comparison().holds(high, claim.limit()) && more * values.length < MOST_VALUES
                ? asking((long) Math.ceil(more * values.length), values.length, upper.size(), seen)
                : undecided(
                        seen
                                + "; the machine interrupts too often to decide: use a quieter one, or more samples");
    }

    private String range(double lowest, double highest) {
        if (lowest > 0) {
            return String.format(
                    Locale.ROOT, "mean between %.1f and %.1f %s", lowest, highest, unit);
        }
        return highest > 0
                ? String.format(
                        Locale.ROOT,
                        "mean of at most %.1f %s, which the noise here does not distinguish from zero",
                        highest,
                        unit)
                : "mean not distinguishable from zero: the call took no longer than its twin";
    }

    private static double value(double[] values, double order) {
        double[] sorted = OrderStatistics.sorted(values);
        return Math.max(0, sorted[Math.max(0, (int) Math.ceil(order * sorted.length) - 1)]);
    }

    private String limit() {
        return claim.limit() + " " + unit;
    }

    private static Decision decided(VerdictKind kind, double confidence, String reason) {
        return new Decision(kind, Optional.empty(), Optional.of(confidence), false, reason);
    }

    private static Decision undecided(String reason) {
        return decided(VerdictKind.INCONCLUSIVE, LEVEL, reason);
    }
}
