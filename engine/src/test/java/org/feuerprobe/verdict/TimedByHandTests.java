package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Resolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Timed values against the rules that docs/statistics.md states, with figures by hand. */
class TimedByHandTests {
    private static final Resolution PLAIN = new Resolution(10, 1, 1);
    private static final long OVERHEAD = 50;

    private static long[] values(int n, LongUnaryOperator cost) {
        return LongStream.range(0, n).map(cost).map(v -> v + OVERHEAD).toArray();
    }

    private static BootSamples boot(int number, int batch, long[] values, long... twin) {
        return new BootSamples(number, number, batch, values, twin);
    }

    private static BootSamples boot(int number, long[] values) {
        return boot(number, 1, values, OVERHEAD, OVERHEAD);
    }

    private static Measurement point(String unit, long n, BootSamples... boots) {
        SequencedMap<String, Long> at = new LinkedHashMap<>();
        if (n > 0) {
            at.put("N", n);
        }
        return new Measurement("op", "op/any", "native", unit, at, List.of(boots));
    }

    private static Decision decide(String claim, Resolution clock, Measurement... points) {
        return new TimedDecider(
                        (Claim.Absolute) Claim.parse(claim, Claim.Mode.UPPER),
                        points[0].metric(),
                        clock)
                .decide(List.of(points));
    }

    private static Decision decide(String claim, BootSamples... boots) {
        return decide(claim, PLAIN, point("cycles", 0, boots));
    }

    private static double binomial(int n, int most, double share) {
        double term = Math.pow(1 - share, n);
        double sum = 0;
        for (int k = 0; k <= most; k++) {
            sum += term;
            term *= (double) (n - k) / (k + 1) * share / (1 - share);
        }
        return sum;
    }

    /**
     * A step of 10: what is read as 90 may be 80 to 100. Of two equal boots of 100 values, so many
     * are 90 and so many 120; p50 ≤ 100 and p50 < 100.
     */
    @ParameterizedTest
    @CsvSource({
        "<=, 0, HOLDS",
        "<=, 40, HOLDS",
        "<=, 41, HOLDS",
        "<=, 43, HOLDS",
        "<=, 44, INCONCLUSIVE",
        "<=, 50, INCONCLUSIVE",
        "<=, 58, INCONCLUSIVE",
        "<=, 59, VIOLATED",
        "<=, 60, VIOLATED",
        "<, 0, INCONCLUSIVE",
        "<, 60, VIOLATED"
    })
    void aQuantileHoldsByUpperEndsAndBreaksByLowerEnds(String relation, int beyond, String kind) {
        LongUnaryOperator cost = i -> i * 37 % 100 < beyond ? 120 : 90;
        Decision decision =
                decide(
                        "p50 " + relation + " 100 cycles",
                        boot(0, values(100, cost)),
                        boot(1, values(100, cost)));
        assertThat(decision.kind()).isEqualTo(VerdictKind.valueOf(kind));
        if (relation.equals("<=")) {
            double ifBroken = binomial(200, 2 * beyond, 0.5);
            double ifKept = beyond == 0 ? 1 : 1 - binomial(100, beyond - 1, 0.5);
            double expected =
                    switch (decision.kind()) {
                        case HOLDS -> 1 - ifBroken;
                        case VIOLATED -> 1 - ifKept;
                        default -> 0.95;
                    };
            assertThat(decision.confidence().orElseThrow()).isCloseTo(expected, within(1e-9));
        }
    }

    /** The chance of a violation at one of several points is multiplied by their number. */
    @ParameterizedTest
    @CsvSource({"1, VIOLATED", "2, INCONCLUSIVE", "3, INCONCLUSIVE"})
    void aViolationAtOneOfSeveralPointsIsCorrected(int points, String kind) {
        LongUnaryOperator dear = i -> i * 37 % 100 < 59 ? 120 : 90; // P(≥ 59 of 100) = 0.0443
        List<Measurement> measured = new ArrayList<>();
        measured.add(point("cycles", 1, boot(0, values(100, dear)), boot(1, values(100, dear))));
        for (int n = 2; n <= points; n++) {
            long[] quiet = values(100, _ -> 20);
            measured.add(point("cycles", n, boot(0, quiet), boot(1, quiet)));
        }
        Decision decision =
                decide("p50 <= 100 cycles", PLAIN, measured.toArray(Measurement[]::new));
        assertThat(decision.kind()).isEqualTo(VerdictKind.valueOf(kind));
    }

