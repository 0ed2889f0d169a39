package org.feuerprobe.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Chooses the points that show how a benchmark's cost grows: both ends of a parameter's range and
 * every power of two between them.
 *
 * <p>Several parameters form a full grid. Each then gets fewer values, so that the grid stays
 * small. Cost: linear in the number of points.
 */
public final class GridPlanner {
    private GridPlanner() {}

    /** Plans one entry per benchmark and point. */
    public static Plan plan(List<Benchmark> benchmarks, Effort effort, long seed) {
        List<PlanEntry> entries = new ArrayList<>();
        for (Benchmark benchmark : benchmarks) {
            for (SequencedMap<String, Long> point : grid(benchmark, effort.mostPoints())) {
                entries.add(new PlanEntry(benchmark, point, effort.samples(), effort.warmup(), 1));
            }
        }
        return new Plan(seed, entries);
    }

    static List<SequencedMap<String, Long>> grid(Benchmark benchmark, int mostPoints) {
        int most =
                switch (benchmark.parameters().size()) {
                    case 0, 1 -> mostPoints;
                    case 2 -> Math.min(mostPoints, 6);
                    default -> Math.min(mostPoints, 4);
                };
        List<SequencedMap<String, Long>> grid = List.of(new LinkedHashMap<>());
        for (Benchmark.Parameter parameter : benchmark.parameters()) {
            List<SequencedMap<String, Long>> wider = new ArrayList<>();
            for (SequencedMap<String, Long> point : grid) {
                for (long value : thin(doubling(parameter), most)) {
                    SequencedMap<String, Long> extended = new LinkedHashMap<>(point);
                    extended.put(parameter.name(), value);
                    wider.add(extended);
                }
            }
            grid = wider;
        }
        return grid;
    }

    /** {@code min}, the powers of two between {@code min} and {@code max}, and {@code max}. */
    static List<Long> doubling(Benchmark.Parameter parameter) {
        List<Long> values = new ArrayList<>();
        values.add(parameter.min());
        for (long power = 1; power > 0 && power < parameter.max(); power <<= 1) {
            if (power > parameter.min()) {
                values.add(power);
            }
        }
        if (parameter.max() > parameter.min()) {
            values.add(parameter.max());
        }
        return values;
    }

    /** Keeps at most {@code most} values, evenly spread; always the first and the last. */
    static List<Long> thin(List<Long> values, int most) {
        if (values.size() <= most || most < 2) {
            return values;
        }
        List<Long> kept = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            kept.add(values.get(Math.round((float) i * (values.size() - 1) / (most - 1))));
        }
        return kept;
    }
}
