package org.feuerprobe.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

final class FractionTests {
    @Test
    void keepsLowestTerms() {
        assertThat(new Fraction(6, 4)).isEqualTo(new Fraction(3, 2));
        assertThat(new Fraction(0, 7)).isEqualTo(Fraction.ZERO);
        assertThat(new Fraction(-6, 4)).isEqualTo(new Fraction(-3, 2));
    }

    @Test
    void addsExactly() {
        assertThat(new Fraction(1, 3).plus(new Fraction(1, 6))).isEqualTo(new Fraction(1, 2));
        assertThat(Fraction.of(2).plus(new Fraction(-2, 1)).isZero()).isTrue();
    }

    @Test
    void refusesADenominatorThatIsNotPositive() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Fraction(1, 0))
                .withMessage("denominator=0, want > 0");
    }

    @Test
    void ordersByValueWithoutOverflow() {
        assertThat(new Fraction(1, 3)).isLessThan(new Fraction(1, 2));
        assertThat(new Fraction(Integer.MAX_VALUE, 2))
                .isGreaterThan(new Fraction(Integer.MAX_VALUE, 3));
    }

    @Test
    void showsDecimalsOnlyWhereTheyAreExact() {
        assertThat(Fraction.of(2)).hasToString("2");
        assertThat(new Fraction(3, 2)).hasToString("1.5");
        assertThat(new Fraction(1, 8)).hasToString("0.125");
        assertThat(new Fraction(1, 3)).hasToString("1/3");
        assertThat(new Fraction(1, 16)).hasToString("1/16");
    }
}
