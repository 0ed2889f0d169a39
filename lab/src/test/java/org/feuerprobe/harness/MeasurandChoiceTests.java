package org.feuerprobe.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.feuerprobe.guest.PerfEvent;
import org.feuerprobe.plan.Quantity;
import org.feuerprobe.probe.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MeasurandChoiceTests {
    private static List<Measurand> choice(String text, TargetKind target) throws LabException {
        return MeasurandChoice.of(text, target, Acceleration.ICOUNT);
    }

    @Test
    void nothingNamedIsTheClock() throws Exception {
        assertThat(choice("", TargetKind.QEMU)).containsExactly(new Measurand.Clock());
    }

    @Test
    void thePluginCountsAllAtOnce() throws Exception {
        assertThat(choice("stores,loads,clock,stores", TargetKind.QEMU))
                .containsExactly(new Measurand.Counted(Set.of(Counter.LOADS, Counter.STORES)));
    }

    @ParameterizedTest
    @EnumSource(names = {"QEMU", "IMAGE", "LINUX_GUEST"})
    void thePluginCountsWhateverTheEmulatorRuns(TargetKind target) throws Exception {
        assertThat(choice("loads", target))
                .containsExactly(new Measurand.Counted(Set.of(Counter.LOADS)));
    }

    @Test
    void bytesTakeACampaignOfTheirOwn() throws Exception {
        assertThat(choice("bytes,crossings", TargetKind.QEMU))
                .containsExactly(
                        new Measurand.Counted(Set.of(Counter.CROSSINGS)), new Measurand.Bytes());
    }

    @Test
    void anEventOfLinuxTakesACampaignEachInTheOrderNamed() throws Exception {
        assertThat(choice("page_faults,clock,instructions", TargetKind.NATIVE))
                .containsExactly(
                        new Measurand.Event(PerfEvent.PAGE_FAULTS),
                        new Measurand.Clock(),
                        new Measurand.Event(PerfEvent.INSTRUCTIONS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "QEMU | laods | unknown metric 'laods', target qemu has: clock, bytes, estimated_cycles, cache_misses, memory, kernel, all, instructions, loads, stores, l1i_misses, l1d_misses, l2_misses, tlb_misses, crossings, as_switches, interrupts, ipis, longest_masked",
                "QEMU | loads,page_faults | target qemu has no metric 'page_faults' (that is for native, linux), want: clock, bytes, estimated_cycles, cache_misses, memory, kernel, all, instructions, loads, stores, l1i_misses, l1d_misses, l2_misses, tlb_misses, crossings, as_switches, interrupts, ipis, longest_masked",
                "NATIVE | loads | target native has no metric 'loads' (that is for qemu, image, linux-guest), want: clock, ns, bytes, instructions, counted_cycles, cache_misses, branch_misses, page_faults, context_switches",
                "LINUX | bytes | target linux has no metric 'bytes' (that is for qemu, native, image), want: clock, ns, instructions, counted_cycles, cache_misses, branch_misses, page_faults, context_switches",
                "QEMU | ns | target qemu has no metric 'ns' (that is for native, linux): the emulator's time is the translator's, never the kernel's, want: clock, bytes, estimated_cycles, cache_misses, memory, kernel, all, instructions, loads, stores, l1i_misses, l1d_misses, l2_misses, tlb_misses, crossings, as_switches, interrupts, ipis, longest_masked",
                "LINUX_GUEST | ns | target linux-guest has no metric 'ns' (that is for native, linux): the emulator's time is the translator's, never the kernel's, want: clock, estimated_cycles, cache_misses, memory, kernel, all, instructions, loads, stores, l1i_misses, l1d_misses, l2_misses, tlb_misses, crossings, as_switches, interrupts, ipis, longest_masked",
                "IMAGE | ns | target image has no metric 'ns' (that is for native, linux): the emulator's time is the translator's, never the kernel's; a clock behind --serial takes --unit ns, want: clock, bytes, estimated_cycles, cache_misses, memory, kernel, all, instructions, loads, stores, l1i_misses, l1d_misses, l2_misses, tlb_misses, crossings, as_switches, interrupts, ipis, longest_masked",
                "QEMU | loads, | unknown metric '', target qemu has: clock, bytes, estimated_cycles, cache_misses, memory, kernel, all, instructions, loads, stores, l1i_misses, l1d_misses, l2_misses, tlb_misses, crossings, as_switches, interrupts, ipis, longest_masked",
                "QEMU | estimated_cycles,loads | --metric estimated_cycles: an estimate stands alone: name no other metric",
            })
    void namesWhatATargetHas(TargetKind target, String metric, String message) {
        assertThatThrownBy(() -> choice(metric, target)).hasMessage(message);
    }

    @Test
    void aClockWhoseRateIsKnownIsTime() throws Exception {
        assertThat(choice("ns,clock", TargetKind.LINUX))
                .containsExactly(new Measurand.Nanoseconds(), new Measurand.Clock());
        assertThat(choice("ns", TargetKind.NATIVE)).containsExactly(new Measurand.Nanoseconds());
        assertThatThrownBy(() -> MeasurandChoice.of("ns", TargetKind.QEMU, Acceleration.KVM))
                .hasMessageContaining(
                        "(that is for native, linux): of a guest's second clock nobody tells the rate, ");
    }

    @Test
    void thePluginNeedsTheTranslator() {
        assertThatThrownBy(() -> MeasurandChoice.of("loads", TargetKind.QEMU, Acceleration.KVM))
                .hasMessage(
                        "target qemu with --accel kvm has no metric 'loads' (that is for qemu with --accel icount, image, linux-guest), want: clock, bytes, estimated_cycles, instructions, counted_cycles, cache_misses, branch_misses");
    }

    /** Not the plugin's of the same names: those of the guest's processor. */
    @Test
    void underKvmTheGuestsProcessorCounts() throws Exception {
        assertThat(
                        MeasurandChoice.of(
                                "cache_misses,instructions", TargetKind.QEMU, Acceleration.KVM))
                .containsExactly(
                        new Measurand.GuestEvent(Quantity.CACHE_MISSES),
                        new Measurand.GuestEvent(Quantity.INSTRUCTIONS));
        assertThatThrownBy(() -> choice("branch_misses", TargetKind.QEMU))
                .hasMessageContaining(
                        "no metric 'branch_misses' (that is for qemu with --accel kvm, native, linux)");
        assertThatThrownBy(() ->
                        MeasurandChoice.of("branch_misses", TargetKind.QEMU, Acceleration.TCG))
                .hasMessageContaining(
                        "target qemu with --accel tcg has no metric 'branch_misses' (that is for qemu with --accel kvm, ");
    }
}
