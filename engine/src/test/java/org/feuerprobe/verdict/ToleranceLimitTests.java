package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToleranceLimitTests {
    /** The tables of Hahn and Meeker (1991), A.12, at 95 %. */
    @ParameterizedTest
    @CsvSource({
        "2, 0.9, 20.581",
        "3, 0.9, 6.155",
        "6, 0.9, 3.006",
        "2, 0.99, 37.094",
        "3, 0.99, 10.553",
        "6, 0.99, 5.062",
        "10, 0.99, 3.981"
    })
    void factorsAreThoseOfTheTables(int n, double share, double factor) {
        assertThat(ToleranceLimit.factor(n, share, 0.95) / factor).isCloseTo(1, within(0.01));
    }

    @Test
    void isTheMeanAndSoManyDeviations() {
        assertThat(ToleranceLimit.of(new double[] {1, 2, 3}, 0.9, 0.95))
                .isCloseTo(2 + 6.155, within(0.02));
    }

    @Test
    void bootsAllAlikeHaveNoMargin() {
        assertThat(ToleranceLimit.of(new double[] {7, 7}, 0.99, 0.95)).isEqualTo(7);
    }
}
