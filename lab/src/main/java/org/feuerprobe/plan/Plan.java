package org.feuerprobe.plan;

import java.util.List;

/**
 * What one boot measures.
 *
 * @param seed of every pseudo-random choice that a benchmark makes: same plan and seed, same work
 * @param reading what is read around each operation
 */
public record Plan(long seed, List<PlanEntry> entries, Reading reading) {
    /** A plan that reads the clock. */
    public Plan(long seed, List<PlanEntry> entries) {
        this(seed, entries, Reading.CLOCK);
    }

    public Plan {
        entries = List.copyOf(entries);
    }

    /** Asks a target for its benchmarks only. */
    public static Plan catalogue() {
        return new Plan(1, List.of());
    }

    public Plan withSeed(long other) {
        return new Plan(other, entries, reading);
    }

    /** The same seed and reading with other entries. */
    public Plan with(List<PlanEntry> others) {
        return new Plan(seed, others, reading);
    }

    public Plan reading(Reading other) {
        return new Plan(seed, entries, other);
    }

    /** The same with no fewer samples, and thrown away first, than these. */
    public Plan atLeast(int samples, int warmup) {
        return with(
                entries.stream()
                        .map(entry ->
                                new PlanEntry(
                                        entry.benchmark(),
                                        entry.parameters(),
                                        Math.max(entry.samples(), samples),
                                        Math.max(entry.warmup(), warmup),
                                        entry.batch()))
                        .toList());
    }

    /** Values that a boot hands back: each sample has an overhead twin. */
    public long values() {
        return entries.stream().mapToLong(entry -> 2L * entry.samples()).sum();
    }
}
