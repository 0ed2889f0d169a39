package org.feuerprobe.plan;

import java.util.List;

/**
 * What one boot measures.
 *
 * @param seed of every pseudo-random choice that a benchmark makes: same plan and seed, same work
 */
public record Plan(long seed, List<PlanEntry> entries) {
    public Plan {
        entries = List.copyOf(entries);
    }

    /** Asks a target for its benchmarks only. */
    public static Plan catalogue() {
        return new Plan(1, List.of());
    }

    public Plan withSeed(long other) {
        return new Plan(other, entries);
    }

    /** Values that a boot hands back: each sample has an overhead twin. */
    public long values() {
        return entries.stream().mapToLong(entry -> 2L * entry.samples()).sum();
    }
}
