package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AbsoluteDeciderTests {
    private static Decision decide(String claim, double[]... boots) {
        return new Decider()
                .decide(
                        Claim.parse(claim, Claim.Mode.UPPER),
                        new DataSet(
                                "x",
                                "cycles",
                                false,
                                List.of(new Point(Map.of(), List.of(boots)))));
    }

    private static double[] exponential(int count, double mean, long seed) {
        return new SplittableRandom(seed).doubles(count).map(u -> -mean * Math.log1p(-u)).toArray();
    }

    @Test
    void aQuantileNeedsItsNumberOfValues() {
        double[] few = new double[298];
        Arrays.setAll(few, i -> 10 + i % 7);
        assertThat(decide("p99 <= 100", few).kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(decide("p99 <= 100", few).advice().orElseThrow().values()).isEqualTo(299);
        double[] enough = Arrays.copyOf(few, 299);
        assertThat(decide("p99 <= 100", enough).kind()).isEqualTo(VerdictKind.HOLDS);
    }

    @Test
    void aQuantileOverItsLimitIsAViolation() {
        assertThat(decide("p50 <= 50", exponential(400, 100, 1)).kind())
                .isEqualTo(VerdictKind.VIOLATED);
    }

    /** At the limit itself at most one verdict in twenty may be wrong. */
    @Test
    @Tag("simulation")
    void falseAlarmsOfQuantilesStayBelowTheirLevel() {
        double limit = -Math.log1p(-0.9);
        int wrong = 0;
        for (int seed = 0; seed < 1000; seed++) {
            VerdictKind kind = decide("p90 <= " + limit, exponential(300, 1, seed)).kind();
            wrong += kind == VerdictKind.VIOLATED ? 1 : 0;
        }
        assertThat(wrong).isLessThanOrEqualTo(65);
    }

    /** Equal values have no spread to go by: each lies on the wrong side by one half at most. */
    @Test
    void aMeanOfEqualValuesTakesFiveOfThem() {
        Decision two = decide("mean <= 40", new double[] {31, 31});
        assertThat(two.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(two.reason())
                .isEqualTo(
                        "the mean of 2 values is 31; so few equal values show no spread: a mean needs 5 of them");
        assertThat(two.confidence()).contains(0.75);
        assertThat(two.advice().orElseThrow().values()).isEqualTo(5);
        assertThat(decide("mean <= 30", new double[] {31, 31}).kind())
                .isEqualTo(VerdictKind.INCONCLUSIVE);
        double[] five = {31, 31, 31, 31, 31};
        assertThat(decide("mean <= 40", five).kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(decide("mean <= 40", five).confidence()).contains(1 - 1.0 / 32);
        assertThat(decide("mean <= 30", five).kind()).isEqualTo(VerdictKind.VIOLATED);
    }

    @Test
    void oneValueRefutesAMaximum() {
        Decision decision = decide("max <= 5000", new double[] {900, 950, 8000});
        assertThat(decision.kind()).isEqualTo(VerdictKind.VIOLATED);
        assertThat(decision.tail().orElseThrow().observedMaximum()).isEqualTo(8000);
        assertThat(decide("max <= 5", new double[] {9}).reason())
                .isEqualTo("1 of 1 value exceeds 5, the largest is 9");
    }

    @Test
    void extremeValuesSupportAMaximumWherePlainCountingCannot() {
        Decision decision = decide("max <= 3000", exponential(1500, 100, 3));
        assertThat(decision.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(decision.tail().orElseThrow().tail()).isPresent();
        Decision few = decide("max <= 3000", exponential(50, 100, 3));
        assertThat(few.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(few.tail().orElseThrow().tailDeclined()).isPresent();
    }

    @Test
    void sharedBootsCountForLess() {
        double[] slow = new double[100];
        double[] fast = new double[100];
        Arrays.setAll(slow, i -> 90 + i % 5);
        Arrays.setAll(fast, i -> 50 + i % 5);
        assertThat(decide("p99 <= 100", slow, fast, slow.clone(), fast.clone()).kind())
                .isEqualTo(VerdictKind.INCONCLUSIVE);
    }

    /** A boot's values lie about a level of its own; levels are as far apart as said. */
    private static Decision differing(String claim, int boots, double apart, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] all = new double[boots][];
        for (int boot = 0; boot < boots; boot++) {
            double level = 100 + apart * random.nextGaussian();
            all[boot] = new double[100];
            Arrays.setAll(all[boot], _ -> level + random.nextGaussian());
        }
        return decide(claim, all);
    }

    /** Just false, and just true: one verdict in twenty may be wrong. */
    @Test
    @Tag("simulation")
    void boundsOnMeansOfTwoBootsThatDifferAreSeldomDecidedWrongly() {
        for (double apart : new double[] {1, 10}) {
            int holds = 0;
            int violated = 0;
            for (long seed = 0; seed < 1000; seed++) {
                VerdictKind falseClaim = differing("mean <= 99.999", 2, apart, seed).kind();
                VerdictKind trueClaim = differing("mean <= 100.001", 2, apart, seed).kind();
                holds += falseClaim == VerdictKind.HOLDS ? 1 : 0;
                violated += trueClaim == VerdictKind.VIOLATED ? 1 : 0;
            }
            assertThat(holds).as("apart %s", apart).isLessThanOrEqualTo(75);
            assertThat(violated).as("apart %s", apart).isLessThanOrEqualTo(75);
        }
    }

    @Test
    void meansOfBootsThatDifferAreDecidedWhereTheyAreFarFromTheLimit() {
        Decision decision = differing("mean <= 200", 2, 1, 7);
        assertThat(decision.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(decision.reason()).startsWith("the mean of 2 boots is ");
        assertThat(differing("mean <= 104", 2, 0, 7).reason())
                .startsWith("the mean of 200 values is ");
    }

    /** Two boots that differ in all but their means: no spread, and no certainty. */
    @Test
    void equalMeansOfBootsThatDifferAreNotCertain() {
        double[] spread = new double[40];
        double[] even = new double[40];
        Arrays.setAll(spread, i -> i % 4 == 0 ? 7 : 1);
        Arrays.fill(even, 2.5);
        Decision decision = decide("mean <= 2.6", spread, even);
        assertThat(decision.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
    }

    @Test
    void theWorstPointDecides() {
        double[] good = exponential(400, 10, 5);
        double[] bad = exponential(400, 1000, 6);
        Decision decision =
                new Decider()
                        .decide(
                                Claim.parse("p90 <= 100", Claim.Mode.UPPER),
                                new DataSet(
                                        "x",
                                        "ns",
                                        false,
                                        List.of(
                                                new Point(Map.of("n", 1.0), List.of(good)),
                                                new Point(Map.of("n", 2.0), List.of(bad)))));
        assertThat(decision.kind()).isEqualTo(VerdictKind.VIOLATED);
        assertThat(decision.reason()).endsWith(" at n=2");
    }

    /** Holm 1979: the smallest chance times the family, the next times one less. */
    @Test
    void holmCorrectsAFamily() {
        assertThat(Holm.adjusted(new double[] {0.01, 0.04, 0.03}, 4))
                .containsExactly(0.04, 0.09, 0.09);
    }
}
