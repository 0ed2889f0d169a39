package org.feuerprobe.harness;

import java.util.List;
import java.util.stream.Stream;
import org.feuerprobe.plan.Benchmark;

/**
 * The benchmarks that {@code --only} selects; all if the option is absent.
 *
 * @param each whether each pattern must match a benchmark
 */
public record BenchmarkChoice(List<Glob> globs, boolean each) {
    /** Patterns, each of which must match a benchmark. */
    public static BenchmarkChoice of(List<String> only) {
        return new BenchmarkChoice(only.stream().map(Glob::new).toList(), true);
    }

    /** The same patterns without that requirement, for a run with several targets. */
    public BenchmarkChoice ofSeveralTargets() {
        return new BenchmarkChoice(globs, false);
    }

    /** The benchmarks that match. */
    List<Benchmark> choose(List<Benchmark> all) throws LabException {
        for (Glob glob : each ? globs : List.<Glob>of()) {
            if (all.stream().noneMatch(benchmark -> matches(glob, benchmark))) {
                throw glob.matchesNothing(
                        "benchmark of the target",
                        all.stream()
                                .flatMap(one -> Stream.of(one.name(), one.operation()))
                                .toList());
            }
        }
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
