package org.feuerprobe.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.BoundsFile;
import org.feuerprobe.bound.BoundsFileException;

/**
 * The bounds that a campaign decides, and where they come from.
 *
 * @param file as a user would type it
 * @param subject what the bounds are of
 * @param only the patterns that chose among the file's bounds; empty where all are decided
 */
public record ChosenBounds(String file, String subject, List<String> only, List<Bound> bounds) {
    public ChosenBounds {
        only = List.copyOf(only);
        bounds = List.copyOf(bounds);
    }

    /** The bounds of a file, with claims in these units, whose identifier or operation matches. */
    public static ChosenBounds read(Path path, Set<String> units, List<String> only)
            throws LabException {
        try {
            BoundsFile file = BoundsFile.read(path, units);
            return new ChosenBounds(
                    Places.shown(path), file.subject(), only, choose(file.bounds(), only));
        } catch (BoundsFileException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    /** All bounds where there is no pattern; a pattern that matches none is an error. */
    private static List<Bound> choose(List<Bound> all, List<String> only) throws LabException {
        List<Glob> globs = only.stream().map(Glob::new).toList();
        for (Glob glob : globs) {
            if (all.stream().noneMatch(bound -> matches(glob, bound))) {
                throw LabException.wrongUse(
                        "--only '%s' matches no bound; operations: %s"
                                .formatted(
                                        glob.text(),
                                        all.stream()
                                                .map(Bound::operation)
                                                .distinct()
                                                .collect(Collectors.joining(", "))));
            }
        }
        return globs.isEmpty()
                ? all
                : all.stream()
                        .filter(bound -> globs.stream().anyMatch(glob -> matches(glob, bound)))
                        .toList();
    }

    private static boolean matches(Glob glob, Bound bound) {
        return glob.matches(bound.id()) || glob.matches(bound.operation());
    }
}