    /** Of points that all hold the least certain speaks; an open one before; a broken one first. */
    @Test
    void theWorstPointDecides() {
        long[] sure = values(200, _ -> 20);
        long[] less = values(200, i -> i % 10 == 0 ? 120 : 20);
        long[] open = values(200, i -> i % 2 == 0 ? 120 : 20);
        long[] broken = values(200, _ -> 300);
        Measurement[] all = {
            point("cycles", 1, boot(0, sure), boot(1, sure)),
            point("cycles", 2, boot(0, less), boot(1, less)),
            point("cycles", 3, boot(0, open), boot(1, open)),
            point("cycles", 4, boot(0, broken), boot(1, broken))
        };
        assertThat(decide("p80 <= 100 cycles", PLAIN, all[0], all[1]).reason())
                .startsWith("{N=2}: p80 between 10 and 30 cycles, n = 400, ");
        assertThat(decide("p80 <= 100 cycles", PLAIN, all[1], all[0]).reason())
                .startsWith("{N=2}: ");
        assertThat(decide("p50 <= 100 cycles", PLAIN, all[0], all[2], all[1]).reason())
                .startsWith("{N=3}: ");
        assertThat(decide("p50 <= 100 cycles", PLAIN, all).reason()).startsWith("{N=4}: ");
        assertThat(decide("p50 <= 100 cycles", PLAIN, all).kind()).isEqualTo(VerdictKind.VIOLATED);
    }

