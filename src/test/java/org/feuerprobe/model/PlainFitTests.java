package org.feuerprobe.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainFitTests {
    @Test
    void certifiesAConstant() {
        CostModel model = fit(n -> 22, 0).orElseThrow();

        assertThat(model.exact()).isTrue();
        assertThat(model.describe(List.of("n"))).isEqualTo("22 + 0·n");
    }

    @Test
    void certifiesAWholeSlope() {
        CostModel model = fit(n -> 27 + 7 * n, 0).orElseThrow();

        assertThat(model.exact()).isTrue();
        assertThat(model.describe(List.of("n"))).isEqualTo("27 + 7·n");
    }

    @Test
    void doesNotCertifyWithADeviationAtOnePoint() {
        CostModel model = fit(n -> n == 64 ? 23 : 22, 0).orElseThrow();

        assertThat(model.exact()).isFalse();
        assertThat(model.largestResidual()).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @CsvSource({"1, O(1)", "log, O(log n)", "n, O(n)", "nlog, O(n log n)", "n2, O(n^2)"})
    void findsTheClassBehindNoise(String shape, String expected) {
        for (int seed = 0; seed < 20; seed++) {
            Optional<CostModel> model = fit(cost(shape), 0.02, seed);
            assertThat(model.orElseThrow().growth()).hasToString(expected);
        }
    }

    @Test
    void wantsFivePoints() {
        List<Point> points = List.of(point(8, 1), point(16, 1), point(32, 1), point(64, 1));

        assertThat(PlainFit.fit(new DataSet("x", "instructions", true, points), "n")).isEmpty();
    }

    private static DoubleUnaryOperator cost(String shape) {
        return switch (shape) {
            case "1" -> n -> 600;
            case "log" -> n -> 200 + 40 * Math.log(n);
            case "n" -> n -> 300 + 20 * n;
            case "nlog" -> n -> 300 + 5 * n * Math.log(n);
            default -> n -> 300 + 2 * n * n;
        };
    }

    private static Optional<CostModel> fit(DoubleUnaryOperator cost, double noise) {
        return fit(cost, noise, 1);
    }

    private static Optional<CostModel> fit(DoubleUnaryOperator cost, double noise, long seed) {
        Random random = new Random(seed);
        List<Point> points = new ArrayList<>();
        for (double n = 8; n <= 4096; n *= 2) {
            points.add(point(n, cost.applyAsDouble(n) * (1 + noise * random.nextGaussian())));
        }
        return PlainFit.fit(new DataSet("x", "instructions", true, points), "n");
    }

    private static Point point(double n, double cost) {
        return new Point(Map.of("n", n), List.of(new double[] {cost}));
    }
}
