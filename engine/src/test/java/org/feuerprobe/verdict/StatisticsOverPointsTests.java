package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.TDistribution;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims about statistics of boots that differ, and of several points, against sums by hand. */
class StatisticsOverPointsTests {
    private static Decision decide(String claim, boolean exact, List<Point> points) {
        return new Decider()
                .decide(
                        Claim.parse(claim, Claim.Mode.UPPER),
                        new DataSet("x", exact ? "instructions" : "cycles", exact, points));
    }

    private static Decision decide(String claim, double[]... boots) {
        return decide(claim, false, List.of(new Point(Map.of(), List.of(boots))));
    }

    private static Point point(int n, double[]... boots) {
        return new Point(Map.of("n", (double) n), List.of(boots));
    }

    private static double[] filled(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }

    /** So many values above 100 among others below it, in an order without drift or modes. */
    private static double[] mixed(int count, int above) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(i < above ? 101 + i % 5 : 90.0 + i % 5);
        }
        Collections.shuffle(values, new Random(count + 1000L * above));
        return values.stream().mapToDouble(v -> v).toArray();
    }

    /** The rank correlation of a series that only rises is 1, and of one in random order near 0. */
    @Test
    void aDriftIsNamed() {
        double[] rising = new double[60];
        Arrays.setAll(rising, i -> 50 + i / 10.0);
        assertThat(decide("p50 <= 100", rising).notes())
                .contains("the values drift over time (rank correlation 1.00)");
        assertThat(decide("p50 <= 100", mixed(60, 0)).notes()).isEmpty();
    }

    /** The sum of binomial probabilities from 0 to {@code most}, term by term. */
    private static double binomial(int n, int most, double share) {
        double term = Math.pow(1 - share, n);
        double sum = 0;
        for (int k = 0; k <= most; k++) {
            sum += term;
            term *= (double) (n - k) / (k + 1) * share / (1 - share);
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({
        "p50, 0.5, 40, 0", "p50, 0.5, 40, 12", "p50, 0.5, 40, 14", "p50, 0.5, 40, 15",
        "p50, 0.5, 40, 20", "p50, 0.5, 40, 25", "p50, 0.5, 40, 26", "p50, 0.5, 40, 40",
        "p90, 0.9, 100, 3", "p90, 0.9, 100, 4", "p90, 0.9, 100, 5", "p90, 0.9, 100, 15",
        "p90, 0.9, 100, 16", "p90, 0.9, 100, 17", "p99, 0.99, 299, 0", "p99, 0.99, 298, 0",
        "p99, 0.99, 299, 1", "p99, 0.99, 200, 5", "p99, 0.99, 200, 6", "p99, 0.99, 473, 1"
    })
    void aQuantileIsDecidedByTheBinomialLawOfTheValuesAboveItsLimit(
            String name, double order, int n, int above) {
        double ifBroken = binomial(n, above, 1 - order);
        double ifKept = above == 0 ? 1 : 1 - binomial(n, above - 1, 1 - order);
        VerdictKind expected =
                ifKept <= 0.05
                        ? VerdictKind.VIOLATED
                        : ifBroken <= 0.05 ? VerdictKind.HOLDS : VerdictKind.INCONCLUSIVE;

        Decision decision = decide(name + " <= 100", mixed(n, above));

        assertThat(decision.kind()).isEqualTo(expected);
        assertThat(decision.confidence().orElseThrow())
                .isCloseTo(1 - Math.min(ifKept, ifBroken), within(1e-9));
        assertThat(decision.reason())
                .startsWith(
                        "%d of %d values exceed%s 100".formatted(above, n, above == 1 ? "s" : ""));
        assertThat(decision.tail().orElseThrow().above()).isEqualTo(above);
    }

    /**
     * Five boots, each of equal values, are five values. A short boot above the limit is a whole
     * one: at most one of five above it has chance 6/32 if the median is beyond.
     */
    @Test
    void aShareOfABootAboveTheLimitCountsAsAWholeBoot() {
        double[][] boots = {
            filled(100, 1), filled(100, 2), filled(100, 3), filled(100, 4), filled(50, 200)
        };

        Decision decision = decide("p50 <= 100", boots);

        assertThat(decision.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(decision.confidence().orElseThrow()).isCloseTo(1 - 6 / 32.0, within(1e-9));
        assertThat(decision.notes()).contains("boots differ: 450 values count as 5");

        boots[4] = filled(50, 5);
        Decision below = decide("p50 <= 100", boots);
        assertThat(below.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(below.confidence().orElseThrow()).isCloseTo(31 / 32.0, within(1e-9));
    }

    /** The same values: in any order they support a tail, sorted into boots they do not. */
    @Test
    void aTailSaysNothingOfOtherBootsWhereBootsDiffer() {
        double[] values =
                new SplittableRandom(3).doubles(1500).map(u -> -100 * Math.log1p(-u)).toArray();
        double[] sorted = values.clone();
        Arrays.sort(sorted);

        Decision alike =
                decide(
                        "max <= 3000",
                        Arrays.copyOfRange(values, 0, 750),
                        Arrays.copyOfRange(values, 750, 1500));
        Decision apart =
                decide(
                        "max <= 3000",
                        Arrays.copyOfRange(sorted, 0, 750),
                        Arrays.copyOfRange(sorted, 750, 1500));

        assertThat(alike.tail().orElseThrow().tail()).isPresent();
        assertThat(apart.tail().orElseThrow().tail()).isPresent();
        assertThat(alike.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(apart.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
    }

    /** By hand: with 95 % confidence at most 1 - 0.05^(1/n) of all values lie above the largest. */
    @ParameterizedTest
    @CsvSource({"2994, INCONCLUSIVE", "2995, HOLDS"})
    void aMaximumTakes2995ValuesWithoutATail(int count, VerdictKind kind) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> 10 + (i * 7919) % 3);

        Decision decision = decide("max <= 12", values);

        assertThat(decision.kind()).isEqualTo(kind);
        assertThat(decision.confidence().orElseThrow())
                .isCloseTo(
                        kind == VerdictKind.HOLDS ? 0.95 : Math.pow(0.05, 1.0 / count),
                        within(1e-12));
    }

    @Test
    void exactValuesThatAreAllEqualAreCertainForEveryStatistic() {
        for (String statistic : List.of("max", "p50", "p99", "mean")) {
            List<Point> points = List.of(new Point(Map.of(), List.of(filled(4, 7), filled(4, 7))));
            Decision holds = decide(statistic + " <= 7", true, points);
            assertThat(holds.kind()).as(statistic).isEqualTo(VerdictKind.HOLDS);
            assertThat(holds.confidence()).as(statistic).contains(1.0);
            assertThat(holds.certificate()).as(statistic).isTrue();
            assertThat(decide(statistic + " <= 7", false, points).certificate()).isFalse();
        }
    }

    /** Two values with mean m and error e: Student's t of one degree, with the given quotient. */
    private static double[] pair(double mean, double error) {
        return new double[] {mean - error, mean + error};
    }

    private static double tail(int degrees, double t) {
        return TDistribution.of(degrees).survivalProbability(t);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "4"})
    void aMeanThatIsViolatedAtOneOfSeveralPointsIsCorrectedForTheirNumber(int points) {
        List<Point> measured = new ArrayList<>();
        measured.add(point(1, pair(110, 0.4)));
        for (int n = 2; n <= points; n++) {
            measured.add(point(n, pair(50, 0.01)));
        }
        double chance = points * tail(1, 10 / 0.4);

        Decision decision = decide("mean <= 100", false, measured);

        assertThat(decision.kind())
                .isEqualTo(chance <= 0.05 ? VerdictKind.VIOLATED : VerdictKind.INCONCLUSIVE);
        assertThat(decision.confidence().orElseThrow()).isCloseTo(1 - chance, within(1e-9));
    }

    @Test
    void aMeanThatHoldsAtEveryPointIsAsSureAsItsWorst() {
        Decision decision =
                decide(
                        "mean <= 100",
                        false,
                        List.of(point(1, pair(50, 0.1)), point(2, pair(90, 0.4))));

        assertThat(decision.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(decision.confidence().orElseThrow())
                .isCloseTo(1 - tail(1, 10 / 0.4), within(1e-9));
        assertThat(decision.reason()).isEqualTo("the mean of 2 values is 90 at n=2");
    }

    @Test
    void aMeanOfOneValueIsOpen() {
        Decision decision = decide("mean <= 100", new double[] {1});

        assertThat(decision.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(decision.confidence()).contains(0.0);
        assertThat(decision.reason())
                .isEqualTo("the mean of 1 value is 1; one value has no spread: a mean needs two");
        assertThat(decision.advice().orElseThrow().values()).isEqualTo(10);
    }

    /** The smallest chance of all points is multiplied by their number, the largest by one. */
    @Test
    void aQuantileAboveItsLimitAtEveryPointIsNotLessSureThanAtOne() {
        Decision one = decide("p50 <= 100", false, List.of(point(1, mixed(40, 26))));
        List<Point> three =
                List.of(point(1, mixed(40, 26)), point(2, mixed(40, 26)), point(3, mixed(40, 26)));
        Decision all = decide("p50 <= 100", false, three);
        Decision oneOfThree =
                decide(
                        "p50 <= 100",
                        false,
                        List.of(
                                point(1, mixed(40, 26)),
                                point(2, mixed(40, 0)),
                                point(3, mixed(40, 0))));
        double chance = 1 - binomial(40, 25, 0.5);

        assertThat(one.confidence().orElseThrow()).isCloseTo(1 - chance, within(1e-9));
        assertThat(all.kind()).isEqualTo(VerdictKind.VIOLATED);
        assertThat(all.confidence()).isEqualTo(one.confidence());
        assertThat(oneOfThree.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(oneOfThree.confidence().orElseThrow()).isCloseTo(1 - 3 * chance, within(1e-9));
    }

    @Test
    void boundaryValuesBelongToTheClaim() {
        for (String statistic : List.of("max", "p50", "mean")) {
            List<Point> equal = List.of(new Point(Map.of(), List.of(filled(9, 100))));
            assertThat(decide(statistic + " <= 100", true, equal).kind())
                    .as(statistic)
                    .isEqualTo(VerdictKind.HOLDS);
            assertThat(decide(statistic + " <= 99.5", true, equal).kind())
                    .as(statistic)
                    .isEqualTo(VerdictKind.VIOLATED);
        }
    }
}
