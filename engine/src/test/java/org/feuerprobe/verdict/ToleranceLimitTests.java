package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
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

    /** Boots that differ a little need a margin as well: another boot may be slower. */
    @Test
    void bootsThatDifferALittleHaveAMargin() {
        List<List<double[]>> little =
                IntStream.range(1, 40)
                        .mapToObj(ToleranceLimitTests::fiveBoots)
                        .filter(boots -> DesignEffect.of(boots) > 1)
                        .filter(boots -> DesignEffect.of(boots) <= 1.5)
                        .toList();
        assertThat(little).isNotEmpty();
        for (List<double[]> boots : little) {
            double slowest = boots.getLast()[boots.getLast().length - 1];
            assertThat(ToleranceLimit.ofQuantiles(boots, 0.99, 0.95)).isGreaterThan(slowest);
        }
    }

    /** Each boot is slower than the one before by {@code apart}. */
    private static List<double[]> fiveBoots(int apart) {
        return IntStream.range(0, 5)
                .mapToObj(boot ->
                        DoubleStream.of(0, 40, 80).map(value -> value + boot * apart).toArray())
                .toList();
    }
}
