package org.feuerprobe.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Description;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.OrderStatistics;
import org.feuerprobe.sample.Resolution;
import org.feuerprobe.sample.TickRate;

/**
 * Does a timed statistic stay within its limit, whatever the clock did not resolve? A value is an
 * interval: the claim holds if it holds of the upper ends, and is violated if the lower ends break
 * it. Quantiles are decided by the exact binomial law of the values beyond the limit (Hahn and
 * Meeker 1991, section 5.2), means by Student's t, both one-sided at 95 % for all points of a
 * benchmark together. What else runs on the machine only adds time, so a claim is violated only if
 * there are several boots and every one breaks it by itself. A maximum cannot be told from an
 * interruption by the machine.
 */
final class TimedDecider {
    static final double LEVEL = 0.95;

    /** More than a budget pays for. */
    private static final int MOST_BOOTS = 1000;

    private static final long MOST_VALUES = 10_000_000;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final Claim.Absolute claim;
    private final String unit;
    private final Resolution resolution;
    private final int points;

    /** Values are in {@code unit}: nanoseconds, or ticks of a clock whose cycles are known. */
    TimedDecider(Claim.Absolute claim, String unit, Resolution resolution, int points) {
        this.claim = claim;
        this.unit = unit;
        this.resolution = resolution;
        this.points = points;
    }

