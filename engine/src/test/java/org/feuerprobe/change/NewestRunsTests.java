package org.feuerprobe.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the newest runs show that no later run confirms yet, at the border of each rule. */
class NewestRunsTests {
    /** Runs that alternate about two levels one apart, with the newest ones a size further up. */
    private static double[] alternating(int runs, int newest, double size) {
        double[] values = new double[runs];
        Arrays.setAll(values, i -> 1000 + i % 2 + (i < runs - newest ? 0 : size));
        return values;
    }

    private static double[] noise(int runs, long seed) {
        Random random = new Random(seed);
        double[] values = new double[runs];
        Arrays.setAll(values, _ -> 1000 + random.nextGaussian());
        return values;
    }

    private static double[] with(double[] values, int at, double... others) {
        double[] changed = values.clone();
        System.arraycopy(others, 0, changed, at, others.length);
        return changed;
    }

    private static NewestRun.Judged judged(double[] values) {
        return NewestRun.judge(List.of(values)).getFirst();
    }

    /** Three to five runs are fewer standard errors away, and more so the older runs agree. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void threeToFiveRunsStandOutFromThreeStandardErrorsOn(int newest) {
        double missed = 0;
        double found = 0;
        for (double size = 2; found == 0 && size < 30; size += 0.1) {
            double[] values = alternating(30, newest, size);
            StepStatistic statistic = new Segmentation(values).statistic();
            List<Change> changes = ChangeDetector.changes(values);
            if (changes.isEmpty()) {
                missed = Math.abs(statistic.of(0, 30 - newest, 30));
            } else {
                found = Math.abs(changes.getFirst().statistic());
                assertThat(changes.getFirst().onset()).isBetween(30 - newest - 1, 28);
            }
        }
        assertThat(missed).isLessThan(3.7);
        assertThat(found).isGreaterThanOrEqualTo(3.0);
    }

    /** Of two or three runs all must be beyond 0.4 of the step, of four and five all but one. */
    @Test
    void runsThatDisagreeDoNotStandOutTogether() {
        double[] values = noise(30, 3);
        assertThat(ChangeDetector.changes(with(values, 28, 1040, 1040)))
                .singleElement()
                .satisfies(change -> assertThat(change.onset()).isBetween(27, 28));
        assertThat(ChangeDetector.changes(with(values, 28, 1040, 1000))).isEmpty();
        assertThat(ChangeDetector.changes(with(values, 28, 1000, 1005))).isEmpty();
    }

    /** At least five runs before, or nothing is said of the newest. */
    @Test
    void theNewestRunsNeedFiveBefore() {
        double[] seven = {1000, 1001, 1000, 1001, 1000, 1040, 1040};
        assertThat(ChangeDetector.changes(seven))
                .singleElement()
                .satisfies(change -> assertThat(change.onset()).isBetween(4, 5));
        double[] six = {1000, 1001, 1000, 1001, 1000, 1400};
        assertThat(ChangeDetector.changes(six))
                .singleElement()
                .satisfies(change -> assertThat(change.kind()).isEqualTo(Change.Kind.SINGLE));
        assertThat(ChangeDetector.changes(Arrays.copyOfRange(six, 1, 6))).isEmpty();
    }

    /**
     * A single run: more than ten spreads from the level, and further outside the range than that
     * is wide. The spread of runs that alternate by 1 is near 0.9, their range 1.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void oneRunAloneMustBeTenSpreadsAway(int sign) {
        double[] values = new double[30];
        Arrays.setAll(values, i -> 1000 + i % 2);
        double found = 0;
        double spread = 0;
        for (double off = 7; found == 0 && off < 30; off += 0.05) {
            values[29] = 1000.5 + sign * off;
            Segmentation segments = new Segmentation(values);
            List<Change> changes = ChangeDetector.changes(values);
            if (!changes.isEmpty()) {
                assertThat(changes.getFirst().kind()).isEqualTo(Change.Kind.SINGLE);
                assertThat(changes.getFirst().onset()).isEqualTo(29);
                assertThat(changes.getFirst().shown()).isEqualTo(29);
                found = Math.abs(values[29] - segments.statistic().level(0, 29));
                spread = segments.noise().spread();
            }
        }
        assertThat(found / spread).isBetween(10.0, 10.1);
    }

    /** An earlier outlier widens the range: the newest run must lie beyond it by its width. */
    @ParameterizedTest
    @CsvSource({
        "1050, 1098, false",
        "1050, 1104, true",
        "1050, 940, true",
        "1050, 955, false",
        "950, 902, false",
        "950, 896, true",
        "950, 1060, true",
        "950, 1045, false"
    })
    void oneRunAloneMustLeaveTheRangeByItsWidth(double outlier, double newest, boolean shown) {
        double[] values = new double[30];
        Arrays.setAll(values, i -> 1000 + i % 2);
        values[12] = outlier;
        values[29] = newest;
        assertThat(ChangeDetector.changes(values)).hasSize(shown ? 1 : 0);
    }

