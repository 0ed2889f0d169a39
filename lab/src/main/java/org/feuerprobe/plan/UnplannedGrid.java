package org.feuerprobe.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The points that a kernel measures if it was given no plan ({@code docs/probe.md} section 6). Each
 * benchmark runs at every power of two of its first parameter from {@code min} on, and at {@code
 * max}. The other parameters stay at their {@code min}.
 */
public final class UnplannedGrid {
    private static final int SAMPLES = 32;
    private static final int WARMUP = 2;

    private UnplannedGrid() {}

    /** The plan that the kernel follows by itself, from its list of benchmarks. */
    public static Plan of(List<Benchmark> benchmarks) {
        List<PlanEntry> entries = new ArrayList<>();
        for (Benchmark benchmark : benchmarks) {
            for (long value : values(benchmark)) {
                SequencedMap<String, Long> point = new LinkedHashMap<>();
                for (Benchmark.Parameter parameter : benchmark.parameters()) {
                    point.put(parameter.name(), point.isEmpty() ? value : parameter.min());
                }
                entries.add(new PlanEntry(benchmark, point, SAMPLES, WARMUP, 1));
            }
        }
        return new Plan(1, entries);
    }

    static List<Long> values(Benchmark benchmark) {
        if (benchmark.parameters().isEmpty()) {
            return List.of(0L);
        }
        long min = benchmark.parameters().getFirst().min();
        long max = benchmark.parameters().getFirst().max();
        List<Long> values = new ArrayList<>();
        for (long v = Math.max(1, Long.highestOneBit(2 * min - 1)); v > 0 && v < max; v *= 2) {
            values.add(v);
        }
        values.add(max);
        return values;
    }
}
