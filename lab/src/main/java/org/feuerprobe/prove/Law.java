package org.feuerprobe.prove;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A number of instructions as a function of parameters: the largest of a few polynomials. It is an
 * upper bound, and exact as long as there are few of them.
 *
 * @param alternatives of which the largest counts; none covers another
 */
public record Law(List<Polynomial> alternatives) {
    /** With more of them they become one that is larger than each. */
    private static final int MOST = 8;

    static final Law ZERO = of(Polynomial.ZERO);

    /** Drops the polynomials that another one covers. */
    public Law {
        List<Polynomial> kept = new ArrayList<>();
        for (Polynomial next : alternatives) {
            if (kept.stream().noneMatch(other -> other.covers(next))) {
                kept.removeIf(next::covers);
                kept.add(next);
            }
        }
        if (kept.isEmpty()) {
            throw new IllegalArgumentException("a law needs a polynomial");
        }
        alternatives =
                kept.size() > MOST
                        ? List.of(kept.stream().reduce(Polynomial::above).orElseThrow())
                        : List.copyOf(kept);
    }

    static Law of(Polynomial only) {
        return new Law(List.of(only));
    }

    static Law of(long constant) {
        return of(Polynomial.of(constant));
    }

    Law plus(Law other) {
        List<Polynomial> sums = new ArrayList<>();
        for (Polynomial a : alternatives) {
            for (Polynomial b : other.alternatives) {
                sums.add(a.plus(b));
            }
        }
        return new Law(sums);
    }

    Law max(Law other) {
        List<Polynomial> all = new ArrayList<>(alternatives);
        all.addAll(other.alternatives);
        return new Law(all);
    }

    /** Times something that is never negative. */
    Law times(Polynomial factor) {
        return new Law(alternatives.stream().map(own -> own.times(factor)).toList());
    }

    Law times(Ratio factor) {
        return new Law(alternatives.stream().map(own -> own.times(factor)).toList());
    }

    Law with(String parameter, Polynomial value) {
        return new Law(alternatives.stream().map(own -> own.with(parameter, value)).toList());
    }

    /** Names of the parameters, in order. */
    public SequencedSet<String> parameters() {
        TreeSet<String> names = new TreeSet<>();
        alternatives.forEach(own -> own.collect(names));
        return new LinkedHashSet<>(names);
    }

    /** Its value at a point that gives every parameter. */
    public long at(Map<String, Long> point) {
        return Collections.max(alternatives.stream().map(own -> own.at(point)).toList());
    }

    @Override
    public String toString() {
        return alternatives.size() == 1
                ? alternatives.getFirst().toString()
                : alternatives.stream()
                        .map(Polynomial::toString)
                        .collect(Collectors.joining(", ", "max(", ")"));
    }
}
