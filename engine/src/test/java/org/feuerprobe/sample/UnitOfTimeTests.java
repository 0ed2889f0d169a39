package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnitOfTimeTests {
    @ParameterizedTest
    @CsvSource({
        "ps, 2407, 2.407",
        "ns, 2.407, 2.407",
        "us, 2.407, 2407",
        "usec, 0.1, 100",
        "µs, 1.1, 1100",
        "ms, 1.001, 1001000",
        "s, 0.000000003, 3",
        "minutes, 2, 120000000000",
        "hours, 1, 3600000000000",
        "days, 1, 86400000000000",
        "Microseconds, 4, 4000",
        "us/op, 4, 4000",
    })
    void convertsWithoutARoundingErrorOfItsOwn(String word, double amount, double nanos) {
        UnitOfTime unit = UnitOfTime.of(word).orElseThrow();
        assertThat(unit.nanos(amount)).isEqualTo(nanos);
        assertThat(unit.fromNanos(nanos)).isEqualTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"S", "MS", "m", "min", "op", "cycles", "value", "nss", "''"})
    void otherWordsAreNoUnitsOfTime(String word) {
        assertThat(UnitOfTime.of(word)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "time_us, us",
        "Time (ms), ms",
        "elapsed[s], s",
        "Latency-NS, ns",
        "real.time.ms, ms",
        "ns/op, ns",
        "time_ns/op, ns",
        "wall time in seconds, s",
        "Nanoseconds, ns",
    })
    void findsTheUnitInTheNameOfAColumn(String name, String unit) {
        assertThat(UnitOfTime.in(name)).map(UnitOfTime::symbol).hasValue(unit);
    }

    @ParameterizedTest
    @CsvSource({"bytes_per_s", "ops/s", "items per s", "size", "n", "ms_count", "value"})
    void aRateOrACountIsNoTime(String name) {
        assertThat(UnitOfTime.in(name)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(UnitOfTime.class)
    void everySpellingNamesItsUnit(UnitOfTime unit) {
        assertThat(unit.words())
                .allSatisfy(word -> assertThat(UnitOfTime.of(word)).isEqualTo(Optional.of(unit)));
    }

    @Test
    void convertsADataSetAndLeavesOtherMetrics() {
        Point point = new Point(Map.of(), List.of(new double[] {2.5}));
        DataSet time = Unit.decided(new DataSet("a", "us", false, List.of(point)));
        assertThat(time.metric()).isEqualTo("ns");
        assertThat(time.points().getFirst().values()).containsExactly(2500);
        DataSet cycles = new DataSet("a", "cycles", false, List.of(point));
        assertThat(Unit.decided(cycles)).isSameAs(cycles);
    }
}
