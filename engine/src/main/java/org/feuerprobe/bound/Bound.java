package org.feuerprobe.bound;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A claim about an operation, with its source.
 *
 * @param id unique in its file
 * @param operation what is bounded
 * @param kind who promises it
 * @param source where it is written
 * @param note for people; may be empty
 * @param parts what the operation is built of, where that is declared
 */
public record Bound(
        String id,
        String operation,
        Claim claim,
        Kind kind,
        Source source,
        String note,
        List<Part> parts) {
    public Bound {
        parts = List.copyOf(parts);
    }

    /** A bound whose operation is not taken apart. */
    public Bound(String id, String operation, Claim claim, Kind kind, Source source, String note) {
        this(id, operation, claim, kind, source, note, List.of());
    }

    /** The operations that these bounds are about, and the parts that those are built of. */
    public static Set<String> operations(Collection<Bound> bounds) {
        return bounds.stream()
                .flatMap(bound ->
                        Stream.concat(
                                Stream.of(bound.operation),
                                bound.parts.stream().map(Part::operation)))
                .collect(Collectors.toSet());
    }

    /** Who promises it. */
    public enum Kind {
        /** The kernel's documents say that it is so. */
        DOCUMENTED,
        /** The kernel's documents want it to become so. */
        TARGET,
        /** Nobody promised it; the author of the bounds file proposes it. */
        PROPOSED
    }

    /** Document and section, as a reader would look them up. */
    public record Source(String document, String section) {}
}
