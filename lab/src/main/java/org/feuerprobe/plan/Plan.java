package org.feuerprobe.plan;

import java.util.List;
import org.feuerprobe.sample.Numbers;

/**
 * The plan of one boot: what it measures, in which order.
 *
 * @param seed seed for every pseudo-random choice of a benchmark: the same plan and seed give the
 *     same work
 * @param reading what the kernel reads around each operation
 */
public record Plan(long seed, List<PlanEntry> entries, Quantity reading) {
    /** A plan that reads the clock. */
    public Plan(long seed, List<PlanEntry> entries) {
        this(seed, entries, Quantity.CLOCK);
    }

    public Plan {
        entries = List.copyOf(entries);
    }

    /** A plan without entries, to which a target answers with its benchmarks only. */
    public static Plan catalogue() {
        return new Plan(1, List.of());
    }

    public Plan withSeed(long other) {
        return new Plan(other, entries, reading);
    }

    /** The same seed and reading, with other entries. */
    public Plan with(List<PlanEntry> others) {
        return new Plan(seed, others, reading);
    }

    public Plan reading(Quantity other) {
        return new Plan(seed, entries, other);
    }

    /** The same plan with at least this many samples and discarded repetitions per entry. */
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

    /**
     * Names the point after the {@code done} finished ones: {@code 3 of 11 points done, the next is
     * find/last n=32}. Empty if the number is not one of this plan.
     */
    public String whereabouts(long done) {
        int points = entries.size();
        if (done < 0 || done > points || points == 0) {
            return "";
        }
        if (done == points) {
            return "all %d points done".formatted(points);
        }
        PlanEntry next = entries.get((int) done);
        return "%d of %d points done, the next is %s"
                .formatted(
                        done,
                        points,
                        (next.benchmark().name() + " " + Numbers.point(next.parameters())).strip());
    }

    /** Number of values that a boot reports: each sample has an overhead twin. */
    public long values() {
        return entries.stream().mapToLong(entry -> 2L * entry.samples()).sum();
    }
}
