package org.feuerprobe.harness;

import java.util.Set;
import org.feuerprobe.guest.PerfEvent;
import org.feuerprobe.plan.Quantity;
import org.feuerprobe.probe.Counter;

/** What does one campaign of {@code bench} measure? */
public sealed interface Measurand {
    /** The target's own clock. */
    record Clock() implements Measurand {}

    /** The clock's ticks as time, where its rate is known. */
    record Nanoseconds() implements Measurand {}

    /** Bytes of the kernel's memory in use, in the clock's place. */
    record Bytes() implements Measurand {}

    /** Counts times what they cost on this processor: no measurement. */
    record EstimatedCycles() implements Measurand {}

    /** What the emulator's plugin counts, all at once and beside the clock. */
    record Counted(Set<Counter> counters) implements Measurand {}

    /** An event that Linux counts for a thread, in the clock's place. */
    record Event(PerfEvent event) implements Measurand {}

    /** An event that the guest's processor counts, in the clock's place. */
    record GuestEvent(Quantity event) implements Measurand {}

    /** What the kernel is told to read around an operation. */
    default Quantity reading() {
        return switch (this) {
            case Bytes _ -> Quantity.BYTES;
            case GuestEvent(Quantity event) -> event;
            case Clock _, Nanoseconds _, EstimatedCycles _, Counted _, Event _ -> Quantity.CLOCK;
        };
    }

    /** Counters of the plugin that it needs. */
    default Set<Counter> plugin() {
        return this instanceof Counted counted ? counted.counters() : Set.of();
    }

    /** Whether it rests on the plugin's model of caches. */
    default boolean modelsCaches() {
        return this instanceof EstimatedCycles || plugin().stream().anyMatch(Counter::modelled);
    }
}
