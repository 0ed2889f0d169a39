package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ticks as time, by hand: 2.5 GHz are 0.4 ns a tick. */
class TickRateTests {
    private static final TickRate RATE = new TickRate(Metric.NANOSECONDS, 0.4, 0.001);

    private static Measurement ticks(int batch, long... values) {
        return new Measurement(
                "op",
                "op/any",
                "native",
                "cycles",
                new LinkedHashMap<>(),
                List.of(new BootSamples(0, 7, batch, values, new long[] {52, 78})));
    }

    @Test
    void eachRawValueIsRoundedByItself() {
        Measurement time = RATE.of(ticks(1, 52, 78, 1000, 53));

        assertThat(time.metric()).isEqualTo("ns");
        BootSamples boot = time.boots().getFirst();
        assertThat(boot.operation()).containsExactly(21, 31, 400, 21);
        assertThat(boot.twin()).containsExactly(21, 31);
        assertThat(boot.seed()).isEqualTo(7);
        assertThat(boot.net()).containsExactly(-5, 5, 374, -5);
    }

    /** A core that ran 1.5 times as fast as its counter. */
    @Test
    void ticksBecomeCyclesOfTheCore() {
        Measurement cycles = new TickRate(Metric.CYCLES, 1.5, 0).of(ticks(1, 52, 78));

        assertThat(cycles.metric()).isEqualTo("cycles");
        assertThat(cycles.boots().getFirst().operation()).containsExactly(78, 117);
    }

    /** The whole batch is rounded, so what one operation loses is a share of a nanosecond. */
    @Test
    void aBatchIsRoundedOnce() {
        assertThat(RATE.of(ticks(100, 1065)).boots().getFirst().net()).containsExactly(4.0);
    }

    /** A step of 25 ticks is 10 ns; rounding two values adds one, the rate's error a thousandth. */
    @Test
    void resolvesNoBetterThanItsClock() {
        Resolution resolution = RATE.resolution(25);

        assertThat(resolution.quantum()).isCloseTo(11, within(1e-9));
        assertThat(resolution.atMost(89)).isCloseTo(100.1, within(1e-9));
        assertThat(resolution.atLeast(111)).isCloseTo(99.9, within(1e-9));
    }

    @Test
    void refusesARateThatIsNone() {
        assertThatThrownBy(() -> new TickRate(Metric.NANOSECONDS, 0, 0.1))
                .hasMessage("perTick=0.0 error=0.1");
        assertThatThrownBy(() -> new TickRate(Metric.NANOSECONDS, Double.NaN, 0))
                .hasMessageContaining("NaN");
    }
}
