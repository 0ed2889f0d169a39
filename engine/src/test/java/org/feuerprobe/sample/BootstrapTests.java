package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class BootstrapTests {
    /** Efron and Tibshirani 1993, table 14.1: spatial test data A. */
    private static final double[] SPATIAL = {
        48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26,
        30, 41
    };

    private static double variance(double[] values) {
        double mean = Description.mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / values.length;
    }

    /** Table 14.2 gives (115.8, 259.6) for the 90 % BCa interval of the variance 171.5. */
    @Test
    void reproducesThePublishedBcaInterval() {
        Estimate estimate = new Bootstrap(20_000, 7).bca(SPATIAL, BootstrapTests::variance, 0.9);
        assertThat(estimate.value()).isCloseTo(171.534, within(1e-3));
        assertThat(estimate.low()).isCloseTo(115.8, within(3.0));
        assertThat(estimate.high()).isCloseTo(259.6, within(4.0));
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        assertThat(new Bootstrap(500, 3).percentile(SPATIAL, Description::mean, 0.95))
                .isEqualTo(new Bootstrap(500, 3).percentile(SPATIAL, Description::mean, 0.95));
    }

    @Test
    void valuesOfOneBootAreNotIndependentEvidence() {
        double[] low = new double[50];
        double[] high = new double[50];
        java.util.Arrays.fill(low, 100);
        java.util.Arrays.fill(high, 110);
        List<double[]> boots = List.of(low, high, low.clone(), high.clone());
        double[] all = boots.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
        Estimate naive = new Bootstrap(2000, 1).percentile(all, Description::mean, 0.95);
        Estimate honest = new Bootstrap(2000, 1).hierarchical(boots, Description::mean, 0.95);
        assertThat(honest.high() - honest.low()).isGreaterThan(4 * (naive.high() - naive.low()));
    }
}
