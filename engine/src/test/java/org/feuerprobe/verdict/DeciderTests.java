package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.model.RegimeKind;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import org.junit.jupiter.api.Test;

class DeciderTests {
    private final Decider decider = new Decider();

    private Decision decide(String claim, DoubleUnaryOperator cost, double noise, double... at) {
        return decide(claim, Claim.Mode.UPPER, cost, noise, at);
    }

    private Decision decide(
            String claim, Claim.Mode mode, DoubleUnaryOperator cost, double noise, double... at) {
        SplittableRandom random = new SplittableRandom(42);
        List<Point> points = new ArrayList<>();
        double[] places =
                at.length > 0 ? at : new double[] {8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096};
        for (double n : places) {
            double[] values = new double[5];
            for (int i = 0; i < 5; i++) {
                values[i] = cost.applyAsDouble(n) * (1 + noise * random.nextGaussian());
            }
            points.add(new Point(Map.of("n", n), List.of(values)));
        }
        return decider.decide(Claim.parse(claim, mode), new DataSet("x", "value", false, points));
    }

    @Test
    void namesTheTighterClassOfALooseBound() {
        Decision decision = decide("O(n^2)", n -> 300 + 20 * n, 0.05);
        assertThat(decision.kind()).isEqualTo(VerdictKind.LOOSE);
        assertThat(decision.growthClass().orElseThrow().toString()).isEqualTo("O(n)");
    }

    @Test
    void aTightClaimIsBrokenBySlowerGrowth() {
        assertThat(decide("O(n^2)", Claim.Mode.TIGHT, n -> 300 + 20 * n, 0.05).kind())
                .isEqualTo(VerdictKind.VIOLATED);
        assertThat(decide("O(n)", Claim.Mode.TIGHT, n -> 300 + 20 * n, 0.05).kind())
                .isEqualTo(VerdictKind.HOLDS);
    }

    @Test
    void namesGrowthBeyondTheTextbook() {
        double[] narrow = {5, 8, 11, 14, 17, 20};
        Decision doubling = decide("O(n^3)", n -> 3 * Math.pow(2, n), 0.01, narrow);
        assertThat(doubling.kind()).isEqualTo(VerdictKind.VIOLATED);
        assertThat(doubling.growthClass().orElseThrow()).hasToString("O(2^n)");
        Decision power = decide("O(1)", n -> 0.7 * Math.pow(n, 4.5), 0.01);
        assertThat(power.kind()).isEqualTo(VerdictKind.VIOLATED);
        assertThat(power.growthClass().orElseThrow()).hasToString("O(n^4.5)");
        assertThat(decide("O(2^n)", n -> 3 * Math.pow(2, n), 0.01, narrow).kind())
                .isEqualTo(VerdictKind.HOLDS);
    }

    /** Four points of one value each, 54 to 1,782,579: no constant, whatever the law. */
    @Test
    void aModelThatExplainsNothingDecidesNothing() {
        List<Point> points = new ArrayList<>();
        for (double n : new double[] {5, 10, 15, 20}) {
            points.add(new Point(Map.of("n", n), List.of(new double[] {1.7 * Math.pow(2, n)})));
        }
        DataSet data = new DataSet("x", "value", false, points);
        assertThat(decider.decide(Claim.parse("O(1)", Claim.Mode.UPPER), data).kind())
                .isEqualTo(VerdictKind.VIOLATED);
    }

    /** A law that no list holds: 2^sqrt(n) is neither a power nor an exponential. */
    @Test
    void refutesByRanksWhatNoTermNames() {
        Decision decision =
                decide(
                        "O(n)",
                        n -> 100 * Math.pow(2, 2 * Math.sqrt(n)),
                        0.02,
                        4,
                        8,
                        16,
                        32,
                        64,
                        128);
        assertThat(decision.kind()).isEqualTo(VerdictKind.VIOLATED);
    }

    @Test
    void aCostThatFallsKeepsEveryUpperBound() {
        Decision flat = decide("O(1)", n -> 2000 - 40 * Math.log(n), 0.01);
        assertThat(flat.kind()).isEqualTo(VerdictKind.HOLDS);
        Decision loose = decide("O(n)", n -> 2000 - 0.4 * n, 0.01);
        assertThat(loose.kind()).isEqualTo(VerdictKind.LOOSE);
        assertThat(loose.growthClass().orElseThrow()).hasToString("O(1)");
        assertThat(decide("O(1)", n -> 2000 - 40 * Math.log(n) + 0.5 * n, 0.01).kind())
                .isNotEqualTo(VerdictKind.HOLDS);
    }

