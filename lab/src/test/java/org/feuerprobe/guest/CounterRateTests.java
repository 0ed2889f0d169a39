package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("boots")
class CounterRateTests {
    @Test
    void isTheMedianOfTheSpans() {
        CounterRate rate =
                CounterRate.of(
                        List.of(
                                new long[] {0, 0},
                                new long[] {2_500_000, 1_000_000},
                                new long[] {5_000_000, 2_000_000},
                                new long[] {7_550_000, 3_000_000}));

        assertThat(rate.ticksPerSecond()).isCloseTo(2.5e9, within(1.0));
        assertThat(rate.nanosPerTick()).isCloseTo(0.4, within(1e-12));
        assertThat(rate.spread()).isCloseTo(0.02, within(1e-9));
    }

    @Test
    void aClockThatStandsStillOrRunsBackwardsShowsInTheSpread() {
        CounterRate still =
                CounterRate.of(
                        List.of(
                                new long[] {0, 0},
                                new long[] {2_500_000, 1_000_000},
                                new long[] {5_000_000, 1_000_000},
                                new long[] {7_500_000, 2_000_000}));
        assertThat(still.spread()).isGreaterThan(1);
        CounterRate back =
                CounterRate.of(
                        List.of(
                                new long[] {9_000_000, 0},
                                new long[] {0, 1_000_000},
                                new long[] {2_500_000, 2_000_000},
                                new long[] {5_000_000, 3_000_000}));
        assertThat(back.spread()).isGreaterThan(0.99);
    }

    /** Whatever machine this is: a counter of some hundred megahertz at least, read twice alike. */
    @Test
    void isReadOfThisMachine() throws Exception {
        NativeTarget target =
                new NativeTarget(NativeTarget.build(Path.of("exokernel"), List.of()), 0);

        assertThat(target.clock().rate().ticksPerSecond()).isBetween(1e8, 1e10);
    }
}
