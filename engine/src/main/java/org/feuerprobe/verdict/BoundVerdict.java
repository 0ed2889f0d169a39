package org.feuerprobe.verdict;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.feuerprobe.bound.Bound;

/**
 * The verdict on one bound, with its evidence.
 *
 * @param metric the metric that was measured, or that is needed
 * @param range smallest and largest value of each parameter that the verdict covers; empty if
 *     nothing was measured
 * @param evidence the decision on each benchmark of the operation; the worst one is the verdict
 * @param composed comparison of each benchmark's cost with the prediction from the operation's
 *     parts
 * @param proved the proved worst case that settles the claim, if one does
 */
public record BoundVerdict(
        Bound bound,
        String metric,
        String target,
        VerdictKind kind,
        String reason,
        SequencedMap<String, Range> range,
        List<Evidence> evidence,
        List<Composed> composed,
        Optional<ProvedCost> proved) {
    /**
     * Verdicts from worst to best. A bound covers every way to call its operation, so the worst
     * benchmark decides.
     */
    private static final List<VerdictKind> WORST_FIRST =
            List.of(
                    VerdictKind.VIOLATED,
                    VerdictKind.INCONCLUSIVE,
                    VerdictKind.HOLDS,
                    VerdictKind.LOOSE);

    /** Smallest and largest measured value of a parameter. */
    public record Range(long from, long to) {}

    /** The decision on one benchmark. */
    public record Evidence(String benchmark, Decision decision) {}

    public BoundVerdict {
        evidence = List.copyOf(evidence);
        composed = List.copyOf(composed);
    }

    /** The verdict on a claim that a proof settles. What was open HOLDS. */
    public BoundVerdict proved(ProvedCost cost) {
        return new BoundVerdict(
                bound,
                metric,
                target,
                kind == VerdictKind.INCONCLUSIVE ? VerdictKind.HOLDS : kind,
                cost.words() + ", " + cost.ratio() + "; " + reason,
                range,
                evidence,
                composed,
                Optional.of(cost));
    }

    /** Makes a verdict that rests on measurements alone, on an operation without declared parts. */
    public BoundVerdict(
            Bound bound,
            String metric,
            String target,
            VerdictKind kind,
            String reason,
            SequencedMap<String, Range> range,
            List<Evidence> evidence) {
        this(bound, metric, target, kind, reason, range, evidence, List.of(), Optional.empty());
    }

    /** The evidence that determined the verdict: the first decision of the same kind. */
    public Optional<Evidence> decisive() {
        return evidence.stream().filter(e -> e.decision().kind() == kind).findFirst();
    }

    /**
     * Confidence as a share of 1: 1 for what is proved or has a certificate, and empty if none can
     * be stated.
     */
    public Optional<Double> confidence() {
        return proved.isPresent() && kind == VerdictKind.HOLDS
                ? Optional.of(1.0)
                : decisive()
                        .map(Evidence::decision)
                        .flatMap(decision ->
                                decision.certificate() ? Optional.of(1.0) : decision.confidence());
    }

    /**
     * The verdict on a timed cost that was measured during a {@code disturbance}, which adds time.
     * A bound that holds nevertheless still holds, but a violated one becomes INCONCLUSIVE.
     */
    public BoundVerdict disturbed(String disturbance) {
        if (kind != VerdictKind.VIOLATED) {
            return this;
        }
        return with(
                evidence.stream()
                        .map(item ->
                                item.decision().kind() == VerdictKind.VIOLATED
                                        ? new Evidence(
                                                item.benchmark(),
                                                opened(item.decision(), disturbance))
                                        : item)
                        .toList());
    }

    private static Decision opened(Decision decision, String disturbance) {
        return decision.corrected(
                        VerdictKind.INCONCLUSIVE,
                        0.5,
                        "violated as measured, but the machine was busy (%s), which adds time: %s"
                                .formatted(disturbance, decision.reason()))
                .asking(new Advice(List.of(), 0, 0, "measure on a quiet machine"));
    }

    /** The same verdict with another reason for not being measurable. */
    public BoundVerdict because(String other) {
        return new BoundVerdict(
                bound, metric, target, VerdictKind.NOT_MEASURABLE, other, range, List.of());
    }

    /** The verdict with other evidence, the worst of which decides. */
    BoundVerdict with(List<Evidence> other) {
        VerdictKind worst =
                WORST_FIRST.stream()
                        .filter(k -> other.stream().anyMatch(e -> e.decision().kind() == k))
                        .findFirst()
                        .orElse(kind);
        String why =
                other.stream()
                        .filter(e -> e.decision().kind() == worst)
                        .findFirst()
                        .map(e -> e.benchmark() + ": " + e.decision().reason())
                        .orElse(reason);
        return new BoundVerdict(
                bound, metric, target, worst, told(why), range, other, composed, Optional.empty());
    }

    /** The reason, followed by whether the parts add up. */
    private String told(String why) {
        StringBuilder text = new StringBuilder(why);
        for (Composed one : composed) {
            text.append("; ").append(composed.size() > 1 ? one.benchmark() + ": " : "");
            text.append(one.text());
        }
        return text.toString();
    }
}
