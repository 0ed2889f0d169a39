package org.feuerprobe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import org.junit.jupiter.api.Test;

class CondenserTests {
    @Test
    void setsWildValuesApartAndCountsThem() {
        SplittableRandom random = new SplittableRandom(2);
        List<Point> points = new ArrayList<>();
        for (double n = 8; n <= 4096; n *= 2) {
            double[] values = new double[5];
            for (int i = 0; i < 5; i++) {
                values[i] = 600 * (1 + 0.02 * random.nextGaussian());
            }
            values[0] *= 4;
            if (n == 64) {
                values[1] *= 4;
                values[2] *= 4;
            }
            points.add(new Point(Map.of("n", n), List.of(values)));
        }
        Condensed found =
                Condenser.condense(new DataSet("x", "cycles", false, points), List.of("n"));
        assertThat(found.setApart()).isEqualTo(12);
        assertThat(found.points())
                .allSatisfy(point -> assertThat(point.cost()).isCloseTo(600, within(40.0)));
        assertThat(found.noise().scale()).isCloseTo(0.02, within(0.006));
        assertThat(found.noise().exponent()).isEqualTo(1);
    }

    @Test
    void recognisesAdditiveNoise() {
        SplittableRandom random = new SplittableRandom(5);
        List<Point> points = new ArrayList<>();
        for (double n = 8; n <= 4096; n *= 2) {
            double cost = 300 + 20 * n;
            double[] values = random.doubles(10).map(u -> cost + 60 * (u - 0.5)).toArray();
            points.add(new Point(Map.of("n", n), List.of(values)));
        }
        Condensed found =
                Condenser.condense(new DataSet("x", "cycles", false, points), List.of("n"));
        assertThat(found.noise().exponent()).isLessThan(1);
    }

    @Test
    void countsBootsNotValuesWhereBootsDiffer() {
        SplittableRandom random = new SplittableRandom(9);
        List<Point> points = new ArrayList<>();
        for (double n = 8; n <= 4096; n *= 2) {
            List<double[]> boots = new ArrayList<>();
            for (int b = 0; b < 4; b++) {
                double level = 600 * (1 + 0.05 * random.nextGaussian());
                boots.add(random.doubles(50).map(u -> level * (1 + 0.001 * u)).toArray());
            }
            points.add(new Point(Map.of("n", n), boots));
        }
        Condensed found =
                Condenser.condense(new DataSet("x", "cycles", false, points), List.of("n"));
        assertThat(found.points())
                .allSatisfy(point ->
                        assertThat(point.standardError() / point.cost()).isBetween(0.01, 0.05));
    }
}
