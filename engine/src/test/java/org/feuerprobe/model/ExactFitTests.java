package org.feuerprobe.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import org.junit.jupiter.api.Test;

class ExactFitTests {
    private static final double[] N = {3, 8, 16, 31, 64, 65, 100, 128, 300, 512};

    private static ExactFit.Law law(DoubleUnaryOperator cost, double... at) {
        List<Point> points = new ArrayList<>();
        for (double n : at) {
            points.add(new Point(Map.of("n", n), List.of(new double[] {cost.applyAsDouble(n)})));
        }
        DataSet data = new DataSet("x", "instructions", true, points);
        assertThat(ExactFit.applies(data)).isTrue();
        return ExactFit.of(data, List.of("n"), Expression.parse("O(n)")).orElseThrow();
    }

    @Test
    void findsConstantsLinesAndPolynomials() {
        assertThat(law(n -> 31, N).text()).isEqualTo("31");
        assertThat(law(n -> 31 + 7 * n, N).text()).isEqualTo("31 + 7·n");
        assertThat(law(n -> 5 + n * (n - 1) / 2, N).text()).isEqualTo("5 + 1/2·n^2 - 1/2·n");
    }

    @Test
    void findsBlocksAndLogarithms() {
        assertThat(law(n -> 31 + 3 * Math.ceil(n / 64), N).text()).isEqualTo("31 + 3·ceil(n/64)");
        assertThat(law(n -> 9 + 4 * Math.log(n) / Math.log(2), 2, 4, 8, 16, 32, 64).text())
                .isEqualTo("9 + 4·log n");
    }

    @Test
    void findsLawsThatChange() {
        double[] bytes = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};
        ExactFit.Law law = law(n -> n <= 32 ? 266 + 8 * Math.ceil(n / 8) : 1054 + n / 4, bytes);
        assertThat(law.text()).isEqualTo("266 + 8·ceil(n/8) up to n = 32, then 1054 + 1/4·n");
        assertThat(law.deviations()).isEmpty();
        assertThat(law.model().exact()).isTrue();
        assertThat(law.model().growth()).hasToString("O(n)");
        assertThat(law.model().at(Map.of("n", 512.0))).isEqualTo(1054 + 128);

        ExactFit.Law ends = law(n -> n <= 16 ? 40 + 2 * n : 90, bytes);
        assertThat(ends.text()).isEqualTo("40 + 2·n up to n = 16, then 90");
        assertThat(ends.model().growth()).hasToString("O(1)");
    }

    @Test
    void showsTheSinglePointThatBreaksALawThatChanges() {
        ExactFit.Law law =
                law(
                        n -> n == 0 ? 258 : n <= 32 ? 266 + 8 * Math.ceil(n / 8) : 1054 + n / 4,
                        0,
                        1,
                        2,
                        4,
                        8,
                        16,
                        32,
                        64,
                        128,
                        256,
                        512,
                        1024);
        assertThat(law.text()).isEqualTo("266 + 8·ceil(n/8) up to n = 32, then 1054 + 1/4·n");
        assertThat(law.deviations()).hasSize(1);
        assertThat(law.deviations().getFirst().expected()).isEqualTo(266);
        assertThat(law.deviations().getFirst().found()).isEqualTo(258);
        assertThat(law.model().exact()).isFalse();
    }

    /** A piece with two points more than numbers, or none: and no slow growth in disguise. */
    @Test
    void refusesPiecesThatNothingConfirms() {
        double[] doubling = {2, 4, 8, 16, 32, 64, 128, 256, 512};
        assertThat(anyLaw(n -> n <= 128 ? 100 : 300 + n, doubling)).isEmpty();
        assertThat(anyLaw(n -> 10 * Math.floor(Math.log(n) / Math.log(8) + 1e-9), doubling))
                .isEmpty();
    }

    private static Optional<ExactFit.Law> anyLaw(DoubleUnaryOperator cost, double... at) {
        List<Point> points = new ArrayList<>();
        for (double n : at) {
            points.add(new Point(Map.of("n", n), List.of(new double[] {cost.applyAsDouble(n)})));
        }
        DataSet data = new DataSet("x", "instructions", true, points);
        return ExactFit.of(data, List.of("n"), Expression.parse("O(n)"));
    }

    @Test
    void showsTheSinglePointThatBreaksTheLaw() {
        ExactFit.Law law = law(n -> n == 64 ? 90 : 31 + 7 * n, N);
        assertThat(law.text()).isEqualTo("31 + 7·n");
        assertThat(law.deviations()).hasSize(1);
        assertThat(law.deviations().getFirst().expected()).isEqualTo(31 + 7 * 64);
        assertThat(law.deviations().getFirst().found()).isEqualTo(90);
        assertThat(law.model().exact()).isFalse();
    }
}
