package org.feuerprobe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TailModelTests {
    /** Choulakian and Stephens 2001: 72 exceedances of the Wheaton River, in m3/s. */
    private static final double[] WHEATON = {
        1.7, 2.2, 14.4, 1.1, 0.4, 20.6, 5.3, 0.7, 1.9, 13.0, 12.0, 9.3, 1.4, 18.7, 8.5, 25.5, 11.6,
        14.1, 22.1, 1.1, 2.5, 14.4, 1.7, 37.6, 0.6, 2.2, 39.0, 0.3, 15.0, 11.0, 7.3, 22.9, 1.7, 0.1,
        1.1, 0.6, 9.0, 1.7, 7.0, 20.1, 0.4, 2.8, 14.1, 9.9, 10.4, 10.7, 30.0, 3.6, 5.6, 30.8, 13.3,
        4.2, 25.5, 3.4, 11.9, 21.5, 27.6, 36.4, 2.7, 64.0, 1.5, 2.5, 27.4, 1.0, 27.1, 20.2, 16.8,
        5.3, 9.7, 27.5, 2.5, 27.0
    };

    /** They find 0.006 and 12.14; the statistic is checked against an independent program. */
    @Test
    void reproducesTheWheatonRiverFit() {
        double[] sorted = WHEATON.clone();
        Arrays.sort(sorted);
        TailModel.Pareto fit = TailModel.pareto(sorted);
        assertThat(fit.shape()).isCloseTo(0.006, within(0.01));
        assertThat(fit.scale()).isCloseTo(12.14, within(0.1));
        assertThat(TailModel.andersonDarling(sorted, fit)).isCloseTo(1.4560, within(0.02));
    }

    @Test
    void modelsAnExponentialTail() {
        SplittableRandom random = new SplittableRandom(4);
        double[] values = random.doubles(3000).map(u -> -50 * Math.log1p(-u)).toArray();
        TailModel tail = TailModel.of(values, 1).model().orElseThrow();
        double truth = Math.exp(-600 / 50.0);
        assertThat(tail.exceedanceAtMost(600)).isGreaterThan(truth);
        assertThat(tail.exceedanceAtMost(600)).isLessThan(1e-3);
    }

    @Test
    void declinesWhatItCannotModel() {
        assertThat(TailModel.of(new double[] {1, 2, 3}, 1).declined().orElseThrow())
                .isEqualTo("the tail needs at least 300 values, here are 3");
        double[] constant = new double[1000];
        assertThat(TailModel.of(constant, 1).model()).isEmpty();
    }
}
