package org.feuerprobe.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.feuerprobe.plan.Benchmark;

/** Which benchmarks does {@code --only} speak of? All where it is not given. */
record BenchmarkChoice(List<Glob> globs) {
    static BenchmarkChoice of(List<String> only) {
        return new BenchmarkChoice(only.stream().map(Glob::new).toList());
    }

    /** Those that match; a pattern that matches none is an error. */
    List<Benchmark> choose(List<Benchmark> all) throws CommandException {
        for (Glob glob : globs) {
            if (all.stream().noneMatch(benchmark -> matches(glob, benchmark))) {
                throw new CommandException(
                        ExitStatus.USAGE,
                        "--only '%s' matches no benchmark; there are: %s"
                                .formatted(
                                        glob.text(),
                                        all.stream()
                                                .map(Benchmark::name)
                                                .collect(Collectors.joining(", "))));
            }
        }
        return matching(all);
    }

    /** Those that match, or none. */
    List<Benchmark> matching(List<Benchmark> all) {
        return all.stream()
                .filter(benchmark ->
                        globs.isEmpty()
                                || globs.stream().anyMatch(glob -> matches(glob, benchmark)))
                .toList();
    }

    private static boolean matches(Glob glob, Benchmark benchmark) {
        return glob.matches(benchmark.name()) || glob.matches(benchmark.operation());
    }
}
