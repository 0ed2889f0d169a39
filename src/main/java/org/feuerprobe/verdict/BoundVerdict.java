package org.feuerprobe.verdict;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.feuerprobe.bound.Bound;

/**
 * The verdict on one bound, with its evidence.
 *
 * @param metric what was measured, or what would have to be
 * @param range smallest and largest value of each parameter that the verdict speaks of; empty where
 *     nothing was measured
 * @param evidence the decision on each benchmark of the operation; the verdict is the worst of them
 */
public record BoundVerdict(
        Bound bound,
        String metric,
        String target,
        VerdictKind kind,
        String reason,
        SequencedMap<String, Range> range,
        List<Evidence> evidence) {
    /** Smallest and largest value measured. */
    public record Range(long from, long to) {}

    /** What one benchmark says. */
    public record Evidence(String benchmark, Decision decision) {}

    public BoundVerdict {
        evidence = List.copyOf(evidence);
    }

    /** The evidence that made the verdict what it is: the first with its kind. */
    public Optional<Evidence> decisive() {
        return evidence.stream().filter(e -> e.decision().kind() == kind).findFirst();
    }
}
