package org.feuerprobe.harness;

import java.util.Set;
import org.feuerprobe.guest.PerfEvent;
import org.feuerprobe.plan.Quantity;
import org.feuerprobe.probe.Counter;

/** What does one campaign of {@code bench} measure? */
public sealed interface Measurand {
    /** The target's own clock. */
    record Clock() implements Measurand {}

    /** The clock's ticks as time, for a clock whose rate is known. */
    record Nanoseconds() implements Measurand {}

    /** Bytes of the kernel's memory in use, instead of the clock. */
    record Bytes() implements Measurand {}

    /** Counts times their cost on this processor. This is no measurement. */
    record EstimatedCycles() implements Measurand {}

    /** Counts of the emulator's plugin, all in one campaign and together with the clock. */
    record Counted(Set<Counter> counters) implements Measurand {}

    /** An event that Linux counts for a thread, instead of the clock. */
    record Event(PerfEvent event) implements Measurand {}

    /** An event that the guest's processor counts, instead of the clock. */
    record GuestEvent(Quantity event) implements Measurand {}

    /** The quantity that the kernel reads around an operation. */
    default Quantity reading() {
        return switch (this) {
            case Bytes _ -> Quantity.BYTES;
            case GuestEvent(Quantity event) -> event;
            case Clock _, Nanoseconds _, EstimatedCycles _, Counted _, Event _ -> Quantity.CLOCK;
        };
    }

    /** The plugin's counters that it needs. */
    default Set<Counter> plugin() {
        return this instanceof Counted counted ? counted.counters() : Set.of();
    }

    /** Whether it uses the plugin's model of caches. */
    default boolean modelsCaches() {
        return this instanceof EstimatedCycles || plugin().stream().anyMatch(Counter::modelled);
    }
}
