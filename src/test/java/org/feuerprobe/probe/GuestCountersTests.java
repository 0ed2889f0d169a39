package org.feuerprobe.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a kernel found by CPUID leaf 0xA, and what is said of it. */
class GuestCountersTests {
    private static final long LOOKED = 1L << 63;

    @Test
    void aHypervisorThatShowsCountersIsBelieved() {
        // leaf 0xA of a Granite Rapids: version 5, 8 general counters, 4 fixed ones of 48 bits
        GuestCounters counters = GuestCounters.of(LOOKED | 4L << 24 | 48L << 16 | 8L << 8 | 5);

        assertThat(counters).isEqualTo(new GuestCounters.Shown(5, 8, 4, 48));
        assertThat(counters.text())
                .isEqualTo(
                        "the guest has counters (CPUID leaf 0xA version 5: 8 general, 4 fixed of 48 bits),"
                                + " and no kernel here reads them yet");
    }

    @Test
    void versionZeroIsNoCounters() {
        assertThat(GuestCounters.of(LOOKED).text())
                .isEqualTo("not available: the hypervisor gives no PMU (CPUID leaf 0xA version 0)");
    }

    @Test
    void aKernelThatDoesNotTellIsNotOneWithout() {
        assertThat(GuestCounters.of(0)).isEqualTo(new GuestCounters.Untold());
        assertThat(GuestCounters.of(5).text())
                .isEqualTo("unknown: the kernel does not tell whether it has counters");
    }
}
