package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import org.junit.jupiter.api.Test;

class GrowthDeciderTests {
    private static final int SEEDS = 20;

    private final Decider decider = new Decider();

    /** Decisions on data sets with five values per point at powers of two, one for each seed. */
    private List<Decision> decide(
            String claim, Claim.Mode mode, DoubleUnaryOperator cost, double noise, int... logs) {
        List<Decision> decisions = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Point> points = new ArrayList<>();
            for (int log = logs[0]; log <= logs[1]; log++) {
                double[] values = new double[5];
                for (int i = 0; i < values.length; i++) {
                    values[i] = cost.applyAsDouble(1 << log) * (1 + noise * random.nextGaussian());
                }
                points.add(new Point(Map.of("n", (double) (1 << log)), List.of(values)));
            }
            decisions.add(
                    decider.decide(
                            Claim.parse(claim, mode), new DataSet("x", "value", false, points)));
        }
        return decisions;
    }

    @Test
    void aLevelThatTheRangeDoesNotReachIsNoGrowth() {
        for (DoubleUnaryOperator law :
                List.<DoubleUnaryOperator>of(
                        n -> 600 * n / (n + 200),
                        n -> 100 + 600 * n / (n + 200),
                        n -> 600 * (1 - Math.exp(-n / 100)),
                        n -> 600 * n * n / (n * n + 40_000),
                        n -> 600 * (1 - 1 / Math.sqrt(n)))) {
            for (double noise : new double[] {0.01, 0.05}) {
                assertThat(decide("O(1)", Claim.Mode.UPPER, law, noise, 2, 8))
                        .extracting(Decision::kind)
                        .doesNotContain(VerdictKind.VIOLATED);
            }
        }
        assertThat(decide("O(1)", Claim.Mode.UPPER, n -> 600 * n / (n + 200), 0.01, 2, 8))
                .allSatisfy(decision ->
                        assertThat(decision.reason())
                                .startsWith("a cost that levels off beyond the range (cost +"));
    }

    /** A rise of a quarter under 5 % noise: selftest counts at most 2 VIOLATED in 100. */
    @Test
    void aSmallRiseThatMayLevelOffIsNoGrowth() {
        Map<DoubleUnaryOperator, String> laws =
                Map.of(
                        n -> 600 + 300 * n / (n + 200), "O(1)",
                        n -> 600 + 600 * n / (n + 20), "O(1)",
                        n -> 600 + 200 * (1 - Math.exp(-n / 100)), "O(1)",
                        n -> n * (20 + 10 * n / (n + 200)), "O(n)",
                        n -> n * n * (20 + 10 * n / (n + 200)), "O(n^2)");
        laws.forEach((law, claim) ->
                assertThat(decide(claim, Claim.Mode.UPPER, law, 0.05, 2, 8))
                        .as(claim)
                        .extracting(Decision::kind)
                        .filteredOn(kind -> kind == VerdictKind.VIOLATED)
                        .hasSizeLessThanOrEqualTo(1));
    }

    /** The same range and noise leave no doubt about growth that goes on. */
    @Test
    void growthThatGoesOnIsRefutedOverAShortRangeToo() {
        Map<DoubleUnaryOperator, String> laws =
                Map.of(
                        n -> 300 + 20 * n, "O(1)",
                        n -> 301 + 20 * n, "O(log n)",
                        n -> 100 + n * n, "O(n)",
                        n -> 20 * n * Math.sqrt(n), "O(n)");
        laws.forEach((law, claim) ->
                assertThat(decide(claim, Claim.Mode.UPPER, law, 0.05, 2, 8))
                        .as(claim)
                        .extracting(Decision::kind)
                        .containsOnly(VerdictKind.VIOLATED));
    }

    /** n·(20 + 10n/(n + 200)) is O(n): open while the coefficient still rises, then kept. */
    @Test
    void aCoefficientThatLevelsOffIsNoFasterGrowth() {
        DoubleUnaryOperator coefficient = n -> 20 + 10 * n / (n + 200);
        Map<String, DoubleUnaryOperator> growths =
                Map.of("O(n)", n -> n, "O(n^2)", n -> n * n, "O(log n)", Math::log);
        growths.forEach((claim, growth) -> {
            DoubleUnaryOperator law = n -> growth.applyAsDouble(n) * coefficient.applyAsDouble(n);
            // selftest counts one VIOLATED in forty
            assertThat(decide(claim, Claim.Mode.UPPER, law, 0.01, 2, 8))
                    .as(claim)
                    .extracting(Decision::kind)
                    .filteredOn(kind -> kind != VerdictKind.INCONCLUSIVE)
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(decide(claim, Claim.Mode.UPPER, law, 0.01, 3, 12))
                    .as(claim)
                    .extracting(Decision::kind)
                    .containsOnly(VerdictKind.HOLDS);
        });
        DoubleUnaryOperator law = n -> n * coefficient.applyAsDouble(n);
        assertThat(decide("O(n)", Claim.Mode.UPPER, law, 0.01, 2, 8))
                .filteredOn(decision -> decision.kind() == VerdictKind.INCONCLUSIVE)
                .isNotEmpty()
                .allSatisfy(decision ->
                        assertThat(decision.reason())
                                .startsWith(
                                        "a coefficient that levels off beyond the range (coefficient +"));
        assertThat(decide("O(n)", Claim.Mode.UPPER, n -> n * Math.log(n), 0.01, 3, 12))
                .extracting(Decision::kind)
                .containsOnly(VerdictKind.VIOLATED);
    }

    @Test
    void aSlowLogarithmIsNotCalledConstant() {
        DoubleUnaryOperator law = n -> 600 + 5 * Math.log(n) / Math.log(2);
        for (double noise : new double[] {0.01, 0.05}) {
            assertThat(decide("O(log n)", Claim.Mode.UPPER, law, noise, 2, 8))
                    .extracting(Decision::kind)
                    .doesNotContain(VerdictKind.LOOSE, VerdictKind.VIOLATED);
        }
        assertThat(decide("O(log n)", Claim.Mode.UPPER, n -> 600, 0.01, 2, 8))
                .extracting(Decision::kind)
                .contains(VerdictKind.LOOSE);
    }

    @Test
    void straightGrowthIsStillGrowthOverAShortRange() {
        for (DoubleUnaryOperator law :
                List.<DoubleUnaryOperator>of(
                        n -> 300 + 20 * n, n -> 40 * Math.log(n), n -> 5 * Math.pow(n, 0.75))) {
            assertThat(decide("O(1)", Claim.Mode.UPPER, law, 0.01, 2, 8))
                    .extracting(Decision::kind)
                    .containsOnly(VerdictKind.VIOLATED);
        }
    }

    @Test
    void looseTakesTheEvidenceThatHoldsOfTheSlowerClassTakes() {
        DoubleUnaryOperator law = n -> 80 + 2 * n + 30 * Math.sqrt(n);
        assertThat(decide("O(n)", Claim.Mode.UPPER, law, 0.05, 3, 8))
                .extracting(Decision::kind)
                .doesNotContain(VerdictKind.LOOSE, VerdictKind.VIOLATED);
        assertThat(decide("O(n)", Claim.Mode.TIGHT, law, 0.05, 3, 8))
                .extracting(Decision::kind)
                .doesNotContain(VerdictKind.VIOLATED);
        assertThat(decide("O(n)", Claim.Mode.UPPER, n -> 600, 0.01, 3, 8))
                .extracting(Decision::kind)
                .contains(VerdictKind.LOOSE);
    }

    @Test
    void theClassThatAReasonNamesHasItsOwnShare() {
        List<Decision> decisions =
                decide(
                        "O(1)",
                        Claim.Mode.UPPER,
                        n -> 300 + 5 * n * Math.log(n) / Math.log(2) + 1e-7 * n * n * n,
                        0.01,
                        3,
                        12);
        assertThat(decisions)
                .allSatisfy(decision -> {
                    assertThat(decision.kind()).isEqualTo(VerdictKind.VIOLATED);
                    assertThat(decision.growthClass().orElseThrow()).hasToString("O(n log n)");
                    assertThat(decision.reason())
                            .matches(
                                    "cost grows as O\\(n log n\\), faster than claimed: at the far end, this growth makes up (9\\d|100) % of the cost");
                });
    }

    @Test
    void staircasesOfManyPointsAreNoGrowth() {
        DoubleUnaryOperator caches = n -> n < 64 ? 120 : n < 4096 ? 400 : n < 65536 ? 1400 : 8000;
        assertThat(decide("O(1)", Claim.Mode.UPPER, caches, 0.02, 2, 22))
                .allSatisfy(decision -> {
                    assertThat(decision.kind()).isEqualTo(VerdictKind.HOLDS);
                    assertThat(decision.model().orElseThrow().regimes()).hasSize(3);
                });
    }

    private Decision decide(String claim, List<Map<String, Double>> places, double[] costs) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < costs.length; i++) {
            points.add(new Point(places.get(i), List.of(new double[] {costs[i]})));
        }
        return decider.decide(
                Claim.parse(claim, Claim.Mode.UPPER), new DataSet("x", "value", false, points));
    }

    @Test
    void aFullGridOfThreeParametersIsNoHarderThanASmallOne() {
        for (int side = 3; side <= 5; side++) {
            List<Map<String, Double>> places = new ArrayList<>();
            for (double x = 1; x <= side; x++) {
                for (double y = 1; y <= side; y++) {
                    for (double z = 1; z <= side; z++) {
                        places.add(Map.of("x", 4 * x, "y", 10 * y, "z", 100 * z));
                    }
                }
            }
            double[] costs =
                    places.stream()
                            .mapToDouble(at ->
                                    Math.pow(at.getOrDefault("x", 1.0), 3)
                                                    * Math.pow(at.getOrDefault("y", 1.0), 2)
                                            + at.getOrDefault("z", 1.0))
                            .toArray();
            Decision decision = decide("O(x*y*z)", places, costs);
            assertThat(decision.kind()).isEqualTo(VerdictKind.VIOLATED);
            assertThat(decision.growthClass().orElseThrow()).hasToString("O(x^3·y^2)");
            assertThat(decide("O(x^3*y^2+z)", places, costs).kind()).isEqualTo(VerdictKind.HOLDS);
        }
    }

    @Test
    void parametersThatAlwaysMoveTogetherAreNamed() {
        List<Map<String, Double>> places = new ArrayList<>();
        double[] costs = new double[7];
        for (int i = 0; i < costs.length; i++) {
            double n = 16 << i;
            places.add(Map.of("m", n, "n", n));
            costs[i] = 50 + 3 * n * n;
        }
        Decision open = decide("O(m*n)", places, costs);
        assertThat(open.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(open.reason())
                .isEqualTo(
                        "m and n always moved together (m=1024 n=1024): along that line cost grows as O(m^2), and no size of that kind decides the claim");
        assertThat(open.advice().orElseThrow().points())
                .containsExactly(Map.of("m", 512.0, "n", 1024.0), Map.of("m", 1024.0, "n", 512.0));
        assertThat(decide("O(m+n)", places, costs).kind()).isEqualTo(VerdictKind.VIOLATED);
        Decision one = decide("O(n^2)", places, costs);
        assertThat(one.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(one.reason()).endsWith("m and n always moved together (m=1024 n=1024)");
        assertThat(one.range()).containsOnlyKeys("m", "n");
    }
}
