package org.feuerprobe.verdict;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.feuerprobe.bound.Bound;

/**
 * The verdict on one bound, with its evidence.
 *
 * @param metric what was measured, or what would have to be
 * @param range smallest and largest value of each parameter that the verdict covers; empty where
 *     nothing was measured
 * @param evidence the decision on each benchmark of the operation; the verdict is the worst of them
 * @param composed each benchmark's cost beside what the operation's parts predict
 */
public record BoundVerdict(
        Bound bound,
        String metric,
        String target,
        VerdictKind kind,
        String reason,
        SequencedMap<String, Range> range,
        List<Evidence> evidence,
        List<Composed> composed) {
    /** A bound covers every way to call its operation, so the worst benchmark decides. */
    private static final List<VerdictKind> WORST_FIRST =
            List.of(
                    VerdictKind.VIOLATED,
                    VerdictKind.INCONCLUSIVE,
                    VerdictKind.HOLDS,
                    VerdictKind.LOOSE);

    /** Smallest and largest value measured. */
    public record Range(long from, long to) {}

    /** What one benchmark says. */
    public record Evidence(String benchmark, Decision decision) {}

    public BoundVerdict {
        evidence = List.copyOf(evidence);
        composed = List.copyOf(composed);
    }

    /** A verdict on an operation that is not taken apart. */
    public BoundVerdict(
            Bound bound,
            String metric,
            String target,
            VerdictKind kind,
            String reason,
            SequencedMap<String, Range> range,
            List<Evidence> evidence) {
        this(bound, metric, target, kind, reason, range, evidence, List.of());
    }

    /** The evidence that made the verdict what it is: the first with its kind. */
    public Optional<Evidence> decisive() {
        return evidence.stream().filter(e -> e.decision().kind() == kind).findFirst();
    }

    /**
     * The same of a timed cost where {@code disturbance}, which adds time, was there meanwhile: a
     * bound that the times keep holds all the same, but one that they break is open.
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

    /** The same, not measurable, for another reason. */
    public BoundVerdict because(String other) {
        return new BoundVerdict(
                bound, metric, target, VerdictKind.NOT_MEASURABLE, other, range, List.of());
    }

    /** The same with other evidence: the worst of it makes the verdict. */
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
        return new BoundVerdict(bound, metric, target, worst, told(why), range, other, composed);
    }

    /** The reason, and whether the parts add up. */
    private String told(String why) {
        StringBuilder text = new StringBuilder(why);
        for (Composed one : composed) {
            text.append("; ").append(composed.size() > 1 ? one.benchmark() + ": " : "");
            text.append(one.text());
        }
        return text.toString();
    }
}