    /** Seven of seven values above the limit at each of eleven points are not less than at one. */
    @Test
    void whatIsTrueAtEveryPointIsNotLessCertain() {
        List<Point> points = new ArrayList<>();
        for (double n = 1; n <= 11; n++) {
            double[] values = {101, 102, 103, 104, 105, 106, 107};
            points.add(new Point(Map.of("n", n), List.of(values)));
        }
        Claim claim = Claim.parse("median <= 100", Claim.Mode.UPPER);
        Decision all = decider.decide(claim, new DataSet("x", "ns", false, points));
        Decision one = decider.decide(claim, new DataSet("x", "ns", false, points.subList(0, 1)));
        assertThat(all.kind()).isEqualTo(VerdictKind.VIOLATED);
        assertThat(all.confidence().orElseThrow())
                .isGreaterThanOrEqualTo(one.confidence().orElseThrow());
    }

    /** The first point was reported as long as all were equally certain. */
    @Test
    void aMaximumIsThatOfTheDearestPoint() {
        List<Point> points = new ArrayList<>();
        for (double n : new double[] {1, 4, 2}) {
            points.add(new Point(Map.of("N", n), List.of(new double[] {10 * n, 10 * n})));
        }
        DataSet data = new DataSet("", "instructions", true, points);
        Decision within = new Decider().decide(Claim.parse("max <= 50", Claim.Mode.UPPER), data);
        assertThat(within.reason()).isEqualTo("the largest value is 40, at N=4");
        assertThat(within.tail().orElseThrow().observedMaximum()).isEqualTo(40);
        Decision beyond = new Decider().decide(Claim.parse("max <= 5", Claim.Mode.UPPER), data);
        assertThat(beyond.reason()).endsWith("the largest is 40 at N=4");
    }

    /** Exact counts that are all equal keep a quantile as they keep a maximum. */
    @Test
    void anExactMaximumImpliesEachQuantile() {
        double[] values = new double[192];
        java.util.Arrays.fill(values, 268);
        DataSet data =
                new DataSet(
                        "x", "instructions", true, List.of(new Point(Map.of(), List.of(values))));
        for (String claim :
                List.of("max <= 2000", "p99.9 <= 2000", "p99 <= 268", "median <= 268")) {
            assertThat(decider.decide(Claim.parse(claim, Claim.Mode.UPPER), data).kind())
                    .as(claim)
                    .isEqualTo(VerdictKind.HOLDS);
        }
    }

    @Test
    void reportsTheRegimeOfACacheStep() {
        Decision decision = decide("O(1)", n -> n > 256 ? 1800 : 600, 0.02);
        assertThat(decision.kind()).isEqualTo(VerdictKind.HOLDS);
        var regime = decision.model().orElseThrow().regimes().getFirst();
        assertThat(regime.above()).isEqualTo(256);
        assertThat(regime.kind()).isEqualTo(RegimeKind.LEVEL);
        assertThat(regime.size().value()).isBetween(1150.0, 1250.0);
    }

    @Test
    void aStepDoesNotHideGrowth() {
        Decision decision = decide("O(1)", n -> (200 + 0.8 * n) * (n > 256 ? 1.5 : 1), 0.02);
        assertThat(decision.kind()).isEqualTo(VerdictKind.VIOLATED);
    }

    @Test
    void aCostThatLevelsOffIsBounded() {
        Map<RegimeKind, DoubleUnaryOperator> laws =
                Map.of(
                        RegimeKind.SATURATION, n -> 600 * n / (n + 50),
                        RegimeKind.MISSES, n -> 100 + 600 * Math.max(0, 1 - 50 / n),
                        RegimeKind.FILLING, n -> 100 + 600 * (1 - Math.exp(-n / 50)));
        laws.forEach((kind, law) -> {
            Decision decision = decide("O(1)", law, 0.02);
            assertThat(decision.kind()).isEqualTo(VerdictKind.HOLDS);
            assertThat(decision.growthClass()).hasToString("Optional[O(1)]");
            var model = decision.model().orElseThrow();
            assertThat(model.regimes())
                    .singleElement()
                    .satisfies(regime -> {
                        assertThat(regime.kind()).isEqualTo(kind);
                        assertThat(regime.above()).isBetween(45.0, 55.0);
                        assertThat(regime.size().value()).isBetween(580.0, 620.0);
                    });
            assertThat(model.at(Map.of("n", 1e6))).isBetween(580.0, 720.0);
            assertThat(decide("O(n)", law, 0.02).kind()).isEqualTo(VerdictKind.LOOSE);
        });
    }

