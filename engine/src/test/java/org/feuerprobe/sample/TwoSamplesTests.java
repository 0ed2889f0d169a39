package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TwoSamplesTests {
    /** Hollander and Wolfe 1973, page 69, as in R's help on wilcox.test: W = 35, p = 0.2544. */
    @Test
    void reproducesThePermeabilityExample() {
        double[] term = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
        double[] early = {1.15, 0.88, 0.90, 0.74, 1.21};
        TwoSamples result = TwoSamples.of(term, early);
        assertThat(result.statistic()).isEqualTo(35);
        assertThat(result.p()).isCloseTo(0.2544, within(5e-5));
        assertThat(result.superiority()).isCloseTo(0.3, within(1e-12));
    }
}
