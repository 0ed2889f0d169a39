package org.feuerprobe.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.BoundsFile;
import org.feuerprobe.bound.BoundsFileException;
import org.feuerprobe.bound.MistypedNames;
import org.feuerprobe.bound.NearNames;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.testbed.Anchors;

/**
 * The bounds that a campaign decides, and where they come from.
 *
 * @param file the path as a user would type it
 * @param written all bounds of the file
 * @param only patterns that select bounds of the file; empty if all are decided
 */
public record ChosenBounds(String file, BoundsFile written, List<String> only, List<Bound> bounds) {
    public ChosenBounds {
        only = List.copyOf(only);
        bounds = List.copyOf(bounds);
    }

    /** The bounds of a file, with claims in these units, whose identifier or operation matches. */
    public static ChosenBounds read(Path path, Set<String> units, List<String> only)
            throws LabException {
        try {
            BoundsFile file = BoundsFile.read(path, units);
            return new ChosenBounds(Places.shown(path), file, only, choose(file.bounds(), only));
        } catch (BoundsFileException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The bounds that match; all if there is no pattern. A pattern that matches none is an error.
     */
    private static List<Bound> choose(List<Bound> all, List<String> only) throws LabException {
        List<Glob> globs = only.stream().map(Glob::new).toList();
        for (Glob glob : globs) {
            if (all.stream().noneMatch(bound -> matches(glob, bound))) {
                throw glob.matchesNothing(
                        "bound of the file",
                        all.stream()
                                .flatMap(bound -> Stream.of(bound.id(), bound.operation()))
                                .toList());
            }
        }
        return globs.isEmpty()
                ? all
                : all.stream()
                        .filter(bound -> globs.stream().anyMatch(glob -> matches(glob, bound)))
                        .toList();
    }

    /** The same bounds with a limit on undetected growth, as a share of the cost. */
    public ChosenBounds allowing(double share) {
        return those(bounds.stream().map(bound -> bound.allowing(share)).toList());
    }

    /** Some of these bounds. */
    ChosenBounds those(List<Bound> some) {
        return new ChosenBounds(file, written, only, some);
    }

    /** Subject of the bounds: the kernel that they are about. */
    public String subject() {
        return written.subject();
    }

    /** Refuses ties to published operations that no file in {@code anchors/} has. */
    void requireFigures(Places places) throws LabException {
        if (written.published().isEmpty()) {
            return;
        }
        try {
            List<String> known =
                    Anchors.read(places.anchors()).stream()
                            .map(Anchors.Figure::operation)
                            .distinct()
                            .toList();
            for (List<String> names : written.published().values()) {
                for (String name : names) {
                    if (!known.contains(name)) {
                        throw LabException.wrongUse(
                                "%s: similar: '%s': no file in anchors/ has a figure of this operation%s"
                                        .formatted(file, name, NearNames.hint(name, known)));
                    }
                }
            }
        } catch (IOException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    /** Refuses names that the target does not have, and that were probably mistyped. */
    void check(List<Benchmark> catalogue) throws LabException {
        Map<String, Set<String>> parameters = new TreeMap<>();
        for (Benchmark benchmark : catalogue) {
            Set<String> known =
                    parameters.computeIfAbsent(benchmark.operation(), _ -> new TreeSet<>());
            benchmark.parameters().forEach(parameter -> known.add(parameter.name()));
        }
        List<String> problems = new MistypedNames(parameters).of(file, written, bounds);
        if (!problems.isEmpty()) {
            throw LabException.wrongUse(String.join("\n", problems));
        }
    }

    private static boolean matches(Glob glob, Bound bound) {
        return glob.matches(bound.id()) || glob.matches(bound.operation());
    }
}
