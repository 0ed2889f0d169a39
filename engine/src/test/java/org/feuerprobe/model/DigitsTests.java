package org.feuerprobe.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A number in a formula. */
class DigitsTests {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-3, -3",
        "15580.3, 15580",
        "-462.83, -462.8",
        "999.94, 999.9",
        "999.96, 1000",
        "0.00012345, 0.0001235",
        "2.99999999, 3",
        "1e-10, 1.000e-10",
        "1e15, 1000000000000000",
        "1e16, 1.000e+16"
    })
    void keepsTheWholePart(double value, String text) {
        assertThat(Digits.of(value)).isEqualTo(text);
    }
}