    /** The run that shows a step: the first beyond half of it, or the second after outliers. */
    @Test
    void aStepIsShownByTheFirstRunBeyondHalfOfIt() {
        double[] values = new double[40];
        Arrays.setAll(values, i -> (i < 20 ? 1000 : 1010) + i % 2);
        assertThat(ChangeDetector.changes(values).getFirst().shown()).isEqualTo(20);

        double[] outlier = with(values, 5, 1009);
        Change second = ChangeDetector.changes(outlier).getFirst();
        assertThat(second.onset()).isEqualTo(20);
        assertThat(second.shown()).isEqualTo(21);

        double[] down = new double[40];
        Arrays.setAll(down, i -> (i < 20 ? 1000 : 990) + i % 2);
        assertThat(ChangeDetector.changes(down).getFirst().shown()).isEqualTo(20);
        assertThat(ChangeDetector.changes(with(down, 5, 991)).getFirst().shown()).isEqualTo(21);
        assertThat(ChangeDetector.changes(with(down, 5, 1012)).getFirst().shown()).isEqualTo(20);
    }

    @Test
    void aLargeStepIsShownByARunBeyondTwoAndAHalfSpreads() {
        double[] values = new double[40];
        Arrays.setAll(values, i -> (i < 20 ? 1000 : 1003) + i % 2);
        double spread = ChangeDetector.spread(values);
        // Half the step is 1.5; 2.5 spreads are more, and 0.8 of the step is 2.4.
        assertThat(2.5 * spread).isGreaterThan(1.5);
        double edge = Math.min(2.5 * spread, 2.4);
        Change change = ChangeDetector.changes(values).getFirst();
        for (int i = change.onset(); i < change.shown(); i++) {
            assertThat(values[i] - change.before()).isLessThanOrEqualTo(edge);
        }
        assertThat(values[change.shown()] - change.before()).isGreaterThan(edge);
    }

    @Test
    void theSpreadTakesThreeRuns() {
        assertThat(ChangeDetector.spread(new double[] {1, 9})).isZero();
        double[] three = {1, 9, 2};
        assertThat(ChangeDetector.spread(three)).isEqualTo(RunNoise.independent(three).spread());
        assertThat(ChangeDetector.spread(three)).isGreaterThan(1);
    }

