package org.feuerprobe.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StepStatisticTests {
    /**
     * By hand: medians 2 and 12; residuals ±1, 0 give innovations' squares 0 1 1 0 1 = 3, with six
     * pooled runs of variance 1 and 6-1-2 degrees of freedom (6+3)/9 = 1; the difference of two
     * means of three has variance 2/3; 10/√(2/3) = 12.2474.
     */
    @Test
    void agreesWithAHandComputedValue() {
        double[] values = {1, 2, 3, 11, 12, 13};
        StepStatistic statistic =
                new StepStatistic(values, new MedianTable(values), new RunNoise(1, 0.001, 0));
        assertThat(statistic.of(0, 3, 6)).isCloseTo(12.2474, within(1e-4));
    }

    /**
     * By hand, autocorrelation 1/2: rows (√¾, 0), (½, 0), (-½, 1), (0, ½) give normal matrix 5/4,
     * -1/2, 5/4 and determinant 21/16; variance of the difference (5/4+5/4-1)·16/21 = 8/7; no
     * residuals, so the variance of an innovation is (6·¾)/(6+1) = 9/14.
     */
    @Test
    void weighsAutocorrelatedRuns() {
        double[] values = {0, 0, 4, 4};
        StepStatistic statistic =
                new StepStatistic(values, new MedianTable(values), new RunNoise(1, 0.001, 0.5));
        assertThat(statistic.of(0, 2, 4)).isCloseTo(4 / Math.sqrt(8.0 / 7 * 9 / 14), within(1e-9));
    }

    /**
     * By hand: of ten sizes two are pulled in to 8, so the squares' mean is (204+128)/10 = 33.2;
     * the normal's clipped moment at ±1.28155 is 0.67864.
     */
    @Test
    void pullsInTheLargestDeviations() {
        double[] deviations = {1, -2, 3, -4, 5, -6, 7, -8, 900, -10};
        assertThat(RunNoise.winsorised(deviations)).isCloseTo(6.9944, within(1e-3));
    }
}
