package org.feuerprobe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.feuerprobe.bound.Fraction;
import org.feuerprobe.bound.Product;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import org.junit.jupiter.api.Test;

class CompositionTests {
    private static Condensed measured(double hidden) {
        List<Point> points = new ArrayList<>();
        for (double n = 8; n <= 512; n *= 2) {
            double cost = 40 + 3 * n + hidden;
            points.add(new Point(Map.of("n", n), List.of(new double[] {cost, cost, cost})));
        }
        return Condenser.condense(new DataSet("x", "instructions", true, points), List.of("n"));
    }

    @Test
    void saysWhatDoesNotAddUp() {
        Product n = Product.of("n", Fraction.ONE, 0);
        List<Composition.Part> parts =
                List.of(
                        new Composition.Part("check", new CostModel(10, List.of(), true, 0), 2),
                        new Composition.Part(
                                "compare",
                                new CostModel(20, List.of(new CostModel.Term(3, n)), true, 0),
                                1));
        assertThat(Composition.of(parts, measured(0)).addsUp()).isTrue();
        Composition off = Composition.of(parts, measured(64));
        assertThat(off.addsUp()).isFalse();
        assertThat(off.points().getFirst().remainder().value()).isCloseTo(64, within(1e-9));
        assertThat(off.largestRemainder()).isCloseTo(0.5, within(1e-9));
    }

    /** {@code n} calls of something that costs 3, in blocks of 64 on top. */
    @Test
    void aPartMayBeCalledAsOftenAsAParameterSays() {
        Product n = Product.of("n", Fraction.ONE, 0);
        CostModel block =
                new CostModel(
                        0,
                        List.of(
                                new CostModel.Term(
                                        org.feuerprobe.sample.Estimate.exact(7 / 64.0),
                                        n,
                                        java.util.Optional.of(new CostModel.Blocks("n", 64)))),
                        true,
                        0);
        assertThat(block.at(Map.of("n", 65.0))).isEqualTo(14);
        List<Composition.Part> parts =
                List.of(
                        new Composition.Part("base", new CostModel(40, List.of(), true, 0), 1),
                        new Composition.Part("each", new CostModel(3, List.of(), true, 0), 1, n));
        Composition composition = Composition.of(parts, measured(0));
        assertThat(composition.addsUp()).isTrue();
        assertThat(composition.largestRemainder()).isZero();
    }
}
