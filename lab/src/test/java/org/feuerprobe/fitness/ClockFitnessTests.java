package org.feuerprobe.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a boot's clock is worth, from its calibration. */
class ClockFitnessTests {
    private static final long[] EMPTY = {26, 26, 52, 26};

    @Test
    void agreesWithAnotherClockThatRunsThreeTimesAsFast() {
        ClockFitness clock =
                ClockFitness.of(
                        EMPTY,
                        Map.of(
                                1, new long[] {26, 52, 78, 130},
                                2, new long[] {1000, 3000, 1010, 3030, 1000, 3001}));

        assertThat(clock.trust()).isEqualTo(Trust.fit(clock.text()));
        assertThat(clock.step()).contains(27L);
        assertThat(clock.text())
                .isEqualTo(
                        "FIT: empty pair 26 ticks, 90th percentile 52; step 27; never runs backwards;"
                                + " 3.0000 ticks of a second clock per tick, within 0.00 % (3 spans)");
    }

    @Test
    void oneSpoiltSpanIsForgivenAndHalfAreNot() {
        long[] one = {1000, 1000, 1000, 5000, 1000, 1000, 1000, 1000};
        long[] half = {1000, 1000, 1000, 1300, 1000, 900, 1000, 1000, 1000, 1100};
        assertThat(ClockFitness.of(EMPTY, Map.of(2, one)).trust().state())
                .isEqualTo(Trust.State.FIT);
        assertThat(ClockFitness.of(EMPTY, Map.of(2, half)).trust().state())
                .isEqualTo(Trust.State.UNFIT);
    }

    @Test
    void aClockThatRunsBackwardsIsUnfit() {
        assertThat(ClockFitness.of(new long[] {26, -4}, Map.of()).trust().state())
                .isEqualTo(Trust.State.UNFIT);
        assertThat(ClockFitness.of(EMPTY, Map.of(1, new long[] {5, -1})).monotonic()).isFalse();
    }

    @Test
    void whatIsNotToldIsUnknown() {
        ClockFitness clock = ClockFitness.of(EMPTY, Map.of());

        assertThat(clock.trust())
                .isEqualTo(
                        Trust.unknown(
                                clock.text(),
                                "use a quieter machine, or a kernel that counts spans by a second clock"));
        assertThat(clock.text())
                .endsWith("step unknown; never runs backwards; no second clock to compare with");
        assertThat(ClockFitness.of(EMPTY, Map.of(2, new long[] {0, 5})).agreement()).isEmpty();
        assertThat(ClockFitness.of(EMPTY, Map.of(2, new long[] {5, 0})).agreement()).isEmpty();
    }
}
