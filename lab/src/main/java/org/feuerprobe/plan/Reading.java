package org.feuerprobe.plan;

import java.util.List;

/**
 * A quantity that the kernel reads around each operation. The numbers are those of {@code
 * docs/probe.md}.
 */
public enum Reading {
    /** The clock that its KERNEL record names. */
    CLOCK(1, "ticks"),
    /** Memory in use, in bytes. */
    BYTES(2, "bytes"),
    /** Instructions that the processor retired. */
    INSTRUCTIONS(4, "instructions"),
    /** Cycles of the core. */
    COUNTED_CYCLES(5, "counted_cycles"),
    /** Misses of the last-level cache; on AMD's processors, of L2. */
    CACHE_MISSES(6, "cache_misses"),
    /** Branches that the processor mispredicted. */
    BRANCH_MISSES(7, "branch_misses");

    /** The readings that come from a performance counter of the processor. */
    public static final List<Reading> COUNTED =
            List.of(INSTRUCTIONS, COUNTED_CYCLES, CACHE_MISSES, BRANCH_MISSES);

    private final int number;
    private final String metric;

    Reading(int number, String metric) {
        this.number = number;
        this.metric = metric;
    }

    public int number() {
        return number;
    }

    /**
     * Its name as a metric. The clock's is just {@code ticks}, because only the target knows the
     * unit.
     */
    public String metric() {
        return metric;
    }
}
