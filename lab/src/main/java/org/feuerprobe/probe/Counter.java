package org.feuerprobe.probe;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A counter of the emulator's plugin, which counts within marked regions. The order is that of a
 * row in {@code docs/probe.md} section 8.
 */
public enum Counter {
    /** Instructions executed; exact, and equal to the emulator's instruction clock. */
    INSTRUCTIONS(false),
    /** Memory reads; exact. */
    LOADS(false),
    /** Memory writes; exact. */
    STORES(false),
    /** Instruction fetches that miss the modelled first-level instruction cache. */
    L1I_MISSES(true),
    /** Data accesses that miss the modelled first-level data cache. */
    L1D_MISSES(true),
    /** Accesses to code and data that miss the modelled second-level cache. */
    L2_MISSES(true),
    /** Page translations that miss the modelled TLB, which CR3 writes and INVLPG empty. */
    TLB_MISSES(true),
    /** Entries into the kernel: system calls, interrupts and faults. */
    CROSSINGS(false),
    /** Writes of CR3. */
    AS_SWITCHES(false),
    /** Entries into the kernel by an interrupt or a fault. */
    INTERRUPTS(false),
    /** Interrupts sent to another processor: commands to the local APIC. */
    IPIS(false),
    /**
     * The most instructions that a processor executes one after the other with interrupts masked:
     * not a sum, but the longest stretch of all processors.
     */
    LONGEST_MASKED(false);

    public static final List<Counter> ALL = List.of(values());

    private final boolean modelled;

    Counter(boolean modelled) {
        this.modelled = modelled;
    }

    /** Whether a cache model produces the counts, rather than plain counting. */
    public boolean modelled() {
        return modelled;
    }

    /**
     * Whether it is the largest of its values, so that neither a batch's mean nor the difference to
     * an overhead twin means anything.
     */
    public boolean largest() {
        return this == LONGEST_MASKED;
    }

    /** Its name as a metric: {@code l1d_misses}. */
    public String metric() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The counter with this metric name. */
    public static Optional<Counter> of(String metric) {
        return Arrays.stream(values())
                .filter(counter -> counter.metric().equals(metric))
                .findFirst();
    }
}
