package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.GrowthOrder;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every law of a list against every claim of it: the truth is known, and so is the verdict. */
class KnownLawsTests {
    /** Laws of one parameter, the slowest first. */
    @SuppressWarnings("ImmutableEnumChecker") // of functions without state
    enum Law {
        CONSTANT("O(1)", _ -> 420),
        LOGARITHM("O(log n)", n -> 50 + 20 * Math.log(n) / Math.log(2)),
        LINEAR("O(n)", n -> 30 + 7 * n),
        LINEARITHMIC("O(n log n)", n -> 40 + 3 * n * Math.log(n) / Math.log(2)),
        SQUARE("O(n^2)", n -> 25 + 4 * n + 2 * n * n),
        CUBE("O(n^3)", n -> 11 + n * n * n);

        private final String growth;
        private final DoubleUnaryOperator cost;

        Law(String growth, DoubleUnaryOperator cost) {
            this.growth = growth;
            this.cost = cost;
        }

        boolean isFasterThan(Law other) {
            return compareTo(other) > 0;
        }
    }

    private static Decision decide(String claim, Claim.Mode mode, DataSet data) {
        return new Decider().decide(Claim.parse(claim, mode), data);
    }

    private static Point point(double n, double... values) {
        return new Point(Map.of("n", n), List.of(values, values.clone()));
    }

    private static double at(Point point, String parameter) {
        return Objects.requireNonNull(point.parameters().get(parameter));
    }

    /** Powers of two, so that logarithms are whole and counts are. */
    private static DataSet exact(DoubleUnaryOperator cost) {
        List<Point> points = new ArrayList<>();
        for (int n = 1; n <= 1024; n *= 2) {
            points.add(point(n, Math.rint(cost.applyAsDouble(n))));
        }
        return new DataSet("d", "instructions", true, points);
    }

    private static DataSet noisy(DoubleUnaryOperator cost, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Point> points = new ArrayList<>();
        for (int n = 4; n <= 1024; n *= 2) {
            List<double[]> boots = new ArrayList<>();
            for (int boot = 0; boot < 4; boot++) {
                double[] values = new double[10];
                for (int i = 0; i < values.length; i++) {
                    values[i] = cost.applyAsDouble(n) * (1 + share * random.nextGaussian());
                }
                boots.add(values);
            }
            points.add(new Point(Map.of("n", (double) n), boots));
        }
        return new DataSet("d", "steps", false, points);
    }

    private static VerdictKind expected(Law law, Law claimed, Claim.Mode mode) {
        int order = law.compareTo(claimed);
        return order > 0
                ? VerdictKind.VIOLATED
                : order == 0
                        ? VerdictKind.HOLDS
                        : mode == Claim.Mode.TIGHT ? VerdictKind.VIOLATED : VerdictKind.LOOSE;
    }

