package org.feuerprobe.results;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.verdict.VerdictKind;

/**
 * A verdict as the results hold it.
 *
 * @param claim as written
 * @param meaning the claim read, or empty where this program cannot
 * @param kind who promises it, as in a bounds file
 * @param growth class that explains the data; empty where none does
 * @param estimate of cycles that could not be measured; it decides nothing
 * @param confidence share of 1; empty where none can be stated
 */
public record StoredVerdict(
        String bound,
        String operation,
        String claim,
        Optional<Claim> meaning,
        String kind,
        String metric,
        String target,
        VerdictKind verdict,
        String growth,
        Optional<Double> confidence,
        boolean certificate,
        Optional<StoredModel> model,
        SequencedMap<String, Span> range,
        String reason,
        String document,
        String section,
        List<Evidence> evidence,
        Optional<Estimated> estimate,
        List<String> notes) {
    /** From where to where. */
    public record Span(double from, double to) {}

    /** Estimated cycles of a call that interrupts no other processor. */
    public record Estimated(double low, double high) {}

    /**
     * What one benchmark says.
     *
     * @param needed independent values at a point that would decide an inconclusive claim; 0 where
     *     it is decided or other things would
     */
    public record Evidence(
            String benchmark,
            VerdictKind verdict,
            boolean certificate,
            Optional<StoredModel> model,
            String reason,
            Optional<Statistic> statistic,
            long needed) {}

    /** What decided a claim about a statistic. */
    public record Statistic(
            String name, StoredModel.Amount value, long n, long required, double max, long above) {}

    public StoredVerdict {
        evidence = List.copyOf(evidence);
        notes = List.copyOf(notes);
    }

    /** The same verdict on a target of another name. */
    StoredVerdict onTarget(String other) {
        return new StoredVerdict(
                bound,
                operation,
                claim,
                meaning,
                kind,
                metric,
                other,
                verdict,
                growth,
                confidence,
                certificate,
                model,
                range,
                reason,
                document,
                section,
                evidence,
                estimate,
                notes);
    }

    /** Whether the claim limits a statistic instead of a growth. */
    public boolean absolute() {
        return meaning.map(Claim.Absolute.class::isInstance).orElse(!claim.startsWith("O("));
    }

    /** The limit, where the claim has one in the unit {@code metric}. */
    public Optional<Claim.Absolute> limitIn(String unit) {
        return meaning.filter(Claim.Absolute.class::isInstance)
                .map(Claim.Absolute.class::cast)
                .filter(limit -> limit.unit().isEmpty() || limit.unit().equals(unit));
    }

    /** The evidence that made the verdict what it is. */
    public Optional<Evidence> decisive() {
        return evidence.stream().filter(e -> e.verdict() == verdict).findFirst();
    }
}
