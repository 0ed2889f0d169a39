package org.feuerprobe.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Resolution;
import org.feuerprobe.sample.TickRate;

/**
 * Does a timed statistic stay within its limit, whatever the clock did not resolve? A value is an
 * interval: the claim holds if it holds of the upper ends, and is violated if the lower ends break
 * it. Quantiles are decided by the exact binomial law of the values beyond the limit (Hahn and
 * Meeker 1991, section 5.2), means by the normal law, both one-sided at 95 % for all points of a
 * benchmark together. What else runs on the machine only adds time, so a claim is violated only if
 * every boot breaks it by itself. A maximum cannot be told from an interruption by the machine.
 */
final class TimedDecider {
    static final double LEVEL = 0.95;

    /** More than a budget pays for. */
    private static final int MOST_BOOTS = 1000;

    private static final long MOST_VALUES = 10_000_000;

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
        List<Decision> decisions = measurements.stream().map(this::decide).toList();
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
        List<Double> upper = new ArrayList<>();
        List<List<Double>> lower = new ArrayList<>();
        List<Double> twins = new ArrayList<>(); // standard error of each boot's usual overhead
        for (BootSamples boot : measurement.boots()) {
            long least = boot.overhead();
            double usual = Arrays.stream(boot.twin()).average().orElse((double) least);
            double q = resolution.quantum() / boot.batch();
            List<Double> own = new ArrayList<>();
            for (long value : boot.operation()) {
                upper.add(atMost((double) (value - least) / boot.batch(), q));
                own.add(atLeast((value - usual) / boot.batch(), q));
            }
            lower.add(own);
            twins.add(error(Arrays.stream(boot.twin()).mapToObj(t -> cycles(t, boot)).toList()));
        }
        return switch (claim.statistic()) {
            case Claim.Statistic.Quantile(double order) ->
                    batched(measurement)
                            ? undecided("a batch of operations hides the quantiles of one: batch 1")
                            : quantile(order, upper, lower, measurement);
            case Claim.Statistic.Simple simple ->
                    switch (simple) {
                        case MEAN -> mean(upper, lower, twins, measurement);
                        case MAX, MISSES ->
                                undecided(
                                        "the largest of %,d values is %.0f, and may be an interruption by the machine: a maximum of timed values says nothing of the kernel"
                                                .formatted(
                                                        upper.size(),
                                                        upper.stream()
                                                                .mapToDouble(v -> v)
                                                                .max()
                                                                .orElse(0)));
                    };
        };
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

