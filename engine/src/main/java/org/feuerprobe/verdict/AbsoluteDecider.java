package org.feuerprobe.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.model.TailModel;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.OrderStatistics;
import org.feuerprobe.sample.Point;
import org.feuerprobe.sample.Shape;

/**
 * Decides whether a statistic stays within its limit. A quantile is decided by the binomial law of
 * the number of values above the limit, a mean by Student's t over boots, and a maximum by the
 * observed values and, if the data support it, by extreme-value analysis. A claim must hold at
 * every point, so the worst point decides. See {@code docs/verdicts.md}.
 */
final class AbsoluteDecider {
    /** A maximum holds if, with 95 % confidence, at most this share of operations exceeds it. */
    static final double RARE = 1e-3;

    private static final long SEED = 0x5eed;

    private AbsoluteDecider() {}

    static Decision decide(Claim.Absolute claim, DataSet data) {
        Map<Map<String, Double>, List<double[]>> byPoint = new LinkedHashMap<>();
        for (Point point : data.points()) {
            byPoint.computeIfAbsent(point.parameters(), key -> new ArrayList<>())
                    .addAll(point.boots());
        }
        List<Sample> samples = new ArrayList<>();
        VaryingCounts counts = VaryingCounts.of(data);
        boolean repeats = data.exact() && counts.certain();
        Optional<String> fall = data.exact() && !counts.any() ? counts.fall() : Optional.empty();
        byPoint.forEach((at, boots) -> {
            String where = byPoint.size() > 1 ? " at " + Numbers.pointByName(at) : "";
            samples.add(new Sample(claim, repeats, fall, boots, Decision.Span.of(data), where));
        });
        double[] factors =
                Simes.factors(samples.stream().mapToDouble(Sample::chanceIfKept).toArray());
        for (int i = 0; i < factors.length; i++) {
            samples.get(i).points = factors[i];
        }
        Optional<Decision> worst = Optional.empty();
        for (Sample sample : samples) {
            Decision here = sample.decide();
            if (worst.isEmpty() || Worst.worse(here, worst.get())) {
                worst = Optional.of(here);
            }
        }
        return worst.orElseThrow();
    }

    /** The values of one point, and the decision on them. */
    private static final class Sample {
        private final Claim.Absolute claim;

        /** Whether the values of every point are equal and exact, with no rare case missing. */
        private final boolean repeats;

        /** Why equal values may lack a rare case; empty if they do not, or are not equal. */
        private final Optional<String> fall;

        private final List<double[]> boots;
        private final Map<String, Decision.Span> range;
        private final String where;

        /**
         * Factor by which the p-value of a violation is multiplied, because there are several
         * points.
         */
        private double points = 1;

        private final double[] sorted;
        private final long above;
        private final double designEffect;
        private final List<String> notes = new ArrayList<>();

        Sample(
                Claim.Absolute claim,
                boolean repeats,
                Optional<String> fall,
                List<double[]> boots,
                Map<String, Decision.Span> range,
                String where) {
            this.claim = claim;
            this.repeats = repeats;
            this.fall = fall;
            this.boots = boots;
            this.range = range;
            this.where = where;
            double[] values = boots.stream().flatMapToDouble(Arrays::stream).toArray();
            sorted = OrderStatistics.sorted(values);
            above =
                    Arrays.stream(values)
                            .filter(v -> !claim.comparison().holds(v, claim.limit()))
                            .count();
            designEffect = DesignEffect.of(boots);
            if (designEffect > 1.5) {
                notes.add(
                        "boots differ: %d values count as %d"
                                .formatted(sorted.length, effective(sorted.length)));
            }
            Shape shape = Shape.of(values);
            if (shape.drifts()) {
                notes.add(
                        String.format(
                                Locale.ROOT,
                                "the values drift over time (rank correlation %.2f)",
                                shape.drift()));
            }
            if (shape.multimodal()) {
                notes.add("the values have " + shape.modes() + " separate modes");
            }
        }

        private String values() {
            return Numbers.counted(sorted.length, "value");
        }

        /**
         * Text for values that are all equal. Of several points, {@link Worst} has chosen the most
         * expensive.
         */
        private String every(double value) {
            return where.isEmpty()
                    ? "every value is " + Numbers.figure(value)
                    : "the largest value is " + Numbers.figure(value) + "," + where;
        }

        private String exceeding() {
            return "%d of %s exceed%s %s"
                    .formatted(above, values(), above == 1 ? "s" : "", limit());
        }

