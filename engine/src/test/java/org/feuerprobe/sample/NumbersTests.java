package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How numbers and points are written. */
class NumbersTests {
    @Test
    void wholeNumbersHaveNoFractionAndNoGroups() {
        assertThat(Numbers.plain(1_048_576)).isEqualTo("1048576");
        assertThat(Numbers.plain(-3)).isEqualTo("-3");
        assertThat(Numbers.plain(2.5)).isEqualTo("2.5");
        assertThat(Numbers.plain(1e15)).isEqualTo("1000000000000000");
    }

    @Test
    void pointsKeepTheOrderOfTheirParameters() {
        assertThat(Numbers.point(new TreeMap<>(Map.of("N", 16L, "K", 2L)))).isEqualTo("K=2 N=16");
        assertThat(Numbers.point(Map.of("n", 0.5))).isEqualTo("n=0.5");
        assertThat(Numbers.point(Map.of("n", Long.MAX_VALUE))).isEqualTo("n=9223372036854775807");
        assertThat(Numbers.point(Map.<String, Long>of())).isEmpty();
    }
}
