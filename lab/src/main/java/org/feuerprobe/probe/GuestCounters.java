package org.feuerprobe.probe;

import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.plan.Reading;

/**
 * Does the machine that a kernel runs on have performance counters? What the kernel found by CPUID
 * (leaf 0xA of Intel SDM volume 3, 20.2, or AMD's core extensions), from the {@code features} of
 * its KERNEL record.
 */
public sealed interface GuestCounters {
    /** Whose way of counting it is; the order is that of the record. */
    enum Kind {
        INTEL("CPUID leaf 0xA version"),
        AMD("AMD's core extensions version");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /**
     * There are some.
     *
     * @param version 1 or more; from 2 on with a register for all of them
     * @param general counters for any event
     * @param fixed counters for one event each, which no kernel here uses
     * @param bits of one
     * @param events what can be counted
     */
    record Shown(Kind kind, int version, int general, int fixed, int bits, List<Reading> events)
            implements GuestCounters {
        public Shown {
            events = List.copyOf(events);
        }
    }

    /** The kernel looked, and there are none. */
    record None() implements GuestCounters {}

    /** The kernel does not tell. */
    record Untold() implements GuestCounters {}

    /** Reads the field; bit 63 says that the kernel looked. */
    static GuestCounters of(long features) {
        int version = field(features, 0);
        int kind = field(features, 32);
        if (features >= 0 || kind >= Kind.values().length) {
            return new Untold();
        }
        if (version == 0) {
            return new None();
        }
        List<Reading> events = new ArrayList<>();
        for (Reading reading : Reading.COUNTED) {
            int bit = reading.number() - Reading.COUNTED.getFirst().number();
            if ((field(features, 40) >> bit & 1) != 0) {
                events.add(reading);
            }
        }
        return new Shown(
                Kind.values()[kind],
                version,
                field(features, 8),
                field(features, 24),
                field(features, 16),
                events);
    }

    private static int field(long features, int shift) {
        return (int) (features >> shift & 0xff);
    }

    /** In a sentence, without its end. */
    default String text() {
        return switch (this) {
            case Shown shown ->
                    "the guest has counters (%s %d: %d general, %d fixed of %d bits)"
                            .formatted(
                                    shown.kind().words,
                                    shown.version(),
                                    shown.general(),
                                    shown.fixed(),
                                    shown.bits());
            case None _ ->
                    "not available: the hypervisor gives no PMU (CPUID leaf 0xA version 0, no core extensions of AMD's); it takes a bare machine, or a hypervisor that passes its counters on";
            case Untold _ -> "unknown: the kernel does not tell whether it has counters";
        };
    }
}
