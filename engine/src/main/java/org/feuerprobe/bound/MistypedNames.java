package org.feuerprobe.bound;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finder of probably mistyped names in bounds. Names that a target lacks on purpose are not
 * reported.
 *
 * <p>An operation is mistyped in two cases: it differs by one letter from a name of the catalogue,
 * or it is near such a name and no other bound uses it. Any other unknown operation gets the
 * verdict NOT_EXERCISED. A parameter is wrong if the operation's benchmarks have parameters and it
 * is none of them. Rule for users: {@code docs/bounds.md}.
 */
public final class MistypedNames {
    /** Parameters of each operation that the target offers. */
    private final Map<String, Set<String>> catalogue;

    public MistypedNames(Map<String, Set<String>> catalogue) {
        this.catalogue = Map.copyOf(catalogue);
    }

    /**
     * One message per name, with its place.
     *
     * @param name name of the file, as a user would type it
     * @param chosen the bounds of the file that will be decided
     */
    public List<String> of(String name, BoundsFile file, Collection<Bound> chosen) {
        Set<String> used = file.bounds().stream().map(Bound::operation).collect(Collectors.toSet());
        List<String> problems = new ArrayList<>();
        for (Bound bound : chosen) {
            BoundsFile.Written written = file.written(bound);
            operation(bound.operation(), used)
                    .ifPresent(text -> problems.add(written.operation().in(name) + text));
            for (int i = 0; i < bound.parts().size(); i++) {
                BoundsFile.Place place = written.parts().get(i);
                operation(bound.parts().get(i).operation(), used)
                        .ifPresent(text -> problems.add(place.in(name) + text));
            }
            parameter(bound).ifPresent(text -> problems.add(written.claim().in(name) + text));
        }
        return problems;
    }

    private Optional<String> operation(String typed, Set<String> used) {
        return meant(typed, used)
                .map(known -> "unknown operation '%s'; did you mean %s?".formatted(typed, known));
    }

    private Optional<String> meant(String name, Set<String> used) {
        if (catalogue.containsKey(name)) {
            return Optional.empty();
        }
        return NearNames.nearest(
                name,
                catalogue.keySet().stream()
                        .filter(known ->
                                !used.contains(known) || NearNames.isOneLetterOff(name, known))
                        .toList());
    }

    private Optional<String> parameter(Bound bound) {
        Set<String> known = new TreeSet<>(catalogue.getOrDefault(bound.operation(), Set.of()));
        if (known.isEmpty() || !(bound.claim() instanceof Claim.Asymptotic growth)) {
            return Optional.empty();
        }
        List<String> unknown =
                growth.expression().parameters().stream()
                        .filter(name -> !known.contains(name))
                        .toList();
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        String first = unknown.getFirst();
        String meant =
                known.size() == 1
                        ? "; did you mean " + known.iterator().next() + "?"
                        : NearNames.hint(first, known);
        return Optional.of(
                "%s has no parameter '%s', its benchmarks vary %s%s"
                        .formatted(bound.operation(), first, String.join(", ", known), meant));
    }
}
