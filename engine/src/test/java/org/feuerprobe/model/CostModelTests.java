package org.feuerprobe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.Fraction;
import org.feuerprobe.bound.Product;
import org.feuerprobe.sample.Estimate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model's cost, class, unit and text, each regime by hand. */
class CostModelTests {
    private static final Product N = Product.of("n", Fraction.ONE, 0);
    private static final Product SQUARE = Product.of("n", Fraction.of(2), 0);

    private static CostModel model(RegimeKind kind, double size, CostModel.Term... terms) {
        return new CostModel(
                Estimate.exact(10),
                List.of(terms),
                List.of(new Regime("n", 64, 128, kind, Estimate.exact(size))),
                false,
                0);
    }

    /** 10 + 3n before the border at 64; by kind what comes behind it. */
    @ParameterizedTest
    @CsvSource({
        "NONE, 5, 64, 202",
        "NONE, 5, 100, 310",
        "FACTOR, 2, 64, 202",
        "FACTOR, 2, 100, 620",
        "LEVEL, 5, 64, 202",
        "LEVEL, 5, 100, 315",
        "SLOPE, 2, 64, 202",
        "SLOPE, 2, 100, 510",
        "BEND, 2, 64, 202",
        "BEND, 2, 100, 382",
        "ONSET, 2, 64, 202",
        "ONSET, 2, 100, 382",
        "SATURATION, 8, 64, 206",
        "SATURATION, 8, 192, 592",
        "MISSES, 8, 32, 106",
        "MISSES, 8, 64, 202",
        "MISSES, 8, 128, 398"
    })
    void theCostBehindABorder(RegimeKind kind, double size, double n, double cost) {
        CostModel model = model(kind, size, new CostModel.Term(3, N));
        assertThat(model.at(Map.of("n", n))).isCloseTo(cost, within(1e-9));
    }

    /** A coefficient of 3 that rises by 8, half of it at the border: 10 + 64·(3 + 4). */
    @Test
    void aCoefficientLevelsOff() {
        Regime regime = new Regime("n", 64, 64, RegimeKind.SATURATION, Estimate.exact(8), true);
        CostModel model =
                new CostModel(
                        Estimate.exact(10),
                        List.of(new CostModel.Term(3, N)),
                        List.of(regime),
                        false,
                        0);
        assertThat(model.at(Map.of("n", 64.0))).isCloseTo(458, within(1e-9));
        assertThat(model.times(2).at(Map.of("n", 64.0))).isCloseTo(916, within(1e-9));
        assertThat(model.growth()).hasToString("O(n)");
        assertThat(regime).hasToString("coefficient +8·n/(n + 64)");
    }

