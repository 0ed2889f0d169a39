package org.feuerprobe.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChangeDetectorTests {
    private static double[] noise(int runs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
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

    @Test
    void findsAStepWithItsRunDirectionAndSize() {
        List<Change> changes = ChangeDetector.changes(stepped(noise(60, 1), 40, 60, 8));
        assertThat(changes).hasSize(1);
        Change change = changes.getFirst();
        assertThat(change.kind()).isEqualTo(Change.Kind.STEP);
        assertThat(change.onset()).isEqualTo(40);
        assertThat(change.shown()).isEqualTo(40);
        assertThat(change.direction(Better.LOWER)).isEqualTo(Change.Direction.REGRESSION);
        assertThat(change.size()).isCloseTo(8, within(1.0));
    }

    @Test
    void findsAStepDownThatThreeRunsShow() {
        List<Change> changes = ChangeDetector.changes(stepped(noise(33, 2), 30, 33, -6));
        assertThat(changes)
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.shown()).isBetween(30, 32);
                    assertThat(change.direction(Better.LOWER))
                            .isEqualTo(Change.Direction.IMPROVEMENT);
                });
    }

    /** Two are no level yet: only a third run, or a rerun, makes them a step. */
    @Test
    void theTwoNewestRunsAreNoStep() {
        for (double size : new double[] {8, 20, -20, 100}) {
            assertThat(ChangeDetector.changes(stepped(noise(40, 4), 38, 40, size)))
                    .extracting(Change::kind, Change::onset)
                    .containsExactly(tuple(Change.Kind.RECENT, 38));
            assertThat(ChangeDetector.changes(stepped(noise(40, 4), 37, 40, size)))
                    .extracting(Change::kind, Change::onset)
                    .containsExactly(tuple(Change.Kind.STEP, 37));
        }
    }

    /** Three runs are a level, even if one of the later two is an outlier. */
    @Test
    void anOutlierAmongThreeNewestRunsLeavesThemAStep() {
        for (int outlier = 38; outlier < 40; outlier++) {
            double[] values = stepped(noise(40, 4), 37, 40, -20);
            values[outlier] += 20;
            assertThat(ChangeDetector.changes(values))
                    .extracting(Change::kind, Change::onset)
                    .containsExactly(tuple(Change.Kind.STEP, 37));
        }
    }

    @Test
    void restartsTheBaselineAfterAStep() {
        double[] values = stepped(stepped(noise(90, 3), 30, 90, 10), 60, 90, 10);
        assertThat(ChangeDetector.changes(values))
                .extracting(Change::onset)
                .containsExactly(30, 60);
    }

    @Test
    void takesAnExcursionForNoStep() {
        assertThat(ChangeDetector.changes(stepped(noise(60, 4), 30, 34, 12))).isEmpty();
    }

    @Test
    void pointsAtOneNewestRunFarOff() {
        assertThat(ChangeDetector.changes(stepped(noise(40, 5), 39, 40, 100)))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.kind()).isEqualTo(Change.Kind.SINGLE);
                    assertThat(change.shown()).isEqualTo(39);
                });
    }

    @Test
    void knowsNothingOfConstantOrShortSeries() {
        double[] constant = new double[50];
        Arrays.fill(constant, 206);
        assertThat(ChangeDetector.changes(constant)).isEmpty();
        assertThat(ChangeDetector.changes(new double[] {1, 100, 1, 100, 1})).isEmpty();
        assertThat(ChangeDetector.changes(new double[0])).isEmpty();
    }

    @Test
    void seesOneUnitInAConstantSeries() {
        double[] values = new double[30];
        Arrays.fill(values, 206);
        Arrays.fill(values, 20, 30, 208);
        assertThat(ChangeDetector.changes(values)).extracting(Change::onset).containsExactly(20);
    }

    /** Another unit changes nothing; negated, regressions are improvements. */
    @Test
    void doesNotDependOnTheUnit() {
        for (long seed = 0; seed < 40; seed++) {
            double[] values = stepped(noise(50, seed), 25, 50, 4);
            List<Change> found = ChangeDetector.changes(values);
            double[] scaled = Arrays.stream(values).map(v -> -1024 * v).toArray();
            List<Change> other = ChangeDetector.changes(scaled);
            assertThat(other)
                    .as("seed " + seed)
                    .extracting(Change::onset)
                    .isEqualTo(found.stream().map(Change::onset).toList());
            for (int i = 0; i < found.size(); i++) {
                assertThat(other.get(i).size())
                        .as("seed " + seed)
                        .isCloseTo(-1024 * found.get(i).size(), within(1e-6));
            }
        }
    }
}
