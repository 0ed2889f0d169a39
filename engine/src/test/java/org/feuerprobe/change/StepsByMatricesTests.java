package org.feuerprobe.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.feuerprobe.sample.OrderStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of step detection against their definitions: matrices, medians and plain sums. */
class StepsByMatricesTests {
    private static double[] noise(int runs, double level, long seed) {
        Random random = new Random(seed);
        double[] values = new double[runs];
        Arrays.setAll(values, _ -> level + random.nextGaussian());
        return values;
    }

    /** Solves {@code a·x = b} for the columns of b, by elimination. */
    private static double[][] solve(double[][] a, double[][] b) {
        int n = a.length;
        int columns = b[0].length;
        double[][] work = new double[n][];
        for (int i = 0; i < n; i++) {
            work[i] = Arrays.copyOf(a[i], n + columns);
            System.arraycopy(b[i], 0, work[i], n, columns);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double factor = j == i ? 0 : work[j][i] / work[i][i];
                for (int k = i; factor != 0 && k < n + columns; k++) {
                    work[j][k] -= factor * work[i][k];
                }
            }
        }
        double[][] x = new double[n][columns];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < columns; k++) {
                x[i][k] = work[i][n + k] / work[i][i];
            }
        }
        return x;
    }

    private static double median(double[] values) {
        return OrderStatistics.quantile(values, 0.5, 7);
    }

    /**
     * Generalised least squares of two levels, with the covariance of first-order autocorrelated
     * runs written out: {@code V = r^|i-j| / (1 - r²)}.
     */
    private static double expected(double[] values, int at, RunNoise noise) {
        int n = values.length;
        double r = noise.autocorrelation();
        double left = median(Arrays.copyOf(values, at));
        double right = median(Arrays.copyOfRange(values, at, n));
        double edge = 3.5 * noise.spread();
        double[][] right2 = new double[n][3];
        double[][] covariance = new double[n][n];
        for (int i = 0; i < n; i++) {
            right2[i][0] = i < at ? 1 : 0;
            right2[i][1] = i < at ? 0 : 1;
            double rest = values[i] - (i < at ? left : right);
            right2[i][2] = Math.max(-edge, Math.min(edge, rest));
            for (int j = 0; j < n; j++) {
                covariance[i][j] = Math.pow(r, Math.abs(i - j)) / (1 - r * r);
            }
        }
        double[][] weighted = solve(covariance, right2);
        double[][] normal = new double[2][2];
        double[][] sums = new double[2][1];
        for (int p = 0; p < 2; p++) {
            for (int i = 0; i < n; i++) {
                sums[p][0] += right2[i][p] * weighted[i][2];
                for (int q = 0; q < 2; q++) {
                    normal[p][q] += right2[i][p] * weighted[i][q];
                }
            }
        }
        double[][] levels = solve(normal, sums);
        double[][] inverse = solve(normal, new double[][] {{1, 0}, {0, 1}});
        double variance = inverse[0][0] + inverse[1][1] - inverse[0][1] - inverse[1][0];
        double squares = 0;
        double[] residual = new double[n];
        for (int i = 0; i < n; i++) {
            residual[i] = right2[i][2] - (i < at ? levels[0][0] : levels[1][0]);
            double fresh = i == 0 ? 0 : residual[i] - r * residual[i - 1];
            squares += fresh * fresh;
        }
        double pooled = noise.spread() * noise.spread() * (1 - r * r);
        double innovation = (6 * pooled + squares) / (6 + Math.max(1, n - 3));
        innovation = Math.max(innovation, noise.floor() * noise.floor() * (1 - r * r));
        double step = right + levels[1][0] - left - levels[0][0];
        return step / Math.sqrt(variance * innovation);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0.001",
        "0.3, 1, 0.001",
        "0.7, 1, 0.001",
        "0.9, 1, 0.001",
        "0, 0.2, 0.001",
        "0.5, 0.2, 0.001",
        "0.5, 1, 2",
        "0, 1, 3"
    })
    void aStepIsThatOfGeneralisedLeastSquares(double correlation, double spread, double floor) {
        RunNoise noise = new RunNoise(spread, floor, correlation);
        for (int at : new int[] {1, 2, 3, 7, 11}) {
            double[] values = noise(12, 50, at);
            for (int i = at; i < values.length; i++) {
                values[i] += 3;
            }
            StepStatistic statistic = new StepStatistic(values, new MedianTable(values), noise);
            double found = statistic.of(0, at, 12);
            assertThat(found / expected(values, at, noise))
                    .as("at %d", at)
                    .isCloseTo(1, within(1e-9));
            double[] longer = new double[20];
            System.arraycopy(values, 0, longer, 4, 12);
            StepStatistic inside = new StepStatistic(longer, new MedianTable(longer), noise);
            assertThat(inside.of(4, 4 + at, 16)).as("at %d", at).isCloseTo(found, within(1e-9));
        }
    }

    @Test
    void anotherNoiseIsAnotherStatistic() {
        double[] values = noise(12, 50, 3);
        RunNoise wide = new RunNoise(10, 0.001, 0.5);
        StepStatistic narrow =
                new StepStatistic(values, new MedianTable(values), new RunNoise(1, 0.001, 0));
        assertThat(narrow.with(wide).of(0, 5, 12))
                .isCloseTo(expected(values, 5, wide), within(1e-9));
    }

    @Test
    void distancesAreFromTheMedian() {
        double[] values = {7, 1, 4, 9, 100};
        StepStatistic statistic =
                new StepStatistic(values, new MedianTable(values), new RunNoise(1, 0.001, 0));
        assertThat(statistic.level(0, 4)).isEqualTo(5.5);
        assertThat(statistic.distance(0, 4)).isEqualTo(1.5 + 4.5 + 1.5 + 3.5);
        assertThat(statistic.distance(1, 4)).isEqualTo(3 + 0 + 5);
        assertThat(statistic.distance(2, 2 + 1)).isZero();
    }

    /** Long and short stretches, each asked for twice. */
    @Test
    void everyStretchHasItsMedian() {
        double[] values = noise(600, 10, 8);
        MedianTable table = new MedianTable(values);
        for (int twice = 0; twice < 2; twice++) {
            for (int length : new int[] {1, 2, 3, 10, 255, 256, 257, 258, 400, 600}) {
                for (int from = 0; from + length <= 600; from += 97) {
                    assertThat(table.of(from, from + length))
                            .as("%d from %d", length, from)
                            .isCloseTo(
                                    median(Arrays.copyOfRange(values, from, from + length)),
                                    within(1e-12));
                }
            }
        }
    }

    /**
     * Differences are 4 -4 4 -4 …, so none is pulled in beyond their size: √(16/m), with m = the
     * clipped second moment of the normal, which the class comment gives.
     */
    @Test
    void theSpreadIsThatOfDifferences() {
        double[] values = {10, 14, 10, 14, 10, 14, 10, 14, 10, 14, 10};
        double share = 2 / 10.0;
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double c = normal.inverseCumulativeProbability(1 - share / 2);
        double moment = 1 - share - 2 * c * normal.density(c) + share * c * c;
        RunNoise noise = RunNoise.independent(values);
        assertThat(noise.spread()).isCloseTo(Math.sqrt(16 / moment) / Math.sqrt(2), within(1e-9));
        assertThat(noise.autocorrelation()).isZero();
        assertThat(noise.innovation()).isEqualTo(noise.spread());
    }

    /** Three differences have none pulled in: 15 % of them, rounded, is 0. */
    @Test
    void fewDifferencesAreTakenAsTheyAre() {
        assertThat(RunNoise.winsorised(new double[] {3, -4, 12})).isEqualTo(Math.sqrt(169 / 3.0));
        assertThat(RunNoise.winsorised(new double[] {0, 0, 0})).isZero();
    }

    /** The spread is at least 0.4 of the grid's step, and 1e-4 of the value. */
    @ParameterizedTest
    @CsvSource({
        "'5,5,5,5', 0.4", // no step is seen: 1 is assumed
        "'100,100,100,101', 0.4", // a grid of 1
        "'10,10.5,11,10', 0.2",
        "'1000,1004,1000,1004', 0.8032", // a step of 4 is wider than 0.2 % of 1004
        "'10000,10007,10000,10007', 2.8", // a step of 7 is within 0.2 %
        "'0,3,0,3', 0.4", // a step of 3 is wider than 1
        "'-10000,-10007,-10000,-10007', 2.8",
        "'1000000,1000000.5,1000000,1000000.5', 100", // 1e-4 of a million
        "'50000,50000,50000,50001', 5"
    })
    void readingsLieOnAGrid(String text, double least) {
        double[] values = Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
        RunNoise noise = RunNoise.independent(values);
        assertThat(noise.floor()).isCloseTo(least, within(least * 1e-3));
        assertThat(noise.spread()).isGreaterThanOrEqualTo(noise.floor());
    }

    @Test
    void theAutocorrelationIsTheRatioOfVariancesLessOne() {
        double[] values = noise(200, 0, 4);
        for (int i = 1; i < values.length; i++) {
            values[i] += 0.6 * values[i - 1];
        }
        double[] one = new double[199];
        double[] two = new double[198];
        Arrays.setAll(one, i -> values[i + 1] - values[i]);
        Arrays.setAll(two, i -> values[i + 2] - values[i]);
        double ratio = Math.pow(RunNoise.winsorised(two) / RunNoise.winsorised(one), 2);
        assertThat(RunNoise.autocorrelation(values)).isCloseTo(ratio - 1, within(1e-12));
        assertThat(ratio - 1).isBetween(0.4, 0.8);
        assertThat(RunNoise.autocorrelation(new double[] {5, 5, 5, 5})).isZero();
    }

    /** Of autocorrelated runs, differences show √(2(1-r)) of the spread. */
    @Test
    void anAutocorrelationWidensTheSpread() {
        double[] values = noise(50, 100, 2);
        RunNoise plain = RunNoise.independent(values);
        RunNoise wider = plain.with(0.68, values, 0);
        assertThat(wider.spread()).isCloseTo(plain.spread() / Math.sqrt(0.32), within(1e-9));
        assertThat(wider.autocorrelation()).isEqualTo(0.68);
        assertThat(wider.floor()).isEqualTo(plain.floor());
        assertThat(wider.innovation())
                .isCloseTo(wider.spread() * Math.sqrt(1 - 0.68 * 0.68), within(1e-9));
        assertThat(plain.with(0.68, values, 77).spread()).isEqualTo(77);
        double[] equal = new double[50];
        Arrays.fill(equal, 100);
        RunNoise floored = RunNoise.independent(equal);
        assertThat(floored.with(0.5, equal, 0).spread()).isEqualTo(floored.floor());
    }

    @Test
    void countsThatRepeatHaveAStepWhereverTheyDiffer() {
        assertThat(ExactSteps.of(new double[] {7, 7, 9, 9, 4}))
                .containsExactly(
                        new Change(Change.Kind.EXACT, 2, 2, 7, 9, Double.POSITIVE_INFINITY),
                        new Change(Change.Kind.EXACT, 4, 4, 9, 4, Double.POSITIVE_INFINITY));
        assertThat(ExactSteps.of(new double[] {7})).isEmpty();
        assertThat(ExactSteps.of(new double[] {2, 1}).getFirst().size()).isEqualTo(-1);
    }

    @Test
    void aRunHasAFiniteValue() {
        assertThatThrownBy(() -> new HistoryRun("a", "1", Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("run a: value=NaN");
    }

    @Test
    void thePredictionIntervalTakesTwoRuns() {
        assertThatThrownBy(() -> PredictionInterval.of(new double[] {1}, 0))
                .hasMessage("runs=1: want two or more");
        PredictionInterval two = PredictionInterval.of(new double[] {1, 3}, 0);
        // s = √2, error √2·√1.5 = √3; one degree of freedom: P(|t| > 1) = 1/2.
        assertThat(two.error()).isCloseTo(Math.sqrt(3), within(1e-12));
        assertThat(two.p(2 + Math.sqrt(3))).isCloseTo(0.5, within(1e-12));
        assertThat(two.p(2 - Math.sqrt(3))).isCloseTo(0.5, within(1e-12));
        assertThat(two.margin(0.5)).isCloseTo(Math.sqrt(3), within(1e-9));
        assertThat(PredictionInterval.of(new double[] {1, 3}, 10).error())
                .isCloseTo(10 * Math.sqrt(1.5), within(1e-12));
    }
}