        /** Text of the limit with its unit. */
        private String limit() {
            return Numbers.figure(claim.limit())
                    + (claim.unit().isEmpty() ? "" : " " + claim.unit());
        }

        private long effective(long count) {
            return Math.max(1, (long) Math.floor(count / designEffect));
        }

        Decision decide() {
            return switch (claim.statistic()) {
                case Claim.Statistic.Quantile quantile -> quantile(quantile.order());
                case Claim.Statistic.Simple simple ->
                        switch (simple) {
                            case MAX, MISSES -> maximum();
                            case MEAN -> mean();
                        };
            };
        }

        /** Probability of such values if the claim were kept at this point. */
        double chanceIfKept() {
            if (isCertain()) {
                return above > 0 ? 0 : 1;
            }
            return switch (claim.statistic()) {
                case Claim.Statistic.Quantile(double order) ->
                        OrderStatistics.chanceIfKept(
                                effective(sorted.length),
                                (long) Math.ceil(above / designEffect),
                                order);
                case Claim.Statistic.Simple simple -> {
                    MeanUnits units = MeanUnits.of(boots);
                    boolean broken = !claim.comparison().holds(units.mean(), claim.limit());
                    yield simple == Claim.Statistic.Simple.MEAN && broken ? chance(units) : 1;
                }
            };
        }

        /** Probability that the true mean lies on the other side of the limit. */
        private double chance(MeanUnits units) {
            double error = units.degrees() > 0 ? units.error() : Double.POSITIVE_INFINITY;
            double distance = Math.abs(claim.limit() - units.mean());
            return isCertain()
                    ? 0
                    : units.degrees() == 0
                            ? 1
                            : error == 0
                                    ? units.chanceOfEqual()
                                    : TDistribution.of(units.degrees())
                                            .survivalProbability(distance / error);
        }

        /** Whether all values are equal and exact, so that every statistic is certain. */
        private boolean isCertain() {
            return repeats;
        }

        private Decision quantile(double order) {
            long n = effective(sorted.length);
            long over = (long) Math.ceil(above / designEffect);
            double broken = OrderStatistics.chanceIfBroken(n, over, order);
            double kept = Math.min(1, points * chanceIfKept());
            long required = OrderStatistics.required(order, Thresholds.LEVEL);
            Estimate estimate = OrderStatistics.interval(sorted, order, Thresholds.LEVEL);
            StatisticEvidence evidence =
                    new StatisticEvidence(
                            claim.statistic().toString(),
                            estimate,
                            sorted.length,
                            required,
                            sorted[sorted.length - 1],
                            above,
                            Optional.empty(),
                            Optional.empty());
            String seen = exceeding() + where;
            if (kept <= 1 - Thresholds.LEVEL) {
                return decided(VerdictKind.VIOLATED, 1 - kept, seen, evidence, Optional.empty());
            }
            if (isCertain()) {
                return decided(VerdictKind.HOLDS, 1, every(sorted[0]), evidence, Optional.empty());
            }
            if (broken <= 1 - Thresholds.LEVEL) {
                return decided(VerdictKind.HOLDS, 1 - broken, seen, evidence, Optional.empty());
            }
            long wanted = wanted(order, required);
            String reason =
                    "%s; %s needs at least %d values, here about %d"
                            .formatted(seen, claim.statistic(), required, wanted);
            return decided(
                    VerdictKind.INCONCLUSIVE,
                    1 - Math.min(kept, broken),
                    reason,
                    evidence,
                    Optional.of(new Advice(List.of(), boots.size(), wanted, reason)));
        }

        /**
         * Number of values that would decide the claim if the share above the limit stayed the
         * same.
         */
        private long wanted(double order, long required) {
            double share = (double) above / sorted.length;
            for (long n = Math.max(required, 8); n < 100_000_000L; n = n * 3 / 2) {
                long over = Math.round(share * n);
                if (OrderStatistics.chanceIfBroken(n, over, order) <= 1 - Thresholds.LEVEL
                        || OrderStatistics.chanceIfKept(n, over, order) <= 1 - Thresholds.LEVEL) {
                    return (long) Math.ceil(n * designEffect);
                }
            }
            return 100_000_000L;
        }

