package org.feuerprobe.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.feuerprobe.sample.OrderStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where levels begin and end, against the rules that the class comments and levels state. */
class SegmentationTests {
    private static double[] noise(int runs, long seed) {
        Random random = new Random(seed);
        double[] values = new double[runs];
        Arrays.setAll(values, _ -> 1000 + random.nextGaussian());
        return values;
    }

    private static double[] stepped(double[] values, int from, int to, double size) {
        double[] stepped = values.clone();
        for (int i = from; i < to; i++) {
            stepped[i] += size;
        }
        return stepped;
    }

    private static List<Integer> bounds(double[] values) {
        return new Segmentation(values).bounds();
    }

    /** Runs that alternate about two levels, so that the longest windows have the largest step. */
    private static double[] alternating(int runs, double size) {
        double[] values = new double[runs];
        Arrays.setAll(values, i -> 1000 + i % 2 + (i < runs / 2 ? 0 : size));
        return values;
    }

    /** The largest step about the middle, in standard errors. */
    private static double strength(int runs, double size) {
        StepStatistic statistic = new Segmentation(alternating(runs, size)).statistic();
        double strength = 0;
        for (int at = runs / 2 - 1; at <= runs / 2 + 1; at++) {
            strength = Math.max(strength, Math.abs(statistic.of(0, at, runs)));
        }
        return strength;
    }

    /** 4.9 among 100 runs, 2.5 more for each unit of ln(runs/100), and never below 3.7. */
    @ParameterizedTest
    @ValueSource(ints = {20, 40, 60, 72, 80, 88, 100})
    void aStepIsFoundFromItsThresholdOn(int runs) {
        double threshold = Math.max(3.7, 4.9 + 2.5 * Math.log(runs / 100.0));
        double below = 0.5;
        double above = 12;
        while (above - below > 0.001) {
            double middle = (below + above) / 2;
            if (bounds(alternating(runs, middle)).size() > 2) {
                above = middle;
            } else {
                below = middle;
            }
        }
        double missed = strength(runs, below);
        double found = strength(runs, above);
        assertThat(bounds(alternating(runs, above)).get(1)).isCloseTo(runs / 2, within(1));
        assertThat(missed).isBetween(threshold * 0.99, threshold * 1.001);
        assertThat(found).isBetween(threshold * 0.999, threshold * 1.01);
    }