    /** n choices among 64 places fill 1 - e^(-n/64) of them. */
    @Test
    void aTableFillsUp() {
        CostModel model = model(RegimeKind.FILLING, 8);
        assertThat(model.at(Map.of("n", 64.0))).isCloseTo(10 + 8 * (1 - 1 / Math.E), within(1e-9));
        assertThat(model.at(Map.of("n", 0.0))).isEqualTo(10);
        assertThat(model.at(Map.of("m", 64.0))).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 26", "8, 26", "9, 42", "16, 42"})
    void blocksCountAsWhole(double n, double cost) {
        CostModel model =
                new CostModel(
                        10,
                        List.of(
                                new CostModel.Term(
                                        Estimate.exact(2),
                                        N,
                                        Optional.of(new CostModel.Blocks("n", 8)))),
                        true,
                        0);
        assertThat(model.at(Map.of("n", n))).isEqualTo(cost);
    }

    @Test
    void theClassIsThatOfTheFastestTermUnlessItEndsFlat() {
        assertThat(new CostModel(7, List.of(), true, 0).growth()).hasToString("O(1)");
        assertThat(
                        new CostModel(
                                        7,
                                        List.of(
                                                new CostModel.Term(1, SQUARE),
                                                new CostModel.Term(1, N)),
                                        true,
                                        0)
                                .growth())
                .hasToString("O(n^2)");
        CostModel.Term three = new CostModel.Term(3, N);
        assertThat(model(RegimeKind.BEND, -3, three).growth()).hasToString("O(1)");
        assertThat(model(RegimeKind.SLOPE, -3, three).growth()).hasToString("O(1)");
        assertThat(model(RegimeKind.BEND, -2, three).growth()).hasToString("O(n)");
        assertThat(model(RegimeKind.LEVEL, -3, three).growth()).hasToString("O(n)");
        assertThat(model(RegimeKind.BEND, -3, three, new CostModel.Term(1, SQUARE)).growth())
                .hasToString("O(n^2)");
    }

    /** It slows down where the last coefficient is below a third of the largest. */
    @ParameterizedTest
    @CsvSource({
        "BEND, -2.1, true", "BEND, -2, false", "BEND, -1.9, false", "SLOPE, -2.1, true",
        "SLOPE, 5, false", "ONSET, -2.1, true", "FACTOR, 0.3, true", "FACTOR, 0.34, false",
        "FACTOR, 3, false", "LEVEL, -9, false", "SATURATION, -9, false", "NONE, -9, false"
    })
    void growthSlowsDownBelowAThird(RegimeKind kind, double size, boolean slows) {
        assertThat(model(kind, size, new CostModel.Term(3, N)).slowsDown()).isEqualTo(slows);
        assertThat(model(kind, size).slowsDown()).isFalse();
    }

    @Test
    void anotherUnitScalesAllButFactors() {
        for (RegimeKind kind : RegimeKind.values()) {
            CostModel model =
                    new CostModel(
                            new Estimate(10, 9, 11, 0.95),
                            List.of(new CostModel.Term(new Estimate(3, 2, 4, 0.95), N)),
                            List.of(new Regime("n", 64, 128, kind, Estimate.exact(2))),
                            true,
                            0.5);
            CostModel scaled = model.times(1000);
            for (double n : new double[] {1, 64, 100, 500}) {
                assertThat(scaled.at(Map.of("n", n)))
                        .as("%s at %s", kind, n)
                        .isCloseTo(1000 * model.at(Map.of("n", n)), within(1e-6));
            }
            assertThat(scaled.largestResidual()).isEqualTo(500);
            assertThat(scaled.constant()).isEqualTo(new Estimate(10_000, 9_000, 11_000, 0.95));
            assertThat(scaled.exact()).isTrue();
            assertThat(scaled.regimes().getFirst().above()).isEqualTo(64);
        }
    }

    @Test
    void theTextNamesEveryParameter() {
        CostModel line = new CostModel(31, List.of(new CostModel.Term(2.5, N)), true, 0);
        assertThat(line.describe(List.of("n"))).isEqualTo("31 + 2.500·n");
        assertThat(line.describe(List.of("n", "k"))).isEqualTo("31 + 2.500·n + 0·k");
        assertThat(
                        new CostModel(31, List.of(new CostModel.Term(-2, N)), true, 0)
                                .describe(List.of()))
                .isEqualTo("31 - 2·n");
        assertThat(
                        new CostModel(31, List.of(new CostModel.Term(0, N)), true, 0)
                                .describe(List.of()))
                .isEqualTo("31 + 0·n");
        assertThat(line.withLaw("8·ceil(n/8)").describe(List.of("k")))
                .isEqualTo("8·ceil(n/8) + 0·k");
        assertThat(model(RegimeKind.LEVEL, 5, new CostModel.Term(3, N)).describe(List.of("n")))
                .isEqualTo("10 + 3·n; cost +5 past n = 64");
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, 5, no change past n = 64",
        "FACTOR, 3.01, cost ×3.010 past n = 64",
        "LEVEL, 5, cost +5 past n = 64",
        "LEVEL, -5, cost -5 past n = 64",
        "LEVEL, 0, cost +0 past n = 64",
        "SLOPE, 2, 'coefficient +2, with a jump, past n = 64'",
        "BEND, -2, coefficient -2 past n = 64",
        "ONSET, 2, coefficient +2 past n = 64",
        "SATURATION, 600, cost +600·n/(n + 64)",
        "MISSES, 600, cost +600·(1 - 64/n) past n = 64",
        "FILLING, -600, cost -600·(1 - exp(-n/64))"
    })
    void aRegimeSaysWhatChanges(RegimeKind kind, double size, String text) {
        assertThat(new Regime("n", 64, 128, kind, Estimate.exact(size))).hasToString(text);
    }

    @Test
    void halfOfASaturationIsDoneAtItsBorder() {
        assertThat(RegimeKind.SATURATION.done(64, 64)).isEqualTo(0.5);
        assertThat(RegimeKind.MISSES.done(32, 64)).isZero();
        assertThat(RegimeKind.MISSES.done(128, 64)).isEqualTo(0.5);
        assertThat(RegimeKind.FILLING.done(64, 64)).isCloseTo(1 - 1 / Math.E, within(1e-12));
        List<RegimeKind> levelling = new ArrayList<>();
        for (RegimeKind kind : RegimeKind.values()) {
            if (kind.levelsOff()) {
                levelling.add(kind);
            } else {
                assertThat(kind.done(5, 64)).isEqualTo(1);
            }
        }
        assertThat(levelling)
                .containsExactly(
                        RegimeKind.SATURATION,
                        RegimeKind.MISSES,
                        RegimeKind.FILLING,
                        RegimeKind.SIGMOID,
                        RegimeKind.ROOT);
    }
}