    @ParameterizedTest
    @EnumSource
    void exactCountsOfALawDecideEveryClaim(Law law) {
        DataSet data = exact(law.cost);
        for (Law claimed : Law.values()) {
            for (Claim.Mode mode : Claim.Mode.values()) {
                Decision decision = decide(claimed.growth, mode, data);
                String what = law + " claimed " + claimed + " " + mode;
                assertThat(decision.kind()).as(what).isEqualTo(expected(law, claimed, mode));
                assertThat(decision.certificate()).as(what).isTrue();
                assertThat(decision.confidence()).as(what).contains(1.0);
                assertThat(decision.effect())
                        .as(what)
                        .isEqualTo(law.isFasterThan(claimed) ? 1.0 : 0.0);
                assertThat(decision.growthClass().map(Expression::toString))
                        .as(what)
                        .contains(law.growth);
                assertThat(decision.reason())
                        .as(what)
                        .startsWith("cost is ")
                        .endsWith(" instructions, exactly at every point tested");
                assertThat(decision.range()).isEqualTo(Map.of("n", new Decision.Span(1, 1024)));
                CostModel model = decision.model().orElseThrow();
                for (Point point : data.points()) {
                    assertThat(model.at(point.parameters()))
                            .as(what + " at " + point.parameters())
                            .isCloseTo(point.values()[0], within(1e-6 * point.values()[0]));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noisyValuesOfALawDecideEveryClaim(Law law) {
        for (Law claimed : Law.values()) {
            DataSet data = noisy(law.cost, 0.01, 17 + law.growth.length());
            Decision decision = decide(claimed.growth, Claim.Mode.UPPER, data);
            String what = law + " claimed " + claimed;
            assertThat(decision.kind())
                    .as(what)
                    .isEqualTo(expected(law, claimed, Claim.Mode.UPPER));
            assertThat(decision.certificate()).as(what).isFalse();
            assertThat(decision.confidence().orElseThrow()).as(what).isBetween(0.6, 1.0);
            CostModel model = decision.model().orElseThrow();
            assertThat(GrowthOrder.same(model.growth(), Expression.parse(law.growth)))
                    .as(what + ": " + model.growth())
                    .isTrue();
            for (Point point : data.points()) {
                double truth = law.cost.applyAsDouble(at(point, "n"));
                assertThat(model.at(point.parameters()))
                        .as(what + " at " + point.parameters())
                        .isCloseTo(truth, within(0.03 * truth));
            }
            double effect = decision.effect();
            if (law.isFasterThan(claimed)) {
                assertThat(effect).as(what).isBetween(0.2, 1.0);
            }
        }
    }

    /** Another unit changes no verdict, however far from one it lies. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-250, 1e-90, 1e-6, 1e6, 1e90, 1e250})
    void theUnitDoesNotMatter(double unit) {
        for (Law law : Law.values()) {
            for (Law claimed : List.of(Law.CONSTANT, Law.LINEAR, Law.SQUARE)) {
                DataSet plain = noisy(law.cost, 0.01, 3);
                DataSet scaled = noisy(n -> law.cost.applyAsDouble(n) * unit, 0.01, 3);
                Decision expected = decide(claimed.growth, Claim.Mode.UPPER, plain);
                Decision found = decide(claimed.growth, Claim.Mode.UPPER, scaled);
                assertThat(found.kind()).as("%s in %s", law, unit).isEqualTo(expected.kind());
                double far = found.model().orElseThrow().at(Map.of("n", 1024.0));
                assertThat(far / unit)
                        .as("%s in %s", law, unit)
                        .isCloseTo(
                                law.cost.applyAsDouble(1024),
                                within(0.03 * law.cost.applyAsDouble(1024)));
            }
        }
    }

    private static DataSet grid(
            boolean exact, double noise, ToDoubleBiFunction<Double, Double> cost) {
        SplittableRandom random = new SplittableRandom(5);
        List<Point> points = new ArrayList<>();
        for (int n = 4; n <= 64; n *= 2) {
            for (int k = 4; k <= 64; k *= 2) {
                double truth = Math.rint(cost.applyAsDouble((double) n, (double) k));
                List<double[]> boots = new ArrayList<>();
                for (int boot = 0; boot < 3; boot++) {
                    double[] values = new double[6];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = truth * (1 + noise * random.nextGaussian());
                    }
                    boots.add(values);
                }
                Map<String, Double> at = new LinkedHashMap<>();
                at.put("n", (double) n);
                at.put("k", (double) k);
                points.add(new Point(at, boots));
            }
        }
        return new DataSet("d", exact ? "instructions" : "steps", exact, points);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01})
    void lawsOfTwoParametersDecideClaimsOfTwo(double noise) {
        Map<String, ToDoubleBiFunction<Double, Double>> laws = new LinkedHashMap<>();
        laws.put("O(1)", (_, _) -> 300.0);
        laws.put("O(n)", (n, _) -> 20 + 5 * n);
        laws.put("O(k)", (_, k) -> 20 + 5 * k);
        laws.put("O(n + k)", (n, k) -> 20 + 5 * n + 6 * k);
        laws.put("O(n*k)", (n, k) -> 20 + 3 * n * k);
        laws.forEach((growth, cost) -> {
            for (String claim : laws.keySet()) {
                Expression truth = Expression.parse(growth);
                Expression claimed = Expression.parse(claim);
                VerdictKind expected =
                        !GrowthOrder.notFaster(truth, claimed)
                                ? VerdictKind.VIOLATED
                                : GrowthOrder.notFaster(claimed, truth)
                                        ? VerdictKind.HOLDS
                                        : VerdictKind.LOOSE;
                Decision decision = decide(claim, Claim.Mode.UPPER, grid(noise == 0, noise, cost));
                assertThat(decision.kind())
                        .as("%s claimed %s, noise %s: %s", growth, claim, noise, decision.reason())
                        .isEqualTo(expected);
            }
        });
    }

    /** What is off by one at one point is told, with what the law says there. */
    @Test
    void aPointThatBreaksALawIsNamed() {
        List<Point> points = new ArrayList<>();
        for (int n = 1; n <= 1024; n *= 2) {
            points.add(point(n, 30 + 7.0 * n + (n == 16 ? 5 : 0)));
        }
        Decision decision =
                decide("O(n)", Claim.Mode.UPPER, new DataSet("d", "instructions", true, points));
        assertThat(decision.certificate()).isFalse();
        assertThat(decision.confidence()).isEmpty();
        assertThat(decision.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(decision.reason())
                .endsWith(" instructions but for 147 at n=16 where it says 142");
        assertThat(decision.deviations()).hasSize(1);
    }

    private static DataSet line(ToDoubleFunction<Integer> cost, int... ns) {
        List<Point> points = new ArrayList<>();
        for (int n : ns) {
            points.add(point(n, cost.applyAsDouble(n)));
        }
        return new DataSet("d", "steps", false, points);
    }

    @Test
    void whatCannotBeDecidedIsRefused() {
        assertThatThrownBy(() -> decide("O(m)", Claim.Mode.UPPER, line(n -> n, 1, 2, 3, 4)))
                .hasMessage("a point lacks the parameter m");
        DataSet negative = new DataSet("d", "steps", false, List.of(point(-1, 3), point(2, 3)));
        assertThatThrownBy(() -> decide("O(n)", Claim.Mode.UPPER, negative))
                .hasMessage("n=-1.0: a parameter is finite and not negative");
    }

    /** Four points and three values are the fewest; more are advised where there are fewer. */
    @Test
    void fewPointsStayOpen() {
        for (int[] few : new int[][] {{1}, {1, 2}, {1, 2, 4}}) {
            Decision decision = decide("O(n)", Claim.Mode.UPPER, line(n -> 3 * n, few));
            assertThat(decision.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
            assertThat(decision.advice().orElseThrow().points()).isNotEmpty();
        }
        assertThat(decide("O(n)", Claim.Mode.UPPER, line(n -> 3 * n, 1, 2, 4, 8)).kind())
                .isNotEqualTo(VerdictKind.NOT_MEASURABLE);
    }
}
