package org.feuerprobe.results;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.verdict.ProvedCost;
import org.feuerprobe.verdict.VerdictKind;

/**
 * A verdict as a results folder holds it.
 *
 * @param claim the claim as written
 * @param meaning the parsed claim; empty if this program cannot parse it
 * @param kind kind of the bound, as in a bounds file
 * @param growth class that explains the data; empty if none does
 * @param parts for each benchmark, whether the costs of the parts add up to the cost of the
 *     operation
 * @param estimate estimated cycles if they could not be measured; they decide nothing
 * @param proved the proved worst case that settles the claim, if one does
 * @param confidence from 0 to 1; empty if none can be stated
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
        SequencedMap<String, Range> range,
        String reason,
        String document,
        String section,
        List<Evidence> evidence,
        List<String> parts,
        Optional<Estimated> estimate,
        Optional<ProvedCost> proved,
        List<String> notes) {
    /** Smallest and largest value of a parameter. */
    public record Range(double from, double to) {}

    /**
     * Estimated cycles of a call.
     *
     * @param high for a call that interrupts no other processor, if there are such calls
     * @param interrupting the upper end for a call that interrupts one; empty where no call does,
     *     or where {@code high} is it
     */
    public record Estimated(double low, double high, OptionalDouble interrupting) {
        /** {@code 5–40}, or {@code 5–40 (IPI: 9,000)}. */
        public String range() {
            String plain = String.format(Locale.ROOT, "%,.0f–%,.0f", low, high);
            return interrupting.isPresent()
                    ? plain
                            + String.format(
                                    Locale.ROOT, " (IPI: %,.0f)", interrupting.getAsDouble())
                    : plain;
        }
    }

    /**
     * Evidence of one benchmark.
     *
     * @param needed independent values at a point that would decide an inconclusive claim; 0 if it
     *     is decided or needs something else
     */
    public record Evidence(
            String benchmark,
            VerdictKind verdict,
            boolean certificate,
            Optional<StoredModel> model,
            String reason,
            Optional<Statistic> statistic,
            long needed) {}

    /** The statistic that decided a claim. */
    public record Statistic(
            String name, StoredModel.Amount value, long n, long required, double max, long above) {}

    public StoredVerdict {
        evidence = List.copyOf(evidence);
        parts = List.copyOf(parts);
        notes = List.copyOf(notes);
    }

    /** The same verdict for a target with another name. */
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
                parts,
                estimate,
                proved,
                notes);
    }

    /** Whether the claim limits a statistic instead of a growth. */
    public boolean absolute() {
        return meaning.map(Claim.Absolute.class::isInstance).orElse(!claim.startsWith("O("));
    }

    /**
     * The limit of the claim in this unit; empty if it has none. A claim without a unit is in the
     * metric.
     */
    public Optional<Claim.Absolute> limitIn(String unit) {
        return meaning.filter(Claim.Absolute.class::isInstance)
                .map(Claim.Absolute.class::cast)
                .filter(limit -> (limit.unit().isEmpty() ? metric : limit.unit()).equals(unit));
    }

    /** The evidence that decided the verdict. */
    public Optional<Evidence> decisive() {
        return evidence.stream().filter(e -> e.verdict() == verdict).findFirst();
    }
}
