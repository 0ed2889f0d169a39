package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class FalseDiscoveryTests {
    private static final double ROUNDED = 1e-12;

    /** By hand: 0.3·4/4, 0.03·4/3, 0.02·4/2 and 0.001·4/1, each at most the one above it. */
    @Test
    void multipliesEachByTheNumberOfTestsOverItsRank() {
        assertThat(FalseDiscovery.adjusted(new double[] {0.02, 0.3, 0.001, 0.03}))
                .containsExactly(new double[] {0.04, 0.3, 0.004, 0.04}, within(ROUNDED));
    }

    @Test
    void aSingleTestIsAsItWas() {
        assertThat(FalseDiscovery.adjusted(new double[] {0.02})).containsExactly(0.02);
    }
}
