package org.feuerprobe.verdict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.Resolution;

/**
 * Judge of bounds by the measurements of one target.
 *
 * <p>A bound covers every way to call its operation, so the worst benchmark decides: VIOLATED
 * before INCONCLUSIVE before HOLDS before LOOSE. A benchmark without parameters cannot show growth.
 * It is ignored if another benchmark has parameters.
 */
public final class Judge {
    /** Smallest number of boots in which timed growth can be violated. */
    private static final int TIMED_BOOTS = 2;

    private static final int WANTED_BOOTS = 5;

    private final String target;
    private final String metric;
    private final boolean exact;
    private final Map<String, List<Measurement>> byOperation;
    private final Map<String, String> failures;
    private final MetricConditions conditions;

    /** Judges of claims in other metrics, by metric. */
    private final Map<String, Judge> others;

    private final Decider decider = new Decider();

    /**
     * Makes a judge.
     *
     * @param metric the metric of the target
     * @param exact whether the values were found to repeat exactly
     * @param failures the reason why an operation has no samples, by operation
     */
    public Judge(
            String target,
            String metric,
            boolean exact,
            List<Measurement> measurements,
            Map<String, String> failures) {
        this(
                target,
                metric,
                exact,
                measurements.stream().collect(Collectors.groupingBy(Measurement::operation)),
                Map.copyOf(failures),
                MetricConditions.NONE,
                Map.of());
    }

    private Judge(
            String target,
            String metric,
            boolean exact,
            Map<String, List<Measurement>> byOperation,
            Map<String, String> failures,
            MetricConditions conditions,
            Map<String, Judge> others) {
        this.target = target;
        this.metric = metric;
        this.exact = exact;
        this.byOperation = byOperation;
        this.failures = failures;
        this.conditions = conditions;
        this.others = others;
    }

    private Judge under(MetricConditions other) {
        return new Judge(target, metric, exact, byOperation, failures, other, others);
    }

    /** This judge, for a metric from a clock with this resolution. */
    public Judge withClock(Resolution resolution) {
        return under(conditions.withClock(resolution, conditions.ticks()));
    }

    /**
     * This judge, for a metric whose unit is not one tick of the clock. The {@code ticks} are the
     * unconverted values.
     */
    public Judge withClock(Resolution resolution, List<Measurement> ticks) {
        return under(
                conditions.withClock(
                        resolution,
                        ticks.stream().collect(Collectors.groupingBy(Measurement::benchmark))));
    }

    /** This judge, for a target whose clock cannot be trusted, for this reason. */
    public Judge withUnfitClock(String reason) {
        return under(conditions.withUnfitClock(reason));
    }

    /** This judge, for a metric that this model computes. */
    public Judge withModel(String model) {
        return under(conditions.withModel(model));
    }

    /**
     * This judge, with sources of metrics that the target does not have.
     *
     * @param source how to measure a metric; empty if the judge's own advice fits
     */
    public Judge withAlternatives(Function<String, Optional<String>> source) {
        return under(conditions.withAlternatives(source));
    }

    /** This judge, which passes claims in the other judge's metric to that judge. */
    public Judge withOther(Judge other) {
        Map<String, Judge> all = new HashMap<>(others);
        all.put(other.metric, other);
        return new Judge(target, metric, exact, byOperation, failures, conditions, Map.copyOf(all));
    }

    /** The verdict on one bound. */
    public BoundVerdict judge(Bound bound) {
        Judge other = others.get(bound.claim().unit());
        if (other != null) {
            return other.judge(bound);
        }
        List<Measurement> measurements = byOperation.getOrDefault(bound.operation(), List.of());
        String failure = failures.get(bound.operation());
        if (failure != null || measurements.isEmpty()) {
            String reason =
                    failure != null ? failure : "the target has no benchmark of this operation";
            return new BoundVerdict(
                    bound,
                    metric,
                    target,
                    VerdictKind.NOT_EXERCISED,
                    reason,
                    new LinkedHashMap<>(),
                    List.of());
        }
        return switch (bound.claim()) {
            case Claim claim when !isOwnMetric(claim) || !conditions.unfit().isEmpty() ->
                    notMeasurable(bound, claim.unit().isEmpty() ? metric : claim.unit());
            case Claim.Absolute _, Claim.Asymptotic _ -> decide(bound, measurements);
        };
    }

