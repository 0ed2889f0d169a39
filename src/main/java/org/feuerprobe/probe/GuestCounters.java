package org.feuerprobe.probe;

/**
 * Does the machine that a kernel runs on have performance counters? What the kernel found by CPUID
 * leaf 0xA (Intel SDM volume 3, 20.2), from the {@code features} of its KERNEL record.
 */
public sealed interface GuestCounters {
    /**
     * There are some.
     *
     * @param version of the architectural performance monitoring, 1 or more
     * @param general counters for any event
     * @param fixed counters for one event each: instructions, cycles, reference cycles, …
     * @param bits of a fixed counter
     */
    record Shown(int version, int general, int fixed, int bits) implements GuestCounters {}

    /** The kernel looked, and there are none. */
    record None() implements GuestCounters {}

    /** The kernel does not tell. */
    record Untold() implements GuestCounters {}

    /** Reads the field; bit 63 says that the kernel looked. */
    static GuestCounters of(long features) {
        int version = field(features, 0);
        if (features >= 0) {
            return new Untold();
        }
        return version == 0
                ? new None()
                : new Shown(version, field(features, 8), field(features, 24), field(features, 16));
    }

    private static int field(long features, int shift) {
        return (int) (features >> shift & 0xff);
    }

    /** In a sentence, without its end. */
    default String text() {
        return switch (this) {
            case Shown(int version, int general, int fixed, int bits) ->
                    "the guest has counters (CPUID leaf 0xA version %d: %d general, %d fixed of %d bits), and no kernel here reads them yet"
                            .formatted(version, general, fixed, bits);
            case None _ -> "not available: the hypervisor gives no PMU (CPUID leaf 0xA version 0)";
            case Untold _ -> "unknown: the kernel does not tell whether it has counters";
        };
    }
}
