package org.feuerprobe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class GoldenSectionTests {
    @Test
    void findsTheSmallestValue() {
        assertThat(GoldenSection.least(x -> (x - 2) * (x - 2), -1, 7, 40))
                .isCloseTo(2, within(1e-7));
        assertThat(GoldenSection.least(x -> x, 3, 5, 40)).isCloseTo(3, within(1e-7));
        assertThat(GoldenSection.least(x -> -x, 3, 5, 40)).isCloseTo(5, within(1e-7));
    }

    @Test
    void narrowsTheIntervalBySixTenthsEachTime() {
        double after = Math.pow((Math.sqrt(5) - 1) / 2, 10) * 8;

        assertThat(GoldenSection.least(x -> x, 0, 8, 10)).isCloseTo(after / 2, within(1e-12));
    }

    @Test
    void ofEqualValuesTheLeftOneCountsAsSmaller() {
        assertThat(GoldenSection.least(x -> Double.POSITIVE_INFINITY, 3, 5, 40))
                .isCloseTo(3, within(1e-7));
    }
}
