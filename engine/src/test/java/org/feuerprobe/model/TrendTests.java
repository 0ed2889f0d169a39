package org.feuerprobe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrendTests {
    /** Kendall's table: of four values one order in 24 has no inversion, four have at most one. */
    @Test
    void rankChanceIsExact() {
        assertThat(Trend.rankChance(new double[] {1, 2, 3, 4})).isCloseTo(1.0 / 24, within(1e-12));
        assertThat(Trend.rankChance(new double[] {1, 2, 4, 3})).isCloseTo(4.0 / 24, within(1e-12));
        assertThat(Trend.rankChance(new double[] {4, 3, 2, 1})).isCloseTo(1, within(1e-12));
        assertThat(Trend.rankChance(new double[] {1, 1, 1, 1})).isCloseTo(1, within(1e-12));
    }
}