    @Test
    void sixRunsAreTheFewest() {
        double[] values = {1000, 1001, 1000, 1100, 1101, 1100};
        assertThat(ChangeDetector.changes(values))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.kind()).isEqualTo(Change.Kind.STEP);
                    assertThat(change.onset()).isEqualTo(3);
                    assertThat(change.before()).isEqualTo(1000);
                    assertThat(change.after()).isEqualTo(1100);
                });
    }

    /** The interval is that of the runs before, and its figures say where the newest lies. */
    @Test
    void theFiguresOfARunAreThoseOfItsInterval() {
        double[] before = {10, 12, 9, 11, 13, 8, 10, 12};
        double[] values = Arrays.copyOf(before, 9);
        values[8] = 11;
        NewestRun.Judged judged = judged(values);
        PredictionInterval interval = PredictionInterval.of(before, 0);
        assertThat(judged.level()).isEqualTo(10.625);
        assertThat(judged.high()).isCloseTo(10.625 + interval.margin(0.001), within(1e-12));
        assertThat(judged.low()).isCloseTo(10.625 - interval.margin(0.001), within(1e-12));
        assertThat(judged.value()).isEqualTo(11);
        assertThat(judged.all()).isEqualTo(8);

        NewestRun.Judged few = judged(new double[] {10, 90});
        assertThat(few.standing()).isEqualTo(NewestRun.Standing.TOO_FEW);
        assertThat(few.level()).isEqualTo(90);
        assertThat(few.low()).isEqualTo(90);
        assertThat(few.high()).isEqualTo(90);
        assertThat(few.runs()).isEqualTo(1);
        assertThat(few.p()).isEqualTo(1);
        assertThat(few.persists(90)).isFalse();
    }

    @Test
    void theFifthRunBeforeMakesARunJudgeable() {
        double[] six = {10, 11, 10, 11, 10, 11};
        assertThat(judged(six).standing()).isEqualTo(NewestRun.Standing.AS_BEFORE);
        assertThat(judged(Arrays.copyOf(six, 5)).standing()).isEqualTo(NewestRun.Standing.TOO_FEW);
    }

    /** A rerun confirms on the same side, from the 5 % point of the interval on. */
    @Test
    void aRerunConfirmsOnTheSameSide() {
        PredictionInterval interval = new PredictionInterval(9, 100, 1);
        double edge = interval.margin(0.05);
        NewestRun.Judged above =
                new NewestRun.Judged(
                        NewestRun.Standing.WORSE, Optional.of(interval), 9, 110, 0.0001);
        assertThat(above.persists(100 + edge * 1.000001)).isTrue();
        assertThat(above.persists(100 + edge * 0.999999)).isFalse();
        assertThat(above.persists(100 - edge * 2)).isFalse();
        NewestRun.Judged below =
                new NewestRun.Judged(
                        NewestRun.Standing.BETTER, Optional.of(interval), 9, 90, 0.0001);
        assertThat(below.persists(100 - edge * 1.000001)).isTrue();
        assertThat(below.persists(100 - edge * 0.999999)).isFalse();
        assertThat(below.persists(100 + edge * 2)).isFalse();
    }

    /** What the run before showed is known; a change to the other side is new. */
    @Test
    void aChangeAlertsOnce() {
        double[] values = noise(24, 6);
        double[] first = with(values, 23, 1100);
        assertThat(judged(first).standing()).isEqualTo(NewestRun.Standing.WORSE);
        double[] second = with(values, 22, 1100, 1100.5);
        assertThat(judged(second).standing()).isEqualTo(NewestRun.Standing.KNOWN);
        double[] back = with(values, 22, 1100, 900);
        assertThat(judged(back).standing()).isEqualTo(NewestRun.Standing.BETTER);
        double[] down = with(values, 23, 900);
        assertThat(judged(down).standing()).isEqualTo(NewestRun.Standing.BETTER);
        double[] stays = with(values, 22, 900, 900.5);
        assertThat(judged(stays).standing()).isEqualTo(NewestRun.Standing.KNOWN);
        double[] turned = with(values, 22, 900, 1100);
        assertThat(judged(turned).standing()).isEqualTo(NewestRun.Standing.WORSE);
    }

    /** Six runs: the run before has four before it, and so showed nothing. */
    @Test
    void whatCouldNotBeJudgedBeforeIsNew() {
        double[] values = {1000, 1001, 1000, 1001, 1000, 1100};
        assertThat(judged(values).standing()).isEqualTo(NewestRun.Standing.WORSE);
        double[] again = {1000, 1001, 1000, 1001, 1100, 1100};
        assertThat(judged(again).standing()).isNotEqualTo(NewestRun.Standing.KNOWN);
    }

    /**
     * Several newest runs together: five places and two sides of a normal tail, where that is less
     * than the newest alone has.
     */
    @Test
    void runsThatStandOutTogetherHaveTheirOwnChance() {
        int together = 0;
        for (double size : new double[] {4, 4.5, 5, 6}) {
            double[] values = new double[30];
            Arrays.setAll(values, i -> 1000 + (i * 7 % 5) * 0.8 + (i < 26 ? 0 : size));
            List<Change> changes = ChangeDetector.changes(values);
            if (changes.isEmpty() || changes.getLast().onset() <= 29 - 5) {
                continue;
            }
            Change change = changes.getLast();
            double[] before = Arrays.copyOf(values, change.onset());
            double floor = RunNoise.independent(before).floor();
            double alone = PredictionInterval.of(before, floor).p(values[29]);
            double both =
                    10
                            * NormalDistribution.of(0, 1)
                                    .survivalProbability(Math.abs(change.statistic()));
            together += both < alone ? 1 : 0;
            NewestRun.Judged judged = judged(values);
            assertThat(judged.p())
                    .as("size %s", size)
                    .isCloseTo(Math.min(1, 2 * Math.min(alone, both)), within(1e-9));
            assertThat(judged.runs()).isEqualTo(change.onset());
        }
        assertThat(together).isPositive();
    }

    /** Five runs after a step are still the step's; the sixth has them as its baseline. */
    @Test
    void theLevelAfterAStepIsTheNextBaseline() {
        double[] values = new double[30];
        Arrays.setAll(values, i -> (i < 20 ? 1000 : 1100) + i % 2);
        for (int runs = 21; runs <= 30; runs++) {
            NewestRun.Judged judged = judged(Arrays.copyOf(values, runs));
            boolean settled = runs >= 26;
            assertThat(judged.level())
                    .as("%d runs", runs)
                    .isCloseTo(settled ? 1100.5 : 1000.5, within(0.3));
            assertThat(judged.runs())
                    .as("%d runs", runs)
                    .isBetween(settled ? runs - 21 : 19, settled ? runs - 20 : 20);
            assertThat(judged.standing())
                    .as("%d runs", runs)
                    .isEqualTo(
                            runs == 21
                                    ? NewestRun.Standing.WORSE
                                    : settled
                                            ? NewestRun.Standing.AS_BEFORE
                                            : NewestRun.Standing.KNOWN);
        }
    }
}
