package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.BoundsFile;
import org.feuerprobe.bound.BoundsFileException;

/** Which bounds does the command line speak of? */
final class BoundsChoice {
    private BoundsChoice() {}

    /** Reads a bounds file with claims in these units. */
    static BoundsFile read(Path path, Set<String> units) throws CommandException {
        try {
            return BoundsFile.read(path, units);
        } catch (BoundsFileException e) {
            throw new CommandException(ExitStatus.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /** Those whose identifier or operation matches one of the patterns; all without patterns. */
    static List<Bound> choose(List<Bound> all, List<String> only) throws CommandException {
        if (only.isEmpty()) {
            return all;
        }
        List<Glob> globs = only.stream().map(Glob::new).toList();
        for (Glob glob : globs) {
            if (all.stream().noneMatch(b -> glob.matches(b.id()) || glob.matches(b.operation()))) {
                throw new CommandException(
                        ExitStatus.USAGE,
                        "--only '%s' matches no bound; operations: %s"
                                .formatted(
                                        glob.text(),
                                        all.stream()
                                                .map(Bound::operation)
                                                .distinct()
                                                .collect(Collectors.joining(", "))));
            }
        }
        return all.stream()
                .filter(b ->
                        globs.stream().anyMatch(g -> g.matches(b.id()) || g.matches(b.operation())))
                .toList();
    }
}