    private boolean isOwnMetric(Claim claim) {
        return claim.in(metric).isPresent();
    }

    /** Whether the untrusted clock would measure this metric. Its values have another name then. */
    private boolean isOfTheClock(String wanted) {
        return wanted.equals(metric)
                || (Metric.CYCLES.is(wanted) && Metric.UNFIT_CYCLES.is(metric));
    }

    private BoundVerdict notMeasurable(Bound bound, String wanted) {
        String reason =
                conditions.unfit().isEmpty() || !isOfTheClock(wanted)
                        ? "to measure %s, use %s; target %s counts %s"
                                .formatted(wanted, alternative(wanted), target, metric)
                        : "no trustworthy source of %s here: %s"
                                .formatted(wanted, conditions.unfit());
        return new BoundVerdict(
                bound,
                wanted,
                target,
                VerdictKind.NOT_MEASURABLE,
                reason,
                new LinkedHashMap<>(),
                List.of());
    }

    /** Advice on how to measure a metric. */
    private String alternative(String wanted) {
        return conditions
                .alternatives()
                .apply(wanted)
                .orElseGet(() ->
                        Metric.CYCLES.is(wanted)
                                ? "target native, or hardware virtualisation (--accel kvm)"
                                : Metric.NANOSECONDS.is(wanted)
                                        ? "target native or linux, whose clock is this machine's"
                                        : "a target that counts them");
    }

    private BoundVerdict decide(Bound bound, List<Measurement> measurements) {
        Map<String, List<Measurement>> byBenchmark =
                measurements.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Measurement::benchmark,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        Claim claim = bound.claim().in(metric).orElseThrow();
        Decider strict = decider.allowing(bound.mostGrowth());
        if (claim instanceof Claim.Asymptotic
                && measurements.stream().anyMatch(one -> !one.parameters().isEmpty())) {
            byBenchmark.values().removeIf(points -> points.getFirst().parameters().isEmpty());
        }
        List<BoundVerdict.Evidence> evidence = new ArrayList<>();
        byBenchmark.forEach((benchmark, points) ->
                evidence.add(
                        new BoundVerdict.Evidence(
                                benchmark,
                                labelled(decide(strict, claim, benchmark, points), points))));
        List<BoundVerdict.Evidence> decided =
                exact && claim instanceof Claim.Asymptotic growth
                        ? new ForcedCase(
                                        growth,
                                        strict,
                                        name ->
                                                data(
                                                        name,
                                                        byBenchmark.getOrDefault(name, List.of())))
                                .of(evidence)
                        : evidence;
        return new BoundVerdict(
                        bound,
                        metric,
                        target,
                        VerdictKind.INCONCLUSIVE,
                        "",
                        range(measurements),
                        decided,
                        new Composer(decider, byOperation, exact).compose(bound),
                        Optional.empty())
                .with(decided);
    }

    private DataSet data(String benchmark, List<Measurement> points) {
        return new DataSet(
                benchmark, metric, exact, points.stream().map(Measurement::point).toList());
    }

    /**
     * Completes a decision on modelled values: it names the model, and accepts a step up to one
     * miss per call.
     */
    private Decision labelled(Decision decision, List<Measurement> points) {
        if (conditions.modelled().isEmpty()) {
            return decision;
        }
        double most = points.stream().mapToDouble(p -> p.summary().max()).max().orElse(0);
        boolean step =
                decision.kind() == VerdictKind.VIOLATED
                        && decision.growthClass().isPresent()
                        && most <= 1;
        Decision told =
                step
                        ? decision.corrected(
                                VerdictKind.INCONCLUSIVE,
                                0.5,
                                "no call has more than one of %s, which the end of a cache does without growth"
                                        .formatted(metric))
                        : decision;
        return told.because(told.reason() + "; modelled: " + conditions.modelled());
    }

