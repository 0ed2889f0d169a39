package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An operation that is dear now and then: its worst case and its mean are two claims. */
class VaryingCountsTests {
    private static final int SEEDS = 20;
    private static final int VALUES = 192;

    private final Decider decider = new Decider();

    private static DataSet data(int seed, DoubleBinaryOperator value) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Point> points = new ArrayList<>();
        for (double n = 2; n <= 65536; n *= 2) {
            double[] values = new double[VALUES];
            for (int i = 0; i < VALUES; i++) {
                values[i] = value.applyAsDouble(n, random.nextDouble());
            }
            points.add(new Point(Map.of("n", n), List.of(values)));
        }
        return new DataSet("amortised", "instructions", true, points);
    }

    private Decision decide(String claim, DataSet data) {
        return decider.decide(Claim.parse(claim, Claim.Mode.UPPER), data);
    }

    /** Takes n steps with chance 1/n: O(n) at worst, at every n, and O(1) on average. */
    @Test
    void aRareDearCaseNeitherHoldsNorIsCertain() {
        for (int seed = 0; seed < SEEDS; seed++) {
            for (double times : new double[] {1, 4}) {
                DataSet data = data(seed, (n, u) -> 6 + (u < times / n ? 2 + 5 * n : 0));
                Decision worst = decide("O(1)", data);
                assertThat(worst.kind()).isIn(VerdictKind.INCONCLUSIVE, VerdictKind.VIOLATED);
                assertThat(worst.certificate()).isFalse();
                assertThat(decide("mean O(1)", data).kind()).isNotEqualTo(VerdictKind.VIOLATED);
                assertThat(decide("mean O(n)", data).kind()).isNotEqualTo(VerdictKind.VIOLATED);
            }
        }
    }

    @Test
    void saysWhatWouldDecideTheWorstCase() {
        Decision open = decide("O(log n)", data(1, (n, u) -> 6 + (u < 1 / n ? 2 + 5 * n : 0)));
        assertThat(open.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(open.reason()).contains("forces the expensive case").contains("mean O(...)");
    }

    /** A quarter of all calls is dear, whatever n: the worst case was seen everywhere. */
    @Test
    void aKnownShareOfDearCallsShowsTheWorstCase() {
        DataSet flat = data(3, (n, u) -> u < 0.25 ? 30 : 20);
        Decision kept = decide("O(1)", flat);
        assertThat(kept.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(kept.certificate()).isFalse();
        assertThat(kept.confidence().orElseThrow()).isGreaterThan(0.99).isLessThan(1);
        DataSet linear = data(3, (n, u) -> u < 0.25 ? 30 + 2 * n : 20);
        assertThat(decide("O(1)", linear).kind()).isEqualTo(VerdictKind.VIOLATED);
        assertThat(decide("mean O(1)", linear).kind()).isEqualTo(VerdictKind.VIOLATED);
        assertThat(decide("mean O(n)", linear).kind()).isEqualTo(VerdictKind.HOLDS);
    }

    @Test
    void countsThatDoNotVaryAreCertainStill() {
        Decision certain = decide("O(n)", data(0, (n, u) -> 7 + 3 * n));
        assertThat(certain.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(certain.certificate()).isTrue();
        assertThat(decide("mean O(n)", data(0, (n, u) -> 7 + 3 * n)).certificate()).isTrue();
    }

    /** Six of 192 values are 3 %, and five are fewer. */
    @Test
    void theLargestValueMustNotBeRare() {
        assertThat(VaryingCounts.of(dear(5)).unknownShare())
                .contains("the largest value at n=1 is 5 of 192");
        assertThat(VaryingCounts.of(dear(6)).unknownShare()).isEmpty();
    }

    /** A dear case may be too rare to be seen where n is large, but not where it is small. */
    @Test
    void onlyALargerPointWithoutTheDearCaseHidesIt() {
        Point varies = dear(48).points().getFirst();
        for (double at : new double[] {0.5, 2}) {
            double[] seven = new double[VALUES];
            Arrays.fill(seven, 7);
            Point equal = new Point(Map.of("n", at), List.of(seven));
            DataSet data = new DataSet("op", "instructions", true, List.of(varies, equal));
            assertThat(VaryingCounts.of(data).unknownShare().isPresent()).isEqualTo(at > 1);
        }
    }

    /**
     * The grid and the number of values of {@code validate --quick}. Where the expensive case was
     * missed at every point but those where it is certain, no count varies.
     */
    @ParameterizedTest
    @CsvSource({"1, 1", "64, 2", "512, 3"})
    void fewValuesDoNotHoldTheWorstCase(double times, double power) {
        int silent = 0;
        for (int seed = 1; seed <= 50; seed++) {
            DataSet data =
                    grid(16, seed, (n, u) -> 6 + (u < times / Math.pow(n, power) ? 2 + 5 * n : 0));
            boolean varies = VaryingCounts.of(data).any();
            silent += varies ? 0 : 1;
            List<String> claims = List.of("O(1)", "max <= 3000", "O(log n)");
            for (String claim : varies ? claims.subList(0, 2) : claims) {
                Decision open = decide(claim, data);
                assertThat(open.kind())
                        .as("%s, seed %d: %s", claim, seed, open.reason())
                        .isIn(VerdictKind.INCONCLUSIVE, VerdictKind.VIOLATED);
                assertThat(open.certificate() && open.kind() != VerdictKind.VIOLATED).isFalse();
            }
        }
        assertThat(silent).as("seeds at which no count varies").isPositive();
    }

    @Test
    void saysWhereFewValuesMayMissTheWorstCase() {
        DataSet data = grid(16, 1, (n, _) -> n == 1 ? 13 : 6);
        Decision open = decide("O(1)", data);
        assertThat(open.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(open.reason())
                .isEqualTo(
                        "cost falls from 13 at n=1 to 6 at n=8, where 16 values may not contain a rare expensive case: that takes 99 values");
        assertThat(open.advice().orElseThrow().values()).isEqualTo(VaryingCounts.ENOUGH);
    }

    /** 99 values contain a case of 3 % with 95 % confidence, and 98 do not: 0.97^98 is 5.05 %. */
    @Test
    void enoughValuesOrOneShowThatCostFalls() {
        for (int values : new int[] {1, 2, 98, 99}) {
            DataSet falls = grid(values, 1, (n, _) -> n == 1 ? 13 : 6);
            boolean enough = values == 1 || values == 99;
            assertThat(decide("O(1)", falls).kind())
                    .isEqualTo(enough ? VerdictKind.HOLDS : VerdictKind.INCONCLUSIVE);
            Decision maximum = decide("max <= 13", falls);
            assertThat(maximum.certificate()).isEqualTo(enough);
            assertThat(maximum.reason().contains("cost falls from 13 at n=1")).isEqualTo(!enough);
            DataSet grows = grid(values, 1, (n, _) -> 6 + 5 * n);
            assertThat(decide("O(n)", grows).certificate()).isTrue();
        }
    }

    /** 16 values that vary at every point alike may still lack a third, rarer cost. */
    @Test
    void fewValuesThatVaryDoNotHold() {
        double[] half = new double[16];
        Arrays.fill(half, 8, 16, 30);
        List<Point> points = new ArrayList<>();
        for (double n = 1; n <= 262144; n *= 8) {
            points.add(new Point(Map.of("n", n), List.of(half)));
        }
        DataSet data = new DataSet("op", "instructions", true, points);
        Decision open = decide("O(1)", data);
        assertThat(open.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(open.reason())
                .isEqualTo(
                        "counts vary within points, and 16 values at n=1 may not contain the worst case: that takes 99 values");
    }

    /** Equal values at one point are not certain if the values of another point vary. */
    @Test
    void aMaximumIsNotCertainIfCountsVaryElsewhere() {
        DataSet data = grid(16, 1, (n, u) -> n == 1 && u < 0.5 ? 5 : 6);
        assertThat(decide("max <= 10", data).kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(decide("max <= 5", data).kind()).isEqualTo(VerdictKind.VIOLATED);
    }

    /** Seven points from 1 to 262144. */
    private static DataSet grid(int values, int seed, DoubleBinaryOperator value) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Point> points = new ArrayList<>();
        for (double n = 1; n <= 262144; n *= 8) {
            double at = n;
            double[] all = random.doubles(values).map(u -> value.applyAsDouble(at, u)).toArray();
            points.add(new Point(Map.of("n", n), List.of(all)));
        }
        return new DataSet("amortised", "instructions", true, points);
    }

    private static DataSet dear(int calls) {
        double[] values = new double[VALUES];
        for (int i = 0; i < VALUES; i++) {
            values[i] = i < calls ? 30 : 20;
        }
        Point point = new Point(Map.of("n", 1.0), List.of(values));
        return new DataSet("op", "instructions", true, List.of(point));
    }
}