    private Decision quantile(
            double order, List<Double> upper, List<List<Double>> lower, Measurement measurement) {
        long n = upper.size();
        long above = beyond(upper);
        List<Double> quietest = quietest(lower);
        long surely = beyond(quietest);
        double ifBroken = Math.min(1, points * BinomialTail.atMost(above, n, 1 - order));
        double ifKept =
                Math.min(1, points * BinomialTail.atLeast(surely, quietest.size(), 1 - order));
        String seen =
                String.format(
                        Locale.ROOT,
                        "%s: %s between %.0f and %.0f %s, n = %,d, %d possibly beyond %s and %d certainly in the quietest of %d boots, one-sided confidence %.4f; %s",
                        at(measurement),
                        claim.statistic(),
                        value(quietest, order),
                        value(upper, order),
                        unit,
                        n,
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
        OptionalLong wanted = wanted(order, (double) above / n);
        if (wanted.isEmpty()) {
            return undecided(seen + "; the limit lies within what the clock resolves here");
        }
        long values = Math.max(n + 1, wanted.getAsLong());
        String takes = "the claim takes some %,d values".formatted(values);
        int boots = (int) Math.min(MOST_BOOTS, (values * lower.size() + n - 1) / n);
        return undecided(seen + "; " + takes).asking(new Advice(List.of(), boots, values, takes));
    }

    /**
     * Values with which the claim would hold if so large a share went on to be beyond the limit.
     */
    private OptionalLong wanted(double order, double share) {
        long least = (long) Math.ceil(Math.log((1 - LEVEL) / points) / Math.log(order));
        for (long n = least; share < 1 - order && n < MOST_VALUES; n = n * 3 / 2) {
            long above = Math.round(share * n);
            if (points * BinomialTail.atMost(above, n, 1 - order) <= 1 - LEVEL) {
                return OptionalLong.of(n);
            }
        }
        return OptionalLong.empty();
    }

    /** The boot with the fewest values beyond the limit. */
    private List<Double> quietest(List<List<Double>> boots) {
        return boots.stream().min((a, b) -> Double.compare(share(a), share(b))).orElseThrow();
    }

    private double share(List<Double> values) {
        return (double) beyond(values) / values.size();
    }

    /**
     * The mean of what a call cost more than its twin. A boot's lower end allows for the chance in
     * both, since either may have been interrupted more often. No cost is below zero: an end that
     * is says that the noise is larger than the cost.
     */
    private Decision mean(
            List<Double> upper,
            List<List<Double>> boots,
            List<Double> twins,
            Measurement measurement) {
        double level = 1 - (1 - LEVEL) / points;
        double high = average(upper) - quantumShare(resolution.fastest(), measurement);
        double z = normalQuantile(level);
        double highest = high + z * error(upper);
        double share = quantumShare(resolution.slowest(), measurement);
        double lowest = Double.MAX_VALUE;
        double least = 1;
        for (int b = 0; b < boots.size(); b++) {
            double mean = average(boots.get(b)) + share;
            double chance = Math.hypot(error(boots.get(b)), twins.get(b));
            lowest = Math.min(lowest, mean - z * chance);
            least = Math.min(least, sure(mean - claim.limit(), chance));
        }
        String seen =
                String.format(
                        Locale.ROOT,
                        "%s: %s, n = %,d, one-sided confidence %.2f; %s",
                        at(measurement),
                        range(lowest, highest),
                        upper.size(),
                        LEVEL,
                        clock(measurement));
        if (claim.comparison() != Claim.Comparison.EQUAL && lowest > claim.limit()) {
            return decided(VerdictKind.VIOLATED, least, seen);
        }
        return claim.comparison().holds(highest, claim.limit())
                ? decided(VerdictKind.HOLDS, sure(claim.limit() - high, error(upper)), seen)
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
    private double sure(double distance, double error) {
        double chance =
                error == 0 ? 0 : NormalDistribution.of(0, 1).survivalProbability(distance / error);
        return Math.max(LEVEL, 1 - points * chance);
    }

    /** Standard error of the mean. */
    private static double error(List<Double> values) {
        return deviation(values) / Math.sqrt(values.size());
    }

    /** The counter's steps fall anywhere, so their error is gone from a mean. */
    private double quantumShare(double cyclesPerTick, Measurement measurement) {
        return resolution.quantum() / measurement.boots().getFirst().batch() * cyclesPerTick;
    }

    private long beyond(List<Double> values) {
        return values.stream()
                .filter(value -> !claim.comparison().holds(value, claim.limit()))
                .count();
    }

    private static double value(List<Double> values, double order) {
        double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
        return Math.max(0, sorted[Math.max(0, (int) Math.ceil(order * sorted.length) - 1)]);
    }

    private static double average(List<Double> values) {
        return values.stream().mapToDouble(v -> v).average().orElse(0);
    }

    private static double deviation(List<Double> values) {
        double mean = average(values);
        double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / Math.max(1, values.size() - 1));
    }

    /** Upper quantile of the normal law, by bisection of Abramowitz and Stegun 26.2.17. */
    static double normalQuantile(double level) {
        double low = 0;
        double high = 10;
        for (int i = 0; i < 60; i++) {
            double x = (low + high) / 2;
            double t = 1 / (1 + 0.2316419 * x);
            double tail =
                    Math.exp(-x * x / 2)
                            / Math.sqrt(2 * Math.PI)
                            * t
                            * (0.319381530
                                    + t
                                            * (-0.356563782
                                                    + t
                                                            * (1.781477937
                                                                    + t
                                                                            * (-1.821255978
                                                                                    + t
                                                                                            * 1.330274429))));
            if (tail > 1 - level) {
                low = x;
            } else {
                high = x;
            }
        }
        return high;
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
