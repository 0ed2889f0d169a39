package org.feuerprobe.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NewestRunTests {
    private static double[] noise(Random random, int runs) {
        double[] values = new double[runs];
        Arrays.setAll(values, _ -> 1000 + 10 * random.nextGaussian());
        return values;
    }

    private static NewestRun.Judged alone(double[] values) {
        return NewestRun.judge(List.of(values)).getFirst();
    }

    /** By hand: mean 10, s = 2, error 2·√(4/3) = 2.3094; t of 2 degrees at 97.5 % is 4.302653. */
    @Test
    void theIntervalIsStudentsForOneFurtherValue() {
        PredictionInterval interval = PredictionInterval.of(new double[] {8, 10, 12}, 0);
        assertThat(interval.mean()).isEqualTo(10);
        assertThat(interval.error()).isCloseTo(2.309401, within(1e-6));
        assertThat(interval.margin(0.05)).isCloseTo(9.936551, within(1e-5));
        assertThat(interval.p(19.936551)).isCloseTo(0.05, within(1e-6));
        assertThat(interval.p(10)).isEqualTo(1);
    }

    @Test
    void theIntervalHoldsTheNextRunAsOftenAsItSays() {
        Random random = new Random(5);
        int missed = 0;
        for (int i = 0; i < 4000; i++) {
            double[] values = noise(random, 11);
            double p = PredictionInterval.of(Arrays.copyOf(values, 10), 0).p(values[10]);
            missed += p < 0.05 ? 1 : 0;
        }
        assertThat(missed).isBetween(160, 240); // 200, and three standard deviations of 13.8
    }

    @Test
    @Tag("simulation")
    void fewStationaryCampaignsRaiseAnAlarm() {
        Random random = new Random(3);
        int alarms = 0;
        for (int campaign = 0; campaign < 400; campaign++) {
            List<double[]> series = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                series.add(noise(random, 25));
            }
            alarms +=
                    NewestRun.judge(series).stream()
                                    .anyMatch(one ->
                                            one.standing() == NewestRun.Standing.WORSE
                                                    || one.standing() == NewestRun.Standing.BETTER)
                            ? 1
                            : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(4); // 1 %
    }

    /**
     * A cost that rises twice within a few runs raises two alarms, however short the first level.
     */
    @Test
    void eachFurtherStepIsToldHoweverYoungTheLevelIs() {
        Random random = new Random(1);
        for (double factor : new double[] {0.5, 0.7, 1.4, 2}) {
            for (int before = 8; before <= 20; before++) {
                for (int young = 1; young <= 7; young++) {
                    double[] values = noise(random, before + young + 1);
                    for (int i = before; i < values.length; i++) {
                        values[i] *= i < values.length - 1 ? factor : factor * factor;
                    }
                    assertThat(alone(values).standing())
                            .as("%s %d %d", factor, before, young)
                            .isEqualTo(
                                    factor > 1
                                            ? NewestRun.Standing.WORSE
                                            : NewestRun.Standing.BETTER);
                }
            }
        }
    }

    @Test
    @Tag("simulation")
    void aStepIsToldOnceAndIsTheNextBaseline() {
        Random random = new Random(8);
        int told = 0;
        int quiet = 0;
        int settled = 0;
        for (int series = 0; series < 50; series++) {
            double[] values = noise(random, 40);
            for (int i = 20; i < 40; i++) {
                values[i] += 100;
            }
            quiet +=
                    alone(Arrays.copyOf(values, 20)).standing() == NewestRun.Standing.AS_BEFORE
                            ? 1
                            : 0;
            int alerts = 0;
            for (int runs = 21; runs <= 40; runs++) {
                NewestRun.Judged judged = alone(Arrays.copyOf(values, runs));
                alerts += judged.standing() == NewestRun.Standing.WORSE ? 1 : 0;
            }
            told += alerts == 1 ? 1 : 0;
            NewestRun.Judged last = alone(values);
            settled +=
                    last.standing() == NewestRun.Standing.AS_BEFORE
                                    && Math.abs(last.level() - 1100) < 20
                            ? 1
                            : 0;
        }
        assertThat(quiet).isGreaterThanOrEqualTo(48);
        assertThat(settled).isGreaterThanOrEqualTo(48);
        assertThat(told).isGreaterThanOrEqualTo(45);
    }

    @Test
    void lessIsBetterAndFewRunsSayNothing() {
        double[] values = noise(new Random(1), 21);
        values[20] = 700;
        assertThat(alone(values).standing()).isEqualTo(NewestRun.Standing.BETTER);
        NewestRun.Judged few = alone(new double[] {10, 10, 10, 90});
        assertThat(few.standing()).isEqualTo(NewestRun.Standing.TOO_FEW);
        assertThat(few.runs()).isEqualTo(3);
    }

    @Test
    void oneOfThousandSeriesMustBeFurtherOffThanOneAlone() {
        double[] values = noise(new Random(2), 21);
        values[20] = 1000 + 47;
        List<double[]> many = new ArrayList<>(List.of(values));
        Random random = new Random(4);
        for (int i = 0; i < 99; i++) {
            many.add(noise(random, 21));
        }
        double alone = alone(values).p();
        assertThat(NewestRun.judge(many).getFirst().p()).isCloseTo(100 * alone, within(1e-9));
    }

    /** Two questions are asked of a run, so the chance of the smaller answer counts twice. */
    @Test
    void aRunThatNoChangeExplainsHasTwiceItsChanceAlone() {
        double[] before = {10, 12, 9, 11, 13, 8, 10, 12};
        for (double next : new double[] {10, 13, 14, 15}) {
            double[] values = Arrays.copyOf(before, before.length + 1);
            values[before.length] = next;
            double own = PredictionInterval.of(before, 0).p(next);

            NewestRun.Judged judged = alone(values);

            assertThat(judged.p())
                    .as("next %s", next)
                    .isCloseTo(Math.min(1, 2 * own), within(1e-12));
            assertThat(judged.runs()).isEqualTo(8);
            assertThat(judged.level()).isCloseTo(10.625, within(1e-12));
        }
    }
}
