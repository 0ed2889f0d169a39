package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.LongStream;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.GuestCounters;
import org.feuerprobe.probe.ProbeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether a guest's cycles are worth anything, judged by what its empty pair costs. */
@Tag("boots")
class KvmFitnessTests {
    @Test
    void anEmulatedRingZeroGivesItselfAway() {
        long[] empty = LongStream.generate(() -> 30_000).limit(64).toArray();

        assertThat(KvmFitness.judge(true, empty, Map.of(), ""))
                .isEqualTo(
                        new KvmFitness(
                                Trust.unfit(
                                        "an empty pair costs 30,000 ticks (smallest 30,000, 90th percentile 30,000, n = 64)"
                                                + " where hardware takes less than 100: ring 0 is emulated, not virtualised,"
                                                + " so a guest's cycles mean nothing",
                                        "use a bare machine, or a hypervisor"
                                                + " that virtualises ring 0 of nested guests"),
                                new GuestCounters.Unreported()));
    }

    @Test
    void hardwareIsFit() {
        Map<Integer, long[]> agreeing = Map.of(2, new long[] {1000, 400, 1000, 400, 1000, 401});

        assertThat(KvmFitness.judge(true, new long[] {52, 26, 78}, agreeing, "").trust().believed())
                .isTrue();
    }

    /** What no second clock confirms is unknown, which is not fit. */
    @Test
    void aClockThatNothingConfirmsIsNotFit() {
        KvmFitness found = KvmFitness.judge(true, new long[] {52, 26, 78}, Map.of(), "");

        assertThat(found.trust().state()).isEqualTo(Trust.State.UNKNOWN);
        assertThat(found.trust().text())
                .contains("the guest's clock is UNKNOWN")
                .endsWith(
                        "the kernel must count spans by a second clock: docs/probe.md, section 3");
    }

    @Test
    void anUnsteadyPairOrAClockOutOfStepIsNotFit() {
        long[] steady = LongStream.generate(() -> 40).limit(64).toArray();
        long[] unsteady = steady.clone();
        java.util.Arrays.fill(unsteady, 0, 20, 4000);

        assertThat(KvmFitness.judge(true, unsteady, Map.of(), "").trust().text())
                .contains("too unsteady");
        assertThat(
                        KvmFitness.judge(
                                        true,
                                        steady,
                                        Map.of(2, new long[] {1000, 1000, 1000, 1300, 1000, 800}),
                                        "")
                                .trust()
                                .text())
                .contains("the guest's clock is UNFIT");
        assertThat(
                        KvmFitness.judge(
                                        true,
                                        steady,
                                        Map.of(2, new long[] {1000, 400, 1000, 400, 1000, 401}),
                                        "")
                                .trust()
                                .believed())
                .isTrue();
    }

    @Test
    void aGuestThatSaysNothingIsNotFit() {
        assertThat(KvmFitness.judge(false, new long[0], Map.of(), "").trust().text())
                .isEqualTo("the guest did not finish in 20 s");
        assertThat(
                        KvmFitness.judge(true, new long[0], Map.of(), "KVM internal error")
                                .trust()
                                .text())
                .isEqualTo("the guest ended without a measurement: KVM internal error");
    }

    /** The translator has no counters, and the kernel says so of itself. */
    @Test
    void aGuestTellsWhetherItHasCounters() throws Exception {
        ProbeRun run =
                KernelFixture.completed(
                                KernelFixture.target(KernelFixture.image(), "")
                                        .boot(Plan.catalogue(), 0, Target.Progress.none()))
                        .run();

        assertThat(run.kernel().counters()).isEqualTo(new GuestCounters.None());
    }

    @Test
    void aMissingEmulatorIsToldAsSuch() throws Exception {
        EmulatorCommand command =
                EmulatorCommand.microvm("/nonexistent/emulator", Accelerator.KVM, 64);

        assertThat(KvmFitness.run(command).trust().text())
                .isEqualTo(
                        "no emulator '/nonexistent/emulator': run make setup, or install qemu-system-x86");
    }
}
