package org.feuerprobe.probe;

import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.plan.Quantity;

/**
 * Performance counters of the machine that a kernel runs on, as the kernel found them by CPUID
 * (leaf 0xA, Intel SDM volume 3, 20.2, or AMD's core extensions). The kernel reports them in the
 * {@code features} of its KERNEL record.
 */
public sealed interface GuestCounters {
    /** The vendor's interface to the counters; the order is that of the record. */
    enum Kind {
        INTEL("CPUID leaf 0xA version"),
        AMD("AMD's core extensions version");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /**
     * The machine has counters.
     *
     * @param version 1 or more; from version 2 on, one register controls all counters
     * @param general number of counters that count any event
     * @param fixed number of counters that count one fixed event each; no kernel here uses them
     * @param bits width of a counter
     * @param events events that can be counted
     */
    record Shown(Kind kind, int version, int general, int fixed, int bits, List<Quantity> events)
            implements GuestCounters {
        public Shown {
            events = List.copyOf(events);
        }
    }

    /** The kernel looked and found none. */
    record None() implements GuestCounters {}

    /** The kernel does not report whether it has counters. */
    record Unreported() implements GuestCounters {}

    /** Decodes the field. Bit 63 says that the kernel looked. */
    static GuestCounters of(long features) {
        int version = field(features, 0);
        int kind = field(features, 32);
        if (features >= 0 || kind >= Kind.values().length) {
            return new Unreported();
        }
        if (version == 0) {
            return new None();
        }
        List<Quantity> events = new ArrayList<>();
        for (Quantity reading : Quantity.COUNTED) {
            int bit = reading.number() - Quantity.COUNTED.getFirst().number();
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

    /** A clause for people, without a full stop. */
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
                    "not available: the hypervisor provides no PMU (CPUID leaf 0xA has version 0, and AMD's core extensions are absent); use a bare machine, or a hypervisor that passes its counters on";
            case Unreported _ -> "unknown: the kernel does not report whether it has counters";
        };
    }
}
