package org.feuerprobe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fits, fractions and variances against plain sums. */
class LinearAlgebraTests {
    private static Rational rational(long numerator, long denominator) {
        return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    @Test
    void fractionsAreKeptInLowestTerms() {
        assertThat(rational(6, -4)).isEqualTo(rational(-3, 2)).hasToString("-3/2");
        assertThat(rational(0, 7)).isEqualTo(rational(0, 1)).hasToString("0");
        assertThat(rational(0, 7).isZero()).isTrue();
        assertThat(rational(1, 7).isZero()).isFalse();
        assertThat(rational(8, 2)).hasToString("4");
        assertThat(rational(-3, 4).abs()).isEqualTo(rational(3, 4));
        assertThat(rational(3, 4).value()).isEqualTo(0.75);
        assertThat(rational(1, 3).value()).isCloseTo(1 / 3.0, within(1e-15));
    }

    @Test
    void fractionsCalculateExactly() {
        assertThat(rational(1, 2).plus(rational(1, 3))).isEqualTo(rational(5, 6));
        assertThat(rational(1, 2).minus(rational(1, 3))).isEqualTo(rational(1, 6));
        assertThat(rational(2, 3).times(rational(3, 4))).isEqualTo(rational(1, 2));
        assertThat(rational(2, 3).over(rational(4, 9))).isEqualTo(rational(3, 2));
        assertThat(Rational.ONE.plus(Rational.of(BigInteger.TWO))).isEqualTo(rational(3, 1));
    }

    /** Whole solutions of random systems are found, in any order of rows. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void systemsHaveTheirSolution(int size) {
        Random random = new Random(size);
        for (int trial = 0; trial < 20; trial++) {
            long[] truth = random.longs(size, -9, 10).toArray();
            Rational[][] rows = new Rational[size][size + 1];
            for (int r = 0; r < size; r++) {
                long sum = 0;
                for (int c = 0; c < size; c++) {
                    // A zero on the diagonal asks for another pivot.
                    long entry = c == r && trial % 2 == 0 ? 0 : random.nextLong(-5, 6);
                    rows[r][c] = rational(entry, 1 + r);
                    sum += entry * truth[c];
                }
                rows[r][size] = rational(sum, 1 + r);
            }
            Optional<Rational[]> found = Rational.solve(rows);
            if (found.isPresent()) {
                for (int c = 0; c < size; c++) {
                    assertThat(found.get()[c]).isEqualTo(rational(truth[c], 1));
                }
            }
        }
    }

    @Test
    void dependentRowsHaveNoSolution() {
        assertThat(
                        Rational.solve(
                                new Rational[][] {
                                    {rational(1, 1), rational(2, 1), rational(3, 1)},
                                    {rational(2, 1), rational(4, 1), rational(6, 1)}
                                }))
                .isEmpty();
        assertThat(
                        Rational.solve(
                                        new Rational[][] {
                                            {rational(0, 1), rational(2, 1), rational(4, 1)},
                                            {rational(3, 1), rational(0, 1), rational(9, 1)}
                                        })
                                .orElseThrow())
                .containsExactly(rational(3, 1), rational(2, 1));
    }

    private static double[] random(Random random, int rows) {
        double[] column = new double[rows];
        Arrays.setAll(column, _ -> random.nextGaussian());
        return column;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The residual is orthogonal to each column, and errors are those of the inverse matrix. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aFitLeavesNothingOfItsColumns(int columns) {
        Random random = new Random(columns);
        double[] target = random(random, 9);
        SmallFit fit = new SmallFit(target);
        List<double[]> all = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
            all.add(random(random, 9));
            assertThat(fit.add(all.getLast())).isTrue();
            assertThat(fit.columns()).isEqualTo(c + 1);
        }
        double[] beta = fit.coefficients();
        double[] errors = fit.standardErrors();
        double[] residual = fit.residual();
        assertThat(fit.squares()).isCloseTo(dot(residual, residual), within(1e-12));
        for (int i = 0; i < 9; i++) {
            double fitted = 0;
            for (int c = 0; c < columns; c++) {
                fitted += beta[c] * all.get(c)[i];
            }
            assertThat(target[i] - fitted).isCloseTo(residual[i], within(1e-12));
        }
        for (double[] column : all) {
            assertThat(dot(column, residual)).isCloseTo(0, within(1e-12));
        }
        assertThat(fit.lastStudent())
                .isCloseTo(beta[columns - 1] / errors[columns - 1], within(1e-9));
        for (int c = 0; c < columns; c++) {
            // 1/error² is what a column has beyond the others (Frisch and Waugh 1933).
            SmallFit others = new SmallFit(all.get(c));
            for (int o = 0; o < columns; o++) {
                if (o != c) {
                    others.add(all.get(o));
                }
            }
            assertThat(errors[c]).isCloseTo(1 / Math.sqrt(others.squares()), within(1e-9));
        }
    }

    @Test
    void columnsThatBringNothingNewAreRefused() {
        double[] one = {1, 2, 3};
        SmallFit fit = new SmallFit(new double[] {1, 1, 2});
        assertThat(fit.add(new double[3])).isFalse();
        assertThat(fit.add(one)).isTrue();
        assertThat(fit.add(new double[] {2, 4, 6})).isFalse();
        assertThat(fit.columns()).isEqualTo(1);
        double alone = fit.squares();
        assertThat(fit.add(new double[] {1, 1, 1})).isTrue();
        assertThat(fit.squares()).isLessThan(alone);
        fit.keep(1);
        assertThat(fit.squares()).isEqualTo(alone);
        fit.keep(0);
        assertThat(fit.squares()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"'3,1,2', 2", "'4,1,2,3', 2.5", "'7', 7", "'1e308,1e308', 1e308"})
    void theMiddleValueIsTheMedian(String text, double median) {
        double[] values = Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
        double[] before = values.clone();
        assertThat(Order.median(values)).isEqualTo(median);
        assertThat(values).isEqualTo(before);
    }

    @Test
    void wholeNumbersAreWhole() {
        assertThat(Order.whole(new double[] {1, -2, 0})).isTrue();
        assertThat(Order.whole(new double[] {1, 2.5})).isFalse();
    }

    /**
     * By hand: of boots (1, 3) and (5, 7) the means are 2 and 6; 4 within of 2 degrees is 2; 16
     * across of one degree. F = 8, p = 0.106. Between: (16 - 2)/2 = 7.
     */
    @Test
    void varianceIsSplitBetweenBootsAndWithin() {
        double[][] scaled = {{1, 3, 5, 7}};
        boolean[][] all = {{true, true, true, true}};
        BootVariance found = BootVariance.of(scaled, all, List.of(new int[] {0, 2, 4}), 9, 3);
        assertThat(found.within()).isEqualTo(2);
        assertThat(found.between()).isEqualTo(7);
        assertThat(found.degrees()).isEqualTo(1);
        assertThat(found.boots()).containsExactly(2);
        assertThat(found.varianceOfMean(0, 4)).isEqualTo(7 / 2.0 + 2 / 4.0);
        assertThat(found.varianceOfMean(0, 0)).isEqualTo(7 / 2.0 + 2);
        assertThat(found.withinScale()).isEqualTo(Math.sqrt(2));
        assertThat(found.betweenScale()).isEqualTo(Math.sqrt(7));
    }

    /** Boots (1, 3) and (2, 4): F = 1/2; chance does that, so the pooled variance is taken. */
    @Test
    void bootsThatAgreeHaveThePooledVariance() {
        boolean[][] all = {{true, true, true, true}};
        BootVariance found =
                BootVariance.of(
                        new double[][] {{1, 3, 2, 4}}, all, List.of(new int[] {0, 2, 4}), 9, 3);
        assertThat(found.within()).isEqualTo(9);
        assertThat(found.between()).isZero();
        assertThat(found.degrees()).isEqualTo(3);
        BootVariance one =
                BootVariance.of(
                        new double[][] {{1, 3, 2, 4}}, all, List.of(new int[] {0, 4}), 9, 3);
        assertThat(one.within()).isEqualTo(9);
        assertThat(one.boots()).containsExactly(1);
        BootVariance equal =
                BootVariance.of(
                        new double[][] {{1, 1, 2, 2}}, all, List.of(new int[] {0, 2, 4}), 9, 3);
        assertThat(equal.within()).isEqualTo(9);
    }

    /** A value that is set apart belongs to no boot; a boot of such values is none. */
    @Test
    void valuesSetApartDoNotCount() {
        double[][] scaled = {{1, 3, 100, 5, 7}, {50}};
        boolean[][] kept = {{true, true, false, true, true}, {false}};
        BootVariance found =
                BootVariance.of(scaled, kept, List.of(new int[] {0, 3, 5}, new int[] {0, 1}), 9, 3);
        assertThat(found.within()).isEqualTo(2);
        assertThat(found.between()).isEqualTo(7);
        assertThat(found.boots()).containsExactly(2, 0);
    }

    private static Point point(double n, double... values) {
        return new Point(Map.of("n", n), List.of(values));
    }

    /** Means and standard errors; a point without scatter has the median error of the others. */
    @Test
    void meansHaveTheirStandardErrors() {
        Condensed found =
                MeanCost.of(
                        new DataSet(
                                "d",
                                "instructions",
                                true,
                                List.of(
                                        point(4, 10, 14),
                                        point(1, 5, 5, 5),
                                        point(2, 3, 9),
                                        point(4, 12))),
                        List.of("n"));
        assertThat(found.points()).extracting(PointSummary::cost).containsExactly(5.0, 6.0, 12.0);
        // Errors: 3 of (3, 9); √(8/2/3) of (10, 14, 12); between these for the first.
        double third = Math.sqrt(8 / 2.0 / 3);
        assertThat(found.points().get(1).standardError()).isCloseTo(3, within(1e-12));
        assertThat(found.points().get(2).standardError()).isCloseTo(third, within(1e-12));
        assertThat(found.points().get(0).standardError()).isCloseTo((3 + third) / 2, within(1e-12));
        assertThat(found.values()).isEqualTo(8);
        assertThat(found.noise().degreesOfFreedom()).isEqualTo(5);
        assertThat(found.noise().scale()).isCloseTo(Math.sqrt((18 + 8) / 5.0), within(1e-12));
        assertThat(found.points().get(2).values()).isEqualTo(3);
    }

    @Test
    void meansWithoutScatterHaveATinyError() {
        Condensed found =
                MeanCost.of(
                        new DataSet("d", "i", true, List.of(point(1, 5), point(2, -1000))),
                        List.of("n"));
        assertThat(found.points())
                .allSatisfy(p -> assertThat(p.standardError()).isCloseTo(1e-6, within(1e-15)));
        assertThat(found.noise().scale()).isZero();
    }

    private static Condensed condensed(double error, double degrees, double... costs) {
        List<PointSummary> points = new ArrayList<>();
        for (int i = 0; i < costs.length; i++) {
            points.add(new PointSummary(Map.of("n", i + 1.0), costs[i], error, 8, 0));
        }
        return new Condensed(List.of("n"), points, new Noise(1, 0.01, 0, degrees), 64, 0);
    }

    /** Of eight costs that fall at every step the chance is 1/8! of a random order. */
    @Test
    void aCostThatFallsAtEveryStepIsCertain() {
        double[] falls = {80, 70, 60, 50, 40, 30, 20, 10};
        assertThat(Falling.chance(condensed(1, 50, falls))).isCloseTo(1 / 40320.0, within(1e-12));
        double[] rises = {10, 20, 30, 40, 50, 60, 70, 80};
        assertThat(Falling.chance(condensed(1, 50, rises))).isEqualTo(1);
    }

    /** Four points: one order of 24 is no certainty of a timed cost, but is of exact counts. */
    @Test
    void fewPointsFallForCertainWithoutScatter() {
        assertThat(Falling.chance(condensed(1, 50, 40, 30, 20, 10))).isEqualTo(1);
        assertThat(Falling.chance(condensed(1, 0, 40, 30, 20, 10)))
                .isCloseTo(1 / 24.0, within(1e-12));
        assertThat(Falling.chance(condensed(1, 0, 40, 30, 30, 10))).isEqualTo(1);
        assertThat(Falling.chance(condensed(1, 0, 40, 30, 20))).isEqualTo(1);
    }

    /** A rise within the scatter is none; one of ten standard errors is. */
    @Test
    void aRiseBeyondTheScatterIsNoFall() {
        double[] slight = {80, 70, 60, 50, 50.5, 30, 20, 10};
        assertThat(Falling.chance(condensed(1, 50, slight))).isLessThan(0.01);
        double[] clear = {80, 70, 60, 50, 60, 30, 20, 10};
        assertThat(Falling.chance(condensed(1, 50, clear))).isEqualTo(1);
        double[] pooled = {80, 70, 60, 49, 50, 51, 20, 10};
        assertThat(Falling.chance(condensed(1, 50, pooled))).isLessThan(0.01);
    }

    /** Schwarz: every number fitted costs ln(points + degrees), every break twice ln(points). */
    @Test
    void aScoreCountsMisfitNumbersAndBreaks() {
        Score score = new Score(20, 2, 10);
        assertThat(score.perFreedom()).isCloseTo(Math.log(30), within(1e-12));
        assertThat(score.deviance(80)).isCloseTo(30 * Math.log1p(80 / 40.0), within(1e-12));
        Hypothesis plain =
                new Hypothesis(
                        List.of(), RegimeKind.NONE, new int[0], true, false, 80, 2, 0.5, 1.5, 0);
        assertThat(score.of(plain))
                .isCloseTo(score.deviance(80) + 2 * Math.log(30) + 1.5, within(1e-12));
        Hypothesis broken =
                new Hypothesis(
                        List.of(),
                        RegimeKind.LEVEL,
                        new int[] {3, 5},
                        true,
                        false,
                        80,
                        2,
                        0.49,
                        0,
                        0);
        assertThat(score.of(broken))
                .isCloseTo(score.deviance(80) + 2 * Math.log(30) + 4 * Math.log(10), within(1e-12));
        assertThat(plain.dominant()).isTrue();
        assertThat(broken.dominant()).isFalse();
        assertThat(new Score(0, 1, 1).perFreedom()).isCloseTo(Math.log(3), within(1e-12));
    }
}
