package org.feuerprobe.bound;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A claim about the cost of one operation, with its source.
 *
 * @param id identifier, unique in its file
 * @param operation the operation whose cost is bounded
 * @param kind who makes the claim
 * @param source where the claim is written
 * @param note a remark for people; may be empty
 * @param parts the operations that this one calls, if the file declares them
 * @param mostGrowth largest share of the cost that undetected growth beyond the claim may have if
 *     the claim is to hold; infinite if there is no limit
 */
public record Bound(
        String id,
        String operation,
        Claim claim,
        Kind kind,
        Source source,
        String note,
        List<Part> parts,
        double mostGrowth) {
    public Bound {
        parts = List.copyOf(parts);
    }

    /** Makes a bound without a limit on undetected growth. */
    public Bound(
            String id,
            String operation,
            Claim claim,
            Kind kind,
            Source source,
            String note,
            List<Part> parts) {
        this(id, operation, claim, kind, source, note, parts, Double.POSITIVE_INFINITY);
    }

    /** Makes a bound on an operation without declared parts. */
    public Bound(String id, String operation, Claim claim, Kind kind, Source source, String note) {
        this(id, operation, claim, kind, source, note, List.of());
    }

    /** The same bound with a limit on undetected growth, as a share of the cost. */
    public Bound allowing(double share) {
        return new Bound(id, operation, claim, kind, source, note, parts, share);
    }

    /** Names of the operations that these bounds are about, and of their parts. */
    public static Set<String> operations(Collection<Bound> bounds) {
        return bounds.stream()
                .flatMap(bound ->
                        Stream.concat(
                                Stream.of(bound.operation),
                                bound.parts.stream().map(Part::operation)))
                .collect(Collectors.toSet());
    }

    /** Who makes the claim. */
    public enum Kind {
        /** The kernel's documents claim it. */
        DOCUMENTED,
        /** The kernel's documents name it as a goal. */
        TARGET,
        /** The author of the bounds file proposes it. */
        PROPOSED
    }

    /** Document and section, in the form in which a reader would look them up. */
    public record Source(String document, String section) {}
}