        private Decision maximum() {
            double largest = sorted[sorted.length - 1];
            long required = (long) Math.ceil(Math.log(1 - Thresholds.LEVEL) / Math.log1p(-RARE));
            long n = effective(sorted.length);
            double plainly = 1 - Math.pow(1 - Thresholds.LEVEL, 1.0 / n);
            TailModel.Outcome outcome =
                    above > 0
                            ? new TailModel.Outcome(Optional.empty(), Optional.of("refuted"))
                            : TailModel.of(sorted, SEED);
            StatisticEvidence evidence =
                    new StatisticEvidence(
                            claim.statistic().toString(),
                            Estimate.exact(largest),
                            sorted.length,
                            required,
                            largest,
                            above,
                            outcome.model(),
                            outcome.declined());
            if (above > 0) {
                String reason = exceeding() + ", the largest is " + Numbers.figure(largest) + where;
                return decided(VerdictKind.VIOLATED, 1, reason, evidence, Optional.empty());
            }
            double modelled =
                    outcome.model()
                            .filter(tail -> claim.limit() > tail.threshold() && designEffect <= 1.5)
                            .map(tail -> tail.exceedanceAtMost(claim.limit()))
                            .orElse(1.0);
            double share = Math.min(plainly, modelled);
            String seen =
                    String.format(
                            Locale.ROOT,
                            "the largest of %s is %s%s; with 95 %% confidence at most a share of %.2g exceeds %s",
                            values(),
                            Numbers.figure(largest),
                            where,
                            share,
                            limit());
            if (isCertain()) {
                return decided(VerdictKind.HOLDS, 1, every(largest), evidence, Optional.empty());
            }
            if (share <= RARE) {
                return decided(
                        VerdictKind.HOLDS, Thresholds.LEVEL, seen, evidence, Optional.empty());
            }
            String reason =
                    fall.orElse(seen + "; a claim about a maximum needs " + required + " values");
            long needed = fall.isPresent() ? VaryingCounts.ENOUGH : required;
            return decided(
                    VerdictKind.INCONCLUSIVE,
                    1 - share,
                    reason,
                    evidence,
                    Optional.of(new Advice(List.of(), boots.size(), needed, reason)));
        }

        private Decision mean() {
            MeanUnits units = MeanUnits.of(boots);
            double mean = units.mean();
            int degrees = units.degrees();
            double error = degrees > 0 ? units.error() : 0;
            if (!Double.isFinite(mean) || !Double.isFinite(error)) {
                throw new IllegalArgumentException("the values are too large to be averaged");
            }
            Estimate estimate =
                    isCertain()
                            ? Estimate.exact(mean)
                            : degrees > 0
                                    ? Estimate.of(
                                            mean,
                                            error
                                                    * TDistribution.of(degrees)
                                                            .inverseSurvivalProbability(
                                                                    (1 - Thresholds.LEVEL) / 2),
                                            Thresholds.LEVEL)
                                    : Estimate.of(mean, Double.POSITIVE_INFINITY, Thresholds.LEVEL);
            StatisticEvidence evidence =
                    new StatisticEvidence(
                            "mean",
                            estimate,
                            sorted.length,
                            2,
                            sorted[sorted.length - 1],
                            above,
                            Optional.empty(),
                            Optional.empty());
            boolean meets = claim.comparison().holds(mean, claim.limit());
            double chance = Math.min(1, chance(units) * (meets ? 1 : points));
            String seen =
                    "the mean of %s is %s%s"
                            .formatted(
                                    units.boots() ? boots.size() + " boots" : values(),
                                    Numbers.figure(mean),
                                    where);
            if (chance <= 1 - Thresholds.LEVEL) {
                return decided(
                        meets ? VerdictKind.HOLDS : VerdictKind.VIOLATED,
                        1 - chance,
                        seen,
                        evidence,
                        Optional.empty());
            }
            long wanted = units.wanted(Math.abs(claim.limit() - mean));
            String reason = seen + units.whyOpen(limit());
            return decided(
                    VerdictKind.INCONCLUSIVE,
                    1 - Math.min(1, chance),
                    reason,
                    evidence,
                    Optional.of(
                            new Advice(
                                    List.of(),
                                    units.boots()
                                            ? (int) Math.min(Advice.MOST_BOOTS, wanted)
                                            : boots.size(),
                                    wanted,
                                    reason)));
        }

        private Decision decided(
                VerdictKind kind,
                double confidence,
                String reason,
                StatisticEvidence evidence,
                Optional<Advice> advice) {
            return new Decision(
                    kind,
                    Optional.empty(),
                    Optional.of(Math.clamp(confidence, 0, 1)),
                    isCertain() && kind != VerdictKind.INCONCLUSIVE,
                    reason,
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    range,
                    List.of(),
                    Optional.of(evidence),
                    advice,
                    notes);
        }
    }
}