    private Decision decide(
            Decider strict, Claim claim, String benchmark, List<Measurement> points) {
        if (claim
                instanceof
                Claim.Asymptotic(Expression expression, Claim.Mode _, String _, Claim.Case _)) {
            List<String> measured = List.copyOf(points.getFirst().parameters().sequencedKeySet());
            if (measured.isEmpty()) {
                return undecided(
                        "the benchmark has no parameter, so it cannot show growth: claim a limit, such as 'max <= %s%s'"
                                .formatted(Numbers.plain(ceiling(points)), limitUnit()));
            }
            List<String> unknown =
                    expression.parameters().stream()
                            .filter(name -> !measured.contains(name))
                            .toList();
            if (!unknown.isEmpty()) {
                return undecided(
                        "the benchmark does not vary %s; it varies %s"
                                .formatted(
                                        String.join(", ", unknown), String.join(", ", measured)));
            }
        }
        if (claim instanceof Claim.Absolute absolute && conditions.clock().isPresent()) {
            return new TimedDecider(absolute, metric, conditions.clock().get())
                    .decide(conditions.ticks().getOrDefault(benchmark, points));
        }
        boolean stable =
                points.stream()
                        .flatMap(point -> point.boots().stream())
                        .allMatch(boot -> boot.overheadIsStable());
        if (exact && !stable) {
            return undecided("the overhead twin varies, so counts cannot be made net of it");
        }
        if (exact && !points.stream().flatMap(p -> p.boots().stream()).allMatch(b -> b.isExact())) {
            return Decision.open("a count is beyond 2^53 and cannot be held exactly");
        }
        DataSet data = data(benchmark, points);
        Decision decision = strict.untimed(claim, data);
        return timed() ? byHardware(claim, data, inSeveralBoots(decision, points)) : decision;
    }

    private static double ceiling(List<Measurement> points) {
        return Math.ceil(points.stream().mapToDouble(p -> p.summary().max()).max().orElse(0));
    }

    private String limitUnit() {
        return metric.isEmpty() ? "" : " " + metric;
    }

    /**
     * Whether the metric is a time. Counters may vary too, but neither caches nor interruptions
     * change what they count.
     */
    private boolean timed() {
        return conditions.clock().isPresent() || (!exact && Metric.of(metric).timed());
    }

    private Decision byHardware(Claim claim, DataSet data, Decision decision) {
        return switch (claim) {
            case Claim.Asymptotic growth -> TimedGrowth.checked(growth, data, decision, step());
            case Claim.Absolute absolute -> TimedMaximum.checked(absolute, data, decision);
        };
    }

    /** The clock's step, below which a net cost may vanish. */
    private double step() {
        double step =
                conditions.clock().map(steps -> steps.quantum() * steps.slowest()).orElse(1.0);
        return Math.max(1, step);
    }

    /**
     * Leaves a violation open that rests on one boot, because a disturbance could cause it (ADR 5).
     */
    static Decision inSeveralBoots(Decision decision, List<Measurement> points) {
        boolean once = points.stream().anyMatch(point -> point.boots().size() < TIMED_BOOTS);
        return once && decision.kind() == VerdictKind.VIOLATED
                ? decision.corrected(
                                VerdictKind.INCONCLUSIVE,
                                0.5,
                                "violated in one boot, which may be a disturbance: "
                                        + decision.reason())
                        .asking(new Advice(List.of(), WANTED_BOOTS, 0, "measure more boots"))
                : decision;
    }

    private static Decision undecided(String reason) {
        return new Decision(
                VerdictKind.INCONCLUSIVE,
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                false,
                reason);
    }

    private static SequencedMap<String, BoundVerdict.Range> range(List<Measurement> measurements) {
        SequencedMap<String, BoundVerdict.Range> range = new LinkedHashMap<>();
        for (Measurement measurement : measurements) {
            measurement
                    .parameters()
                    .forEach((name, value) ->
                            range.merge(
                                    name,
                                    new BoundVerdict.Range(value, value),
                                    (a, b) ->
                                            new BoundVerdict.Range(
                                                    Math.min(a.from(), b.from()),
                                                    Math.max(a.to(), b.to()))));
        }
        return range;
    }
}
