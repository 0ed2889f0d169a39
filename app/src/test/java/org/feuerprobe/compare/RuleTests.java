package org.feuerprobe.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.FalseDiscovery;
import org.feuerprobe.sample.Measurement;
import org.junit.jupiter.api.Test;

final class RuleTests {
    private static Measurement counts(long seed, long... values) {
        return measurement(List.of(new BootSamples(0, seed, 1, values, new long[] {20, 20})));
    }

    private static Measurement measurement(List<BootSamples> boots) {
        LinkedHashMap<String, Long> at = new LinkedHashMap<>();
        at.put("N", 16L);
        return new Measurement("alloc", "alloc/full", "qemu", "instructions", at, boots);
    }

    @Test
    void aSingleInstructionInASingleValueShows() {
        long[] before = LongStream.generate(() -> 42).limit(64).toArray();
        long[] after = before.clone();
        after[17]++;

        PointChange same = ExactRule.compare(counts(1, before), counts(1, before.clone()));
        assertThat(same.direction()).isEqualTo(Direction.SAME);
        PointChange worse = ExactRule.compare(counts(1, before), counts(1, after));
        assertThat(worse.direction()).isEqualTo(Direction.WORSE);
        assertThat(worse.statistic()).isEqualTo("max");
        assertThat(worse.after() - worse.before()).isEqualTo(1);
        PointChange better = ExactRule.compare(counts(1, after), counts(1, before));
        assertThat(better.direction()).isEqualTo(Direction.BETTER);
    }

    @Test
    void theRatioOfCountsIsExact() {
        PointChange change = ExactRule.compare(counts(1, 42, 42), counts(1, 49, 49));
        assertThat(change.before()).isEqualTo(22);
        assertThat(change.after()).isEqualTo(29);
        assertThat(change.ratio()).contains(Estimate.exact(29.0 / 22));
        assertThat(change.exact()).isTrue();
    }

    @Test
    void anOverheadThatMovedWithItsOperationIsNoChange() {
        Measurement base =
                measurement(List.of(new BootSamples(0, 1, 1, new long[] {42}, new long[] {20})));
        Measurement now =
                measurement(List.of(new BootSamples(0, 1, 1, new long[] {45}, new long[] {23})));
        assertThat(ExactRule.compare(base, now).direction()).isEqualTo(Direction.SAME);
    }

    @Test
    void otherWorkIsNotTakenForAnotherKernel() {
        PointChange open = ExactRule.compare(counts(1, 42, 44), counts(2, 43, 44));
        assertThat(open.direction()).isEqualTo(Direction.OPEN);
        assertThat(open.reason()).contains("other seeds or numbers of samples");
        assertThat(ExactRule.compare(counts(1, 42, 42), counts(2, 42, 42, 42)).direction())
                .isEqualTo(Direction.SAME);
        assertThat(ExactRule.compare(counts(1, 42, 42), counts(2, 43, 43)).direction())
                .isEqualTo(Direction.WORSE);
        assertThat(ExactRule.compare(counts(1, 42, 44), counts(2, 45, 47)).direction())
                .isEqualTo(Direction.WORSE);
    }

    @Test
    void valuesThatChangedPlacesMoved() {
        PointChange moved = ExactRule.compare(counts(1, 42, 44), counts(1, 44, 42));
        assertThat(moved.direction()).isEqualTo(Direction.MOVED);
    }

    /** Benjamini and Hochberg (1995), table of section 3.2: four of fifteen are believed at 5 %. */
    @Test
    void falseDiscoveryControlAsPublished() {
        double[] published = {
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0
        };
        double[] adjusted = FalseDiscovery.adjusted(published);
        assertThat(Arrays.stream(adjusted).filter(q -> q <= 0.05).count()).isEqualTo(4);
        assertThat(adjusted[3]).isCloseTo(0.0095 * 15 / 4, within(1e-12));
        assertThat(adjusted[14]).isEqualTo(1);
    }

    /** Boots of unlike speed, values of unlike luck: what a timed kernel does. */
    private static Measurement timed(Random random, double level, int boots) {
        List<BootSamples> all = new ArrayList<>();
        for (int boot = 0; boot < boots; boot++) {
            double center = level * (1 + 0.02 * random.nextGaussian());
            long[] values =
                    random.doubles(40)
                            .mapToLong(_ -> Math.round(center * (1 + 0.01 * random.nextGaussian())))
                            .toArray();
            all.add(new BootSamples(boot, boot, 1, values, new long[] {0}));
        }
        return measurement(all);
    }

    @Test
    void seldomSeesAChangeThatIsNotThereAndOftenOneThatIs() {
        Random random = new Random(7);
        int rounds = 400;
        int alarms = 0;
        int found = 0;
        int covered = 0;
        for (int i = 0; i < rounds; i++) {
            PointChange none = TimedRule.compare(timed(random, 1000, 6), timed(random, 1000, 6));
            PointChange tenth = TimedRule.compare(timed(random, 1000, 6), timed(random, 1100, 6));
            alarms += none.p().orElseThrow() <= 0.01 ? 1 : 0;
            found += tenth.p().orElseThrow() <= 0.01 ? 1 : 0;
            covered += tenth.ratio().orElseThrow().contains(1.1) ? 1 : 0;
        }
        // 1 % of 400 are 4; more than 12 would come once in 2,000 runs of an honest rule.
        assertThat(alarms).isLessThanOrEqualTo(12);
        assertThat(found).isGreaterThan(360);
        assertThat(covered).isBetween(360, 398);
    }

    @Test
    void oneBootSaysNothingOfTheNext() {
        Random random = new Random(1);
        PointChange open = TimedRule.compare(timed(random, 1000, 1), timed(random, 2000, 1));
        assertThat(open.direction()).isEqualTo(Direction.OPEN);
        assertThat(open.reason())
                .isEqualTo("one boot does not show how boots differ: measure two or more");
    }

    @Test
    void bootsThatAgreeToTheStepAreNoCertainty() {
        Measurement a =
                measurement(
                        List.of(
                                new BootSamples(0, 1, 1, new long[] {10, 10}, new long[] {0}),
                                new BootSamples(1, 2, 1, new long[] {10, 10}, new long[] {0})));
        PointChange same = TimedRule.compare(a, a);
        assertThat(same.ratio().orElseThrow().low()).isLessThan(1);
        assertThat(same.ratio().orElseThrow().high()).isGreaterThan(1);
    }
}