    /** Decides one benchmark; its worst point decides. */
    Decision decide(List<Measurement> measurements) {
        List<Decision> decisions =
                measurements.stream()
                        .map(one -> Judge.inSeveralBoots(decide(one), List.of(one)))
                        .toList();
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

    private Decision decide(Measurement measurement) {
        List<double[]> upper = new ArrayList<>();
        List<double[]> lower = new ArrayList<>();
        List<Double> twins = new ArrayList<>(); // standard error of each boot's usual overhead
        for (BootSamples boot : measurement.boots()) {
            long least = boot.overhead();
            double usual = Arrays.stream(boot.twin()).average().orElse((double) least);
            double q = resolution.quantum() / boot.batch();
            upper.add(
                    Arrays.stream(boot.operation())
                            .mapToDouble(v -> atMost((double) (v - least) / boot.batch(), q))
                            .toArray());
            lower.add(
                    Arrays.stream(boot.operation())
                            .mapToDouble(v -> atLeast((v - usual) / boot.batch(), q))
                            .toArray());
            twins.add(
                    error(Arrays.stream(boot.twin()).mapToDouble(t -> cycles(t, boot)).toArray()));
        }
        return switch (claim.statistic()) {
            case Claim.Statistic.Quantile(double order) ->
                    batched(measurement)
                            ? undecided("a batch of operations hides the quantiles of one: batch 1")
                            : quantile(order, upper, lower, measurement);
            case Claim.Statistic.Simple simple ->
                    switch (simple) {
                        case MEAN -> mean(upper, lower, twins, measurement);
                        case MAX, MISSES -> maximum(all(upper));
                    };
        };
    }

    private static Decision maximum(double[] upper) {
        return undecided(
                "the largest of %,d values is %.0f, and may be an interruption by the machine: a maximum of timed values says nothing of the kernel"
                        .formatted(upper.length, Arrays.stream(upper).max().orElse(0)));
    }

    private static double[] all(List<double[]> boots) {
        return boots.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private double cycles(long ticks, BootSamples boot) {
        return (double) ticks / boot.batch() * resolution.fastest();
    }

    private double atMost(double ticks, double quantum) {
        return new Resolution(quantum, resolution.slowest(), resolution.fastest()).atMost(ticks);
    }

    private double atLeast(double ticks, double quantum) {
        return new Resolution(quantum, resolution.slowest(), resolution.fastest()).atLeast(ticks);
    }

    private static boolean batched(Measurement measurement) {
        return measurement.boots().stream().anyMatch(boot -> boot.batch() > 1);
    }

    /** Values that share boots count for less where the boots differ in what they have beyond. */
    private Decision quantile(
            double order, List<double[]> boots, List<double[]> lower, Measurement measurement) {
        double[] upper = all(boots);
        double effect = DesignEffect.of(boots.stream().map(this::beyondEach).toList());
        long n = upper.length;
        long above = beyond(upper);
        double[] quietest = quietest(lower);
        long surely = beyond(quietest);
        double ifBroken = ifBroken(above, n, order, effect);
        double ifKept =
                Math.min(1, points * OrderStatistics.chanceIfKept(quietest.length, surely, order));
        String seen =
                String.format(
                        Locale.ROOT,
                        "%s: %s between %.0f and %.0f %s, n = %,d%s, %d possibly beyond %s and %d certainly in the quietest of %d boots, one-sided confidence %.4f; %s",
                        at(measurement),
                        claim.statistic(),
                        value(quietest, order),
                        value(upper, order),
                        unit,
                        n,
                        counted(n, effect),
                        above,
                        limit(),
                        surely,
                        lower.size(),
                        1 - Math.min(ifBroken, ifKept),
                        clock(measurement));
        if (ifKept <= 1 - LEVEL) {
            return decided(VerdictKind.VIOLATED, 1 - ifKept, seen);
        }
        if (ifBroken <= 1 - LEVEL) {
            return decided(VerdictKind.HOLDS, 1 - ifBroken, seen);
        }
        OptionalLong wanted = wanted(order, (double) above / n, effect);
        return wanted.isEmpty()
                ? undecided(seen + "; the limit lies within what the clock resolves here")
                : asking(Math.max(n + 1, wanted.getAsLong()), n, lower.size(), seen);
    }

    /** Chance of no more values beyond the limit if the claim were broken, for all points. */
    private double ifBroken(long above, long n, double order, double effect) {
        long values = Math.max(1, (long) (n / effect));
        long over = (long) Math.ceil(above / effect);
        return Math.min(1, points * OrderStatistics.chanceIfBroken(values, over, order));
    }

    private static String counted(long n, double effect) {
        return effect > 1
                ? String.format(Locale.ROOT, " (boots differ: as %,d)", (long) (n / effect))
                : "";
    }

    /** Open for want of values, of which so many boots gave n. */
    private static Decision asking(long values, long n, int boots, String seen) {
        String takes = "the claim takes some %,d values".formatted(values);
        int wanted = (int) Math.min(MOST_BOOTS, (values * boots + n - 1) / n);
        return undecided(seen + "; " + takes).asking(new Advice(List.of(), wanted, values, takes));
    }

    /**
     * Values with which the claim would hold if so large a share went on to be beyond the limit.
     */
    private OptionalLong wanted(double order, double share, double effect) {
        long least = OrderStatistics.required(order, 1 - (1 - LEVEL) / points);
        for (long n = least; share < 1 - order && n * effect < MOST_VALUES; n = n * 3 / 2) {
            long values = (long) Math.ceil(n * effect);
            if (ifBroken(Math.round(share * values), values, order, effect) <= 1 - LEVEL) {
                return OptionalLong.of(values);
            }
        }
        return OptionalLong.empty();
    }

    /** The boot with the fewest values beyond the limit. */
    private double[] quietest(List<double[]> boots) {
        return boots.stream()
                .min(Comparator.comparingDouble(boot -> (double) beyond(boot) / boot.length))
                .orElseThrow();
    }

    /**
     * The mean of what a call cost more than its twin; where boots differ, boots are the units. A
     * boot's lower end allows for the chance in both, since either may have been interrupted more
     * often. No cost is below zero: an end that is says that the noise is larger than the cost.
     */
    private Decision mean(
            List<double[]> upper,
            List<double[]> lower,
            List<Double> twins,
            Measurement measurement) {
        double level = 1 - (1 - LEVEL) / points;
        double[] values = all(upper);
        if (values.length < 2) {
            return asking(2, 1, 1, at(measurement) + ": one value has no spread");
        }
        boolean differ = DesignEffect.of(upper) > 1;
        double[] units = differ ? upper.stream().mapToDouble(Description::mean).toArray() : values;
        ContinuousDistribution law = TDistribution.of(units.length - 1);
        double error = error(units);
        double high =
                Description.mean(units) - averagedStep(values, resolution.fastest(), measurement);
        double highest = high + error * law.inverseCumulativeProbability(level);
        double z = NORMAL.inverseCumulativeProbability(level);
        double lowest = Double.MAX_VALUE;
        double least = 1;
        for (int b = 0; b < lower.size(); b++) {
            double[] boot = lower.get(b);
            double mean =
                    Description.mean(boot) + averagedStep(boot, resolution.slowest(), measurement);
            double chance = Math.hypot(error(boot), twins.get(b));
            lowest = Math.min(lowest, mean - z * chance);
            least = Math.min(least, sure(mean - claim.limit(), chance, NORMAL));
        }
        String seen =
                String.format(
                        Locale.ROOT,
                        "%s: %s, n = %,d%s, one-sided confidence %.2f; %s",
                        at(measurement),
                        range(lowest, highest),
                        values.length,
                        differ ? " (boots differ: as %d)".formatted(units.length) : "",
                        LEVEL,
                        clock(measurement));
        if (claim.comparison() != Claim.Comparison.EQUAL && lowest > claim.limit()) {
            return decided(VerdictKind.VIOLATED, least, seen);
        }
        if (claim.comparison().holds(highest, claim.limit())) {
            return decided(VerdictKind.HOLDS, sure(claim.limit() - high, error, law), seen);
        }
        double more = Math.pow((highest - high) / (claim.limit() - high), 2);
        return claim.comparison().holds(high, claim.limit()) && more * values.length < MOST_VALUES
                ? asking((long) Math.ceil(more * values.length), values.length, upper.size(), seen)
                : undecided(
                        seen
                                + "; the machine interrupts too often to tell: a quieter one, or more samples");
    }

    private String range(double lowest, double highest) {
        if (lowest > 0) {
            return String.format(
                    Locale.ROOT, "mean between %.1f and %.1f %s", lowest, highest, unit);
        }
        return highest > 0
                ? String.format(
                        Locale.ROOT,
                        "mean of at most %.1f %s, which the noise here does not tell from zero",
                        highest,
                        unit)
                : "mean not told from zero: the call took no longer than its twin";
    }

    /** One-sided confidence, for all points together, that a mean so far off is no chance. */
    private double sure(double distance, double error, ContinuousDistribution law) {
        double chance = error == 0 ? 0 : law.survivalProbability(distance / error);
        return Math.max(LEVEL, 1 - points * chance);
    }

    /** Standard error of the mean. */
    private static double error(double[] values) {
        return StandardDeviation.of(values).getAsDouble() / Math.sqrt(values.length);
    }

    /**
     * The counter's steps fall anywhere, so their error is gone from a mean; but not where all
     * values are the same, as those of a loop that runs in step with the counter.
     */
    private double averagedStep(double[] values, double cyclesPerTick, Measurement measurement) {
        return Arrays.stream(values).allMatch(value -> value == values[0])
                ? 0
                : resolution.quantum() / measurement.boots().getFirst().batch() * cyclesPerTick;
    }

    private double[] beyondEach(double[] values) {
        return Arrays.stream(values)
                .map(value -> claim.comparison().holds(value, claim.limit()) ? 0 : 1)
                .toArray();
    }

    private long beyond(double[] values) {
        return (long) Arrays.stream(beyondEach(values)).sum();
    }

    private static double value(double[] values, double order) {
        double[] sorted = OrderStatistics.sorted(values);
        return Math.max(0, sorted[Math.max(0, (int) Math.ceil(order * sorted.length) - 1)]);
    }

    private String limit() {
        return claim.limit() + " " + unit;
    }

    private static String at(Measurement measurement) {
        return measurement.parameters().toString();
    }

    private String clock(Measurement measurement) {
        long overhead = measurement.boots().getFirst().overhead();
        if (unit.equals(TickRate.UNIT)) {
            return String.format(
                    Locale.ROOT,
                    "quantum %.1f ns, overhead %d ns taken off, right within %.1f %%",
                    resolution.quantum(),
                    overhead,
                    100 * (resolution.fastest() - 1));
        }
        return String.format(
                Locale.ROOT,
                "quantum %.0f ticks, overhead %d ticks taken off, %.2f to %.2f cycles a tick",
                resolution.quantum(),
                overhead,
                resolution.slowest(),
                resolution.fastest());
    }

    private static Decision decided(VerdictKind kind, double confidence, String reason) {
        return new Decision(kind, Optional.empty(), Optional.of(confidence), false, reason);
    }

    private static Decision undecided(String reason) {
        return decided(VerdictKind.INCONCLUSIVE, LEVEL, reason);
    }
}
