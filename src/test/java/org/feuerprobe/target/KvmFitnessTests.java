package org.feuerprobe.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whether a guest's cycles are worth anything, judged by what its empty pair costs. */
class KvmFitnessTests {
    @Test
    void anEmulatedRingZeroGivesItselfAway() {
        long[] empty = LongStream.generate(() -> 30_000).limit(64).toArray();

        assertThat(KvmFitness.judge(true, empty, ""))
                .isEqualTo(
                        new KvmFitness(
                                false,
                                "an empty pair costs 30,000 ticks (smallest 30,000, 90th percentile 30,000, n = 64)"
                                        + " where hardware takes less than 100: ring 0 is emulated, not virtualised,"
                                        + " so a guest's cycles say nothing"));
    }

    @Test
    void hardwareIsFit() {
        assertThat(KvmFitness.judge(true, new long[] {52, 26, 78}, "").fit()).isTrue();
    }

    @Test
    void aGuestThatSaysNothingIsNotFit() {
        assertThat(KvmFitness.judge(false, new long[0], "").text())
                .isEqualTo("the guest did not finish in 20 s");
        assertThat(KvmFitness.judge(true, new long[0], "KVM internal error").text())
                .isEqualTo("the guest ended without a measurement: KVM internal error");
    }

    @Test
    void aMissingEmulatorIsToldAsSuch() throws Exception {
        assertThat(KvmFitness.run(List.of("/nonexistent/emulator")).text())
                .startsWith("the emulator cannot be started");
    }
}
