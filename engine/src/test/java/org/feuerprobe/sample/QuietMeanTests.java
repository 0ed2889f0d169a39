package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuietMeanTests {
    /** A median would be 0 or a whole step of the clock. */
    @Test
    void whatIsShorterThanAStepIsItsShareOfSteps() {
        long[] values = new long[100];
        Arrays.fill(values, 0, 3, 26);
        Arrays.fill(values, 95, 100, 100_000);

        assertThat(QuietMean.of(values, 26)).isEqualTo(3 * 26 / 95.0);
    }

    /** Three steps above the upper quartile belong to it, more do not. */
    @Test
    void theFenceStandsThreeStepsAboveTheUpperQuartile() {
        long[] values = new long[100];
        values[0] = 6;
        assertThat(QuietMean.of(values, 2)).isEqualTo(0.06);
        values[0] = 7;
        assertThat(QuietMean.of(values, 2)).isZero();
    }

    @Test
    void theFenceIsAsWideAsTheValuesSpread() {
        long[] values = new long[100];
        Arrays.setAll(values, i -> i % 2 == 0 ? 100 : 200);
        values[1] = 500;
        assertThat(QuietMean.of(values, 1)).isEqualTo(153);
        values[1] = 501;
        assertThat(QuietMean.of(values, 1)).isEqualTo(14_800 / 99.0);
    }

    @Test
    void oneValueIsItsOwnMean() {
        assertThat(QuietMean.of(new long[] {7}, 26)).isEqualTo(7);
    }

    /** Student's interval for 1, 2, 3: 2 ± 4.303 · 1 / √3. */
    @Test
    void bootsAreTheUnits() {
        Estimate mean = QuietMean.over(new double[] {1, 2, 3});

        assertThat(mean.value()).isEqualTo(2);
        assertThat(mean.high() - 2).isCloseTo(2.484, within(0.001));
        assertThat(2 - mean.low()).isCloseTo(2.484, within(0.001));
    }

    @Test
    void oneBootTellsNoInterval() {
        assertThat(QuietMean.over(new double[] {5}))
                .isEqualTo(
                        new Estimate(5, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0.95));
    }

    @Test
    void theIntervalHoldsTheTruthAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(1);
        int held = 0;
        for (int trial = 0; trial < 2000; trial++) {
            double[] boots = random.doubles(5).map(u -> 10 + 4 * u).toArray();
            held += QuietMean.over(boots).contains(12) ? 1 : 0;
        }

        assertThat(held).isBetween(1840, 1960);
    }
}
