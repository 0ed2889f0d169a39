package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** In a formula, and never fewer digits than the whole part has. */
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
    void aFormulaKeepsTheWholePart(double value, String text) {
        assertThat(Numbers.inFormula(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1234567, '1,234,567'",
        "999.94, 999.9",
        "999.96, '1,000'",
        "2.5, 2.5",
        "0.00012345, 0.0001235",
        "1e15, '1,000,000,000,000,000'",
        "1e16, 1e+16"
    })
    void peopleReadGroupsAndFourDigits(double value, String text) {
        assertThat(Numbers.grouped(value)).isEqualTo(text);
    }

    @Test
    void roundedNumbersHaveNoExponentAndNoZerosAtTheirEnd() {
        assertThat(Numbers.rounded(0.00000123456789, 6)).isEqualTo("0.00000123457");
        assertThat(Numbers.rounded(2.5, 6)).isEqualTo("2.5");
        assertThat(Numbers.rounded(1234567, 3)).isEqualTo("1234567");
        assertThat(Numbers.rounded(0x1p60, 6)).isEqualTo("1152921504606846976");
        assertThat(Numbers.rounded(Double.NaN, 6)).isEqualTo("NaN");
        assertThat(Numbers.decimals(2.50, 2)).isEqualTo("2.5");
        assertThat(Numbers.decimals(100, 1)).isEqualTo("100");
    }

    @Test
    void anUnknownEndOfAnIntervalIsOpen() {
        double open = Double.POSITIVE_INFINITY;

        assertThat(Numbers.interval(1, 2000)).isEqualTo("1 to 2,000");
        assertThat(Numbers.interval(1, open)).isEqualTo("1 or more");
        assertThat(Numbers.interval(-open, 2)).isEqualTo("2 or less");
        assertThat(Numbers.interval(-open, open)).isEqualTo("unknown");
    }
}