    /** Each boundary lies where the distances from the two medians have the smallest sum. */
    @Test
    void boundariesLieWhereTheLevelsFitBest() {
        int found = 0;
        for (long seed = 1; seed <= 30; seed++) {
            int first = 10 + (int) (seed % 7);
            int second = 30 + (int) (seed % 5);
            double[] values = stepped(noise(60, seed), first, 60, 3.0 + seed % 3);
            values = stepped(values, second, 60, seed % 2 == 0 ? 4 : -9);
            Segmentation segmentation = new Segmentation(values);
            List<Integer> bounds = segmentation.bounds();
            StepStatistic statistic = segmentation.statistic();
            for (int i = 1; i < bounds.size() - 1; i++) {
                int from = bounds.get(i - 1);
                int to = bounds.get(i + 1);
                int best = -1;
                double least = Double.MAX_VALUE;
                for (int s = from + 3; s <= to - 3; s++) {
                    double sum = statistic.distance(from, s) + statistic.distance(s, to);
                    if (sum < least - 1e-9) {
                        least = sum;
                        best = s;
                    }
                }
                double chosen =
                        statistic.distance(from, bounds.get(i))
                                + statistic.distance(bounds.get(i), to);
                assertThat(chosen)
                        .as("seed %d, boundary %d, best %d", seed, i, best)
                        .isCloseTo(least, within(1e-9));
                found++;
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(50);
    }

    /** A level of one to five runs that then returns is an excursion, and six are a level. */
    @ParameterizedTest
    @CsvSource({"3, false", "4, false", "5, false", "6, true", "8, true"})
    void aShortLevelThatReturnsIsAnExcursion(int length, boolean level) {
        for (double size : new double[] {30, -30}) {
            List<Integer> bounds = bounds(stepped(noise(60, 3), 30, 30 + length, size));
            if (level) {
                assertThat(bounds).containsExactly(0, 30, 30 + length, 60);
            } else {
                assertThat(bounds).containsExactly(0, 60);
            }
        }
    }

    /** It returns if it comes back to within a quarter of its height. */
    @ParameterizedTest
    @CsvSource({"100, 22", "100, -22", "-100, 22", "-100, -22", "100, 28", "100, -28", "-100, 28"})
    void anExcursionReturnsToWithinAQuarterOfItsHeight(double height, double after) {
        double[] values = stepped(noise(60, 3), 30, 35, height);
        values = stepped(values, 35, 60, after);
        int levels = bounds(values).size() - 1;
        assertThat(levels).isBetween(Math.abs(after) < 25 ? 1 : 3, Math.abs(after) < 25 ? 2 : 3);
    }

    /** A smaller step that stays behind an excursion is no part of it. */
    @Test
    void aLastingStepBehindAnExcursionIsFound() {
        for (double sign : new double[] {1, -1}) {
            double[] values = stepped(noise(60, 3), 30, 35, sign * 100);
            List<Integer> bounds = bounds(stepped(values, 35, 60, sign * 20));
            assertThat(bounds).hasSize(3);
            assertThat(bounds.get(1)).isBetween(30, 35);
        }
    }

    /** Up and up again is no return, however short the level between. */
    @Test
    void aStaircaseIsNoExcursion() {
        double[] values = stepped(stepped(noise(60, 3), 30, 60, 100), 34, 60, 100);
        assertThat(bounds(values)).containsExactly(0, 30, 34, 60);
    }

    @Test
    void levelsOfThreeRunsAreFoundAtBothEnds() {
        assertThat(bounds(stepped(noise(30, 5), 0, 3, 100))).containsExactly(0, 3, 30);
        assertThat(bounds(stepped(noise(30, 5), 27, 30, 100))).containsExactly(0, 27, 30);
        assertThat(bounds(stepped(noise(6, 5), 3, 6, 100))).containsExactly(0, 3, 6);
    }

    @Test
    void manyLevelsAreAllFound() {
        double[] values = noise(80, 11);
        List<Integer> expected = new ArrayList<>(List.of(0));
        for (int at = 8; at < 80; at += 8) {
            values = stepped(values, at, 80, at % 3 == 0 ? -40 : 25);
            expected.add(at);
        }
        expected.add(80);
        assertThat(bounds(values)).isEqualTo(expected);
    }

    private static double[] autocorrelated(int runs, double correlation, long seed) {
        Random random = new Random(seed);
        double[] values = new double[runs];
        double last = random.nextGaussian() / Math.sqrt(1 - correlation * correlation);
        for (int i = 0; i < runs; i++) {
            last = correlation * last + random.nextGaussian();
            values[i] = 1000 + last;
        }
        return values;
    }

    /**
     * Residuals' first autocorrelation with Kendall's correction for the mean, averaged with that
     * of differences: of series without steps, and without residuals beyond 3.5 spreads.
     */
    @Test
    void autocorrelationIsThatOfResidualsAndDifferences() {
        int checked = 0;
        for (long seed = 1; seed <= 60; seed++) {
            double[] values = autocorrelated(120, 0.3 + 0.005 * seed, seed);
            Segmentation found = new Segmentation(values);
            double mean = Arrays.stream(values).average().orElseThrow();
            double level = OrderStatistics.quantile(values, 0.5, 7);
            double edge = 3.5 * RunNoise.independent(values).spread();
            boolean clipped =
                    Arrays.stream(values)
                            .anyMatch(v -> Math.abs(v - level) > edge || Math.abs(v - mean) > edge);
            if (clipped || found.bounds().size() > 2) {
                continue;
            }
            double squares = 0;
            double products = 0;
            for (int i = 0; i < 120; i++) {
                squares += (values[i] - mean) * (values[i] - mean);
                products += i == 0 ? 0 : (values[i] - mean) * (values[i - 1] - mean);
            }
            double raw = products / squares * 120 / 119;
            double seen = raw + (1 + 3 * Math.max(0, raw)) / 120;
            double once = Math.clamp((seen + RunNoise.autocorrelation(values)) / 2, 0, 0.9);
            RunNoise expected =
                    RunNoise.independent(values).with(once, values, Math.sqrt(squares / 119));
            assertThat(found.noise().autocorrelation())
                    .as("seed %d", seed)
                    .isCloseTo(once, within(1e-9));
            assertThat(found.noise().spread())
                    .as("seed %d", seed)
                    .isCloseTo(expected.spread(), within(1e-9));
            checked++;
        }
        assertThat(checked).isGreaterThanOrEqualTo(10);
    }

    /** Runs of an autocorrelated series stray, and are no steps, where there are ninety of them. */
    @Test
    void autocorrelatedRunsHaveFewerStepsThanIndependentOnesWouldSuggest() {
        int kept = 0;
        int cut = 0;
        for (long seed = 1; seed <= 20; seed++) {
            double[] values = autocorrelated(120, 0.7, seed);
            kept += bounds(values).size() == 2 ? 1 : 0;
            cut += bounds(Arrays.copyOf(values, 89)).size() > 2 ? 1 : 0;
        }
        assertThat(kept).isGreaterThanOrEqualTo(16);
        assertThat(cut).isGreaterThanOrEqualTo(10);
    }

    @Test
    void ninetyRunsAreEnoughForAnAutocorrelation() {
        double[] values = autocorrelated(90, 0.8, 2);
        assertThat(new Segmentation(values).noise().autocorrelation()).isGreaterThan(0.3);
        assertThat(new Segmentation(Arrays.copyOf(values, 89)).noise().autocorrelation()).isZero();
    }

    /** Independent runs keep autocorrelation 0, whatever steps they have. */
    @Test
    void stepsAreNoAutocorrelation() {
        int none = 0;
        for (long seed = 1; seed <= 10; seed++) {
            double[] values = stepped(noise(100, seed), 40, 100, 20);
            Segmentation found = new Segmentation(values);
            assertThat(found.bounds()).as("seed %d", seed).containsExactly(0, 40, 100);
            assertThat(found.noise().autocorrelation()).isLessThan(0.3);
            none += found.noise().autocorrelation() == 0 ? 1 : 0;
        }
        assertThat(none).isGreaterThanOrEqualTo(5);
    }
}
