package org.feuerprobe.plan;

import java.util.List;

/** What does the kernel read around each operation? Numbers are those of {@code docs/probe.md}. */
public enum Reading {
    /** The clock that its KERNEL record names. */
    CLOCK(1, "ticks"),
    /** Memory in use, in bytes. */
    BYTES(2, "bytes"),
    /** Instructions that the processor retired. */
    INSTRUCTIONS(4, "instructions"),
    /** Cycles of the core. */
    COUNTED_CYCLES(5, "counted_cycles"),
    /** Misses of the last cache; on AMD's processors of L2. */
    CACHE_MISSES(6, "cache_misses"),
    /** Branches that went elsewhere than the processor thought. */
    BRANCH_MISSES(7, "branch_misses");

    /** Those that a performance counter of the processor tells. */
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

    /** Its name among the metrics; of the clock, whose unit the target knows, just ticks. */
    public String metric() {
        return metric;
    }
}