    @Test
    void saysEveryFigureOfAQuantile() {
        long[] twin = {50, 50, 52, 48};
        long[] calls = values(100, i -> i % 50 == 0 ? 400 : 31);
        Decision decision =
                decide(
                        "p90 <= 100 cycles",
                        new Resolution(4, 1, 2),
                        point("cycles", 16, boot(0, 1, calls, twin), boot(1, 1, calls, twin)));
        // At most (31 + 50 - 48 + 4) · 2, at least (31 - 4) · 1; four of 200 are beyond.
        assertThat(decision.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(decision.reason())
                .isEqualTo(
                        "{N=16}: p90 between 27 and 74 cycles, n = 200, 4 possibly beyond 100.0 cycles and 2 certainly in the quietest of 2 boots, one-sided confidence 1.0000; quantum 4 ticks, overhead 48 ticks taken off, 1.00 to 2.00 cycles a tick");
        assertThat(decision.confidence().orElseThrow())
                .isCloseTo(1 - binomial(200, 4, 0.1), within(1e-9));
    }

    @Test
    void saysTheFiguresOfAClockInNanoseconds() {
        long[] calls = values(400, _ -> 31);
        assertThat(
                        decide(
                                        "p90 <= 100 ns",
                                        new Resolution(4.25, 0.999, 1.001),
                                        point("ns", 0, boot(0, calls), boot(1, calls)))
                                .reason())
                .startsWith("{}: p90 between 27 and 35 ns, n = 800, 0 possibly beyond 100.0 ns ")
                .endsWith("quantum 4.3 ns, overhead 50 ns taken off, right within 0.1 %");
    }

    /** A batch of 10 shares a step: 300 for ten calls is 30, give or take one. */
    @Test
    void aBatchHasMeansAndNoQuantiles() {
        long[] calls = values(100, i -> 300 + i % 3);
        BootSamples batch = boot(0, 10, calls, OVERHEAD, OVERHEAD);
        BootSamples second = boot(1, 10, calls, OVERHEAD, OVERHEAD);
        assertThat(decide("p50 <= 100 cycles", batch, second).reason())
                .isEqualTo("a batch of operations hides the quantiles of one: batch 1");
        assertThat(decide("p50 <= 100 cycles", boot(0, calls), second).reason())
                .startsWith("a batch of operations");
        Decision mean = decide("mean <= 31.5 cycles", batch, second);
        assertThat(mean.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(decide("mean <= 29 cycles", batch, second).kind())
                .isEqualTo(VerdictKind.VIOLATED);
    }

    @Test
    void aMaximumNamesTheLargestUpperEnd() {
        long[] calls = values(1200, i -> i == 5 ? 990 : 20);
        assertThat(decide("max <= 100 cycles", boot(0, calls)).reason())
                .isEqualTo(
                        "the largest of 1,200 values is 1,000, and may be an interruption by the machine: a maximum of timed values says nothing about the kernel");
    }

    @Test
    void aMeanOfEqualValuesTakesFiveOfThem() {
        Decision four = decide("mean <= 100 cycles", boot(1, values(4, i -> 30)));
        assertThat(four.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(four.reason()).contains("; so few equal values show no spread");
        assertThat(decide("mean <= 100 cycles", boot(1, values(5, i -> 30))).kind())
                .isEqualTo(VerdictKind.HOLDS);
    }

    /**
     * Values 20 and 40 in turn have mean 30, whatever the step; s = √(100·n/(n-1)). The upper end
     * is Student's at 95 %; the lower the normal's, of the boot with the smallest.
     */
    @Test
    void aMeanHasStudentsUpperEndAndTheNormalsLower() {
        long[] calls = values(100, i -> i % 2 == 0 ? 20 : 40);
        long[] twin = {49, 51, 49, 51};
        BootSamples one = boot(0, 1, calls, twin);
        BootSamples two = boot(1, 1, calls, twin);
        double spread = Math.sqrt(100.0 * 200 / 199);
        // The overhead's smallest is 49, its mean 50: upper ends are one higher.
        double high =
                31
                        + spread
                                / Math.sqrt(200)
                                * TDistribution.of(199).inverseSurvivalProbability(0.05);
        double own = Math.sqrt(100.0 * 100 / 99) / 10;
        double twinError = Math.sqrt(4 / 3.0) / 2;
        double low =
                30
                        - NormalDistribution.of(0, 1).inverseSurvivalProbability(0.05)
                                * Math.hypot(own, twinError);
        Decision decision = decide("mean <= 60 cycles", one, two);
        assertThat(decision.reason())
                .startsWith(
                        String.format(
                                java.util.Locale.ROOT,
                                "{}: mean between %.1f and %.1f cycles, n = 200, one-sided confidence 0.95; quantum 10 ticks",
                                low,
                                high));
        assertThat(decide("mean <= %s cycles".formatted(high + 0.001), one, two).kind())
                .isEqualTo(VerdictKind.HOLDS);
        assertThat(decide("mean <= %s cycles".formatted(high - 0.001), one, two).kind())
                .isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(decide("mean <= %s cycles".formatted(low + 0.001), one, two).kind())
                .isEqualTo(VerdictKind.INCONCLUSIVE);
        Decision broken = decide("mean <= %s cycles".formatted(low - 0.001), one, two);
        assertThat(broken.kind()).isEqualTo(VerdictKind.VIOLATED);
        assertThat(broken.confidence().orElseThrow()).isCloseTo(0.95, within(0.001));
        Decision surely = decide("mean <= 32.5 cycles", one, two);
        assertThat(surely.confidence().orElseThrow())
                .isCloseTo(
                        1
                                - TDistribution.of(199)
                                        .survivalProbability(1.5 / (spread / Math.sqrt(200))),
                        within(1e-9));
    }

    @Test
    void anEqualityIsNotRefutedByALowerEnd() {
        long[] calls = values(100, i -> i % 2 == 0 ? 20 : 40);
        assertThat(decide("mean == 10 cycles", boot(0, calls), boot(1, calls)).kind())
                .isEqualTo(VerdictKind.INCONCLUSIVE);
    }

    @Test
    void aMeanIsNotBelowZero() {
        BootSamples fast = boot(0, 1, values(100, i -> -60 - i % 2), 49, 51);
        assertThat(decide("mean <= 60 cycles", fast, fast).reason())
                .contains(
                        "mean not distinguishable from zero: the call took no longer than its twin");
        BootSamples near = boot(0, 1, values(100, i -> i % 2 == 0 ? -10 : 12), 49, 51);
        assertThat(decide("mean <= 60 cycles", near, near).reason())
                .contains("cycles, which the noise here does not distinguish from zero");
    }

    /** Boots whose levels differ: a tolerance limit of others may be beyond what these have. */
    @Test
    void bootsThatDifferLeaveRoomForOthers() {
        BootSamples[] boots = new BootSamples[4];
        for (int b = 0; b < 4; b++) {
            int level = 20 + 12 * b;
            boots[b] = boot(b, values(300, i -> level + i % 4));
        }
        double limit =
                ToleranceLimit.ofQuantiles(
                        Arrays.stream(boots).map(BootSamples::atMost).toList(), 0.9, 0.95);
        assertThat(limit).isGreaterThan(80);
        Decision open = decide("p90 <= %s cycles".formatted(limit - 1), boots);
        assertThat(open.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(open.reason())
                .contains(
                        "; but boots differ, and these allow p90 of up to %.0f in others (normal tolerance limit): more boots"
                                .formatted(limit));
        assertThat(open.advice().orElseThrow().boots()).isEqualTo(8);
        assertThat(decide("p90 <= %s cycles".formatted(limit + 1), boots).kind())
                .isEqualTo(VerdictKind.HOLDS);
    }

    /**
     * Boots of which one has all the slow calls: 400 values in boots that differ count as fewer.
     */
    @Test
    void slowCallsOfOneBootCountForMore() {
        long[] slow = values(100, i -> i % 10 == 0 ? 300 : 20);
        long[] quiet = values(100, _ -> 20);
        Decision decision =
                decide(
                        "p90 <= 100 cycles",
                        boot(0, slow),
                        boot(1, quiet),
                        boot(2, quiet),
                        boot(3, quiet));
        List<double[]> flags = new ArrayList<>();
        double[] marked = new double[100];
        for (int i = 0; i < 100; i += 10) {
            marked[i] = 1;
        }
        flags.add(marked);
        for (int i = 0; i < 3; i++) {
            flags.add(new double[100]);
        }
        double effect = DesignEffect.of(flags);
        assertThat(effect).isGreaterThan(1);
        int n = (int) (400 / effect);
        assertThat(decision.reason()).contains("n = 400 (boots differ: as %d), 10 ".formatted(n));
        double ifBroken = binomial(n, (int) Math.ceil(10 / effect), 0.1);
        assertThat(decision.kind())
                .isEqualTo(ifBroken <= 0.05 ? VerdictKind.HOLDS : VerdictKind.INCONCLUSIVE);
        if (ifBroken <= 0.05) {
            assertThat(decision.confidence().orElseThrow()).isCloseTo(1 - ifBroken, within(1e-9));
        }
    }

    /** With so many values the quantile would hold if none were beyond: 0.9^n ≤ 5 % from 29 on. */
    @ParameterizedTest
    @CsvSource({"28, INCONCLUSIVE", "29, HOLDS"})
    void aQuantileTakesItsNumberOfValues(int n, String kind) {
        Decision decision = decide("p90 <= 100 cycles", boot(0, values(n, _ -> 20)));
        assertThat(decision.kind()).isEqualTo(VerdictKind.valueOf(kind));
        if (n == 28) {
            assertThat(decision.reason()).endsWith("; the claim needs about 29 values");
            assertThat(decision.advice().orElseThrow().values()).isEqualTo(29);
            assertThat(decision.advice().orElseThrow().boots()).isEqualTo(2);
        }
    }
}