    @Test
    void aLevelBeyondTheRangeIsNeitherGrowthNorBounded() {
        Decision decision = decide("O(1)", n -> 100 + 600 * n / (n + 1000), 0.02);
        assertThat(decision.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(decision.reason()).startsWith("a cost that levels off beyond the range (cost +");
        assertThat(decision.advice().orElseThrow().points())
                .anySatisfy(point -> assertThat(point).containsEntry("n", 8192.0));
    }

    @Test
    void growthThatNeverSlowsIsNotTakenForALevel() {
        for (DoubleUnaryOperator law :
                List.<DoubleUnaryOperator>of(
                        n -> 100 + 40 * Math.log(n), n -> 500 + 20 * Math.sqrt(n))) {
            assertThat(decide("O(1)", law, 0.02).kind()).isEqualTo(VerdictKind.VIOLATED);
        }
    }

    @Test
    void aHighLastPointAloneDecidesNothing() {
        Decision decision = decide("O(1)", n -> n > 2048 ? 1800 : 600, 0.02);
        assertThat(decision.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(decision.advice().orElseThrow().points())
                .anySatisfy(point -> assertThat(point).containsEntry("n", 8192.0));
    }

    @Test
    void aTrifleIsNoViolation() {
        assertThat(decide("O(1)", n -> 600 + 0.0005 * n, 0.0001).kind())
                .isNotEqualTo(VerdictKind.VIOLATED);
    }

    @Test
    void fewPointsAskForMore() {
        Decision decision = decide("O(n)", n -> n, 0, 8, 16);
        assertThat(decision.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(decision.reason())
                .isEqualTo(
                        "2 distinct points cannot show growth: O(n) needs at least 4, and 3 values of each parameter");
        assertThat(decision.advice().orElseThrow().points()).hasSize(6);
    }

    @Test
    void saysWhichParameterIsMissing() {
        assertThatThrownBy(() -> decide("O(S*K)", n -> n, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a point lacks the parameter K");
    }

    @Test
    void exactCountsGiveACertificateOrShowWhatBreaksIt() {
        Decision clean = exact(Map.of(), 31);
        assertThat(clean.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(clean.certificate()).isTrue();
        Decision bent = exact(Map.of(64.0, 90.0), 31);
        assertThat(bent.certificate()).isFalse();
        assertThat(bent.deviations()).hasSize(1);
        assertThat(bent.reason()).contains("90");
        Decision end = exact(Map.of(512.0, 90.0), 31);
        assertThat(end.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
    }

    private Decision exact(Map<Double, Double> others, double usual) {
        List<Point> points = new ArrayList<>();
        for (double n = 8; n <= 512; n *= 2) {
            double cost = others.getOrDefault(n, usual);
            points.add(new Point(Map.of("n", n), List.of(new double[] {cost, cost})));
        }
        return decider.decide(
                Claim.parse("O(1)", Claim.Mode.UPPER),
                new DataSet("x", "instructions", true, points));
    }

    /** No data set, however odd, makes the engine hang, fail or answer with no number. */
    @Test
    void survivesOddData() {
        SplittableRandom random = new SplittableRandom(7);
        double[] special = {
            0, -0.0, 1, -1, 1e300, -1e300, 1e-300, Double.MIN_VALUE, Double.MAX_VALUE, 1e15, 3
        };
        String[] claims = {
            "O(1)",
            "O(n)",
            "O(n log n)",
            "O(n^12)",
            "p99 <= 10",
            "max <= 5",
            "mean < 3",
            "misses == 0"
        };
        for (int round = 0; round < 600; round++) {
            List<Point> points = new ArrayList<>();
            int count = 1 + random.nextInt(9);
            for (int p = 0; p < count; p++) {
                double[] values = new double[1 + random.nextInt(4)];
                for (int i = 0; i < values.length; i++) {
                    values[i] = special[random.nextInt(special.length)];
                }
                double n = Math.abs(special[random.nextInt(special.length)]);
                points.add(
                        new Point(
                                Map.of("n", random.nextBoolean() ? p + 1.0 : n), List.of(values)));
            }
            int number = round;
            String claim = claims[round % claims.length];
            Decision decision;
            try {
                decision =
                        decider.decide(
                                Claim.parse(claim, Claim.Mode.UPPER),
                                new DataSet("odd", "ns", false, points));
            } catch (IllegalArgumentException e) {
                assertThat(e)
                        .hasMessageMatching(
                                "the values (span too many orders of magnitude to be compared|are too large to be averaged)");
                continue;
            }
            decision.confidence()
                    .ifPresent(sure -> assertThat(sure).as("round %d", number).isBetween(0.0, 1.0));
            decision.model().ifPresent(model -> assertThat(model.intercept()).isFinite());
        }
    }
}
