package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ticks as time, by hand: 2.5 GHz are 0.4 ns a tick. */
class TickRateTests {
    private static final TickRate RATE = new TickRate(0.4, 0.001);

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
        Measurement time = RATE.nanoseconds(ticks(1, 52, 78, 1000, 53));

        assertThat(time.metric()).isEqualTo("ns");
        BootSamples boot = time.boots().getFirst();
        assertThat(boot.operation()).containsExactly(21, 31, 400, 21);
        assertThat(boot.twin()).containsExactly(21, 31);
        assertThat(boot.seed()).isEqualTo(7);
        assertThat(boot.net()).containsExactly(0, 10, 379, 0);
    }

    /** The whole batch is rounded, so what one operation loses is a share of a nanosecond. */
    @Test
    void aBatchIsRoundedOnce() {
        assertThat(RATE.nanoseconds(ticks(100, 1052)).boots().getFirst().net())
                .containsExactly(4.0);
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
        assertThatThrownBy(() -> new TickRate(0, 0.1)).hasMessage("nanosPerTick=0.0 error=0.1");
        assertThatThrownBy(() -> new TickRate(Double.NaN, 0)).hasMessageContaining("NaN");
    }
}
