package org.feuerprobe.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.feuerprobe.plan.Quantity;
import org.junit.jupiter.api.Test;

/** What a kernel found by CPUID, and what is said of it. */
class GuestCountersTests {
    private static final long LOOKED = 1L << 63;

    @Test
    void aHypervisorThatShowsCountersIsBelieved() {
        // leaf 0xA of a Granite Rapids: version 5, 8 general counters, 4 fixed ones of 48 bits
        GuestCounters counters =
                GuestCounters.of(LOOKED | 0xfL << 40 | 4L << 24 | 48L << 16 | 8L << 8 | 5);

        assertThat(counters)
                .isEqualTo(
                        new GuestCounters.Shown(
                                GuestCounters.Kind.INTEL, 5, 8, 4, 48, Quantity.COUNTED));
        assertThat(counters.text())
                .isEqualTo(
                        "the guest has counters (CPUID leaf 0xA version 5: 8 general, 4 fixed of 48 bits)");
    }

    @Test
    void amdsCountersAreTold() {
        GuestCounters counters =
                GuestCounters.of(LOOKED | 0xbL << 40 | 1L << 32 | 48L << 16 | 6L << 8 | 2);

        assertThat(counters)
                .isEqualTo(
                        new GuestCounters.Shown(
                                GuestCounters.Kind.AMD,
                                2,
                                6,
                                0,
                                48,
                                List.of(
                                        Quantity.INSTRUCTIONS,
                                        Quantity.COUNTED_CYCLES,
                                        Quantity.BRANCH_MISSES)));
        assertThat(counters.text())
                .isEqualTo(
                        "the guest has counters (AMD's core extensions version 2: 6 general, 0 fixed of 48 bits)");
        assertThat(GuestCounters.of(LOOKED | 7L << 32 | 1))
                .isEqualTo(new GuestCounters.Unreported());
    }

    @Test
    void versionZeroIsNoCounters() {
        assertThat(GuestCounters.of(LOOKED).text())
                .isEqualTo(
                        "not available: the hypervisor provides no PMU (CPUID leaf 0xA has version 0, and AMD's core extensions are absent); use a bare machine, or a hypervisor that passes its counters on");
    }

    @Test
    void aKernelThatDoesNotTellIsNotOneWithout() {
        assertThat(GuestCounters.of(0)).isEqualTo(new GuestCounters.Unreported());
        assertThat(GuestCounters.of(5).text())
                .isEqualTo("unknown: the kernel does not report whether it has counters");
    }
}
