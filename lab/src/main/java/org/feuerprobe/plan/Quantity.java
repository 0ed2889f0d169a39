package org.feuerprobe.plan;

import java.util.List;
import org.feuerprobe.sample.Metric;

/**
 * A quantity that the kernel reads around each operation. The numbers are those of {@code
 * docs/probe.md}.
 */
public enum Quantity {
    /** The clock that its KERNEL record names. */
    CLOCK(1, Metric.TICKS),
    /** Memory in use, in bytes. */
    BYTES(2, Metric.BYTES),
    /** Instructions that the processor retired. */
    INSTRUCTIONS(4, Metric.INSTRUCTIONS),
    /** Cycles of the core. */
    COUNTED_CYCLES(5, Metric.COUNTED_CYCLES),
    /** Misses of the last-level cache; on AMD's processors, of L2. */
    CACHE_MISSES(6, Metric.CACHE_MISSES),
    /** Branches that the processor mispredicted. */
    BRANCH_MISSES(7, Metric.BRANCH_MISSES);

    /** The readings that come from a performance counter of the processor. */
    public static final List<Quantity> COUNTED =
            List.of(INSTRUCTIONS, COUNTED_CYCLES, CACHE_MISSES, BRANCH_MISSES);

    private final int number;
    private final String metric;

    Quantity(int number, Metric metric) {
        this.number = number;
        this.metric = metric.name();
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
