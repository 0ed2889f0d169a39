package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Certified values: NIST StRD, univariate summary statistics. */
class DescriptionTests {
    private static double[] alternating(double first, double second, double third) {
        double[] values = new double[1001];
        values[0] = first;
        for (int i = 1; i < values.length; i++) {
            values[i] = i % 2 == 1 ? second : third;
        }
        return values;
    }

    @Test
    void numAcc1() {
        Description found = Description.of(new double[] {10000001, 10000003, 10000002}, 1);
        assertThat(found.mean().value()).isEqualTo(10000002);
        assertThat(found.deviation()).isEqualTo(1);
    }

    @Test
    void numAcc2() {
        Description found = Description.of(alternating(1.2, 1.1, 1.3), 1);
        assertThat(found.mean().value()).isCloseTo(1.2, within(1e-13));
        assertThat(found.deviation()).isCloseTo(0.1, within(1e-13));
    }

    @Test
    void numAcc3() {
        Description found = Description.of(alternating(1000000.2, 1000000.1, 1000000.3), 1);
        assertThat(found.mean().value()).isCloseTo(1000000.2, within(1e-9));
        assertThat(found.deviation()).isCloseTo(0.1, within(1e-9));
    }

    /** The data themselves are rounded to eight digits of their spread. */
    @Test
    void numAcc4() {
        Description found = Description.of(alternating(10000000.2, 10000000.1, 10000000.3), 1);
        assertThat(found.mean().value()).isCloseTo(10000000.2, within(1e-8));
        assertThat(found.deviation()).isCloseTo(0.1, within(1e-8));
    }

    @Test
    void flagsDriftAndModes() {
        SplittableRandom random = new SplittableRandom(1);
        double[] steady = random.doubles(400).toArray();
        assertThat(Shape.of(steady).drifts()).isFalse();
        assertThat(Shape.of(steady).multimodal()).isFalse();
        double[] drifting = steady.clone();
        Arrays.setAll(drifting, i -> steady[i] + i / 200.0);
        assertThat(Shape.of(drifting).drifts()).isTrue();
        double[] twice = new double[400];
        Arrays.setAll(twice, i -> (i % 2) * 100 + random.nextGaussian());
        assertThat(Shape.of(twice).modes()).isEqualTo(2);
    }
}
