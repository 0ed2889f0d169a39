package org.feuerprobe.probe;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What does the emulator's plugin count in a marked region? The order is that of a row in {@code
 * docs/probe.md} section 8.
 */
public enum Counter {
    /** Executed, exactly: agrees with the emulator's instruction clock. */
    INSTRUCTIONS(false),
    /** Memory reads, exactly. */
    LOADS(false),
    /** Memory writes, exactly. */
    STORES(false),
    /** Fetches that the modelled first-level instruction cache lacks. */
    L1I_MISSES(true),
    /** Accesses that the modelled first-level data cache lacks. */
    L1D_MISSES(true),
    /** Accesses, code and data, that the modelled second level lacks. */
    L2_MISSES(true),
    /** Pages that the modelled TLB lacks; it is emptied by CR3 writes and INVLPG. */
    TLB_MISSES(true),
    /** Entries into the kernel: system calls, interrupts and faults. */
    CROSSINGS(false),
    /** Writes of CR3. */
    AS_SWITCHES(false),
    /** Crossings by an interrupt or a fault. */
    INTERRUPTS(false),
    /** Interrupts sent to another processor: orders to the local APIC. */
    IPIS(false);

    public static final List<Counter> ALL = List.of(values());

    private final boolean modelled;

    Counter(boolean modelled) {
        this.modelled = modelled;
    }

    /** Whether a model of caches stands behind it, rather than plain counting. */
    public boolean modelled() {
        return modelled;
    }

    /** Its name among the metrics: {@code l1d_misses}. */
    public String metric() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The counter of that name. */
    public static Optional<Counter> of(String metric) {
        return Arrays.stream(values())
                .filter(counter -> counter.metric().equals(metric))
                .findFirst();
    }
}
