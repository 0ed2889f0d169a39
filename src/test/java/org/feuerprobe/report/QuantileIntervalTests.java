package org.feuerprobe.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantileIntervalTests {
    private static QuantileInterval of(int n, double order) {
        return QuantileInterval.of(IntStream.rangeClosed(1, n).asDoubleStream().toArray(), order);
    }

    /** Binomial(100, 1/2): P(X <= 39) = 0.0176, P(X <= 40) = 0.0284; P(X <= 60) = 0.9824. */
    @Test
    void givesTheMedianItsBinomialInterval() {
        assertThat(of(100, 0.5)).isEqualTo(new QuantileInterval(50, 40, 61, true));
    }

    @Test
    void saysWhenTheSampleIsTooSmallForAnUpperEnd() {
        assertThat(of(100, 0.99).known()).isFalse();
        assertThat(of(1000, 0.99).known()).isTrue();
    }
}
