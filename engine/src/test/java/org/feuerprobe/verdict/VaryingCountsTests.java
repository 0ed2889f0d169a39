package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import org.junit.jupiter.api.Test;

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
            Point equal = new Point(Map.of("n", at), List.of(new double[] {7, 7, 7}));
            DataSet data = new DataSet("op", "instructions", true, List.of(varies, equal));
            assertThat(VaryingCounts.of(data).unknownShare().isPresent()).isEqualTo(at > 1);
        }
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
