package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignProgress;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.guest.FakeTarget;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Resolution;
import org.feuerprobe.sample.TickRate;
import org.junit.jupiter.api.Test;

/** Verdicts on costs that are times: of a clock, of cycles, and of a board's recording. */
final class TimedJudgeTests {
    @Test
    void oneBootDoesNotRefuteHowATimedCostGrows() throws CampaignException, InterruptedException {
        assertThat(timed(1).kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(timed(1).reason())
                .startsWith("a: violated in one boot, which may be a disturbance: ");
        assertThat(timed(1).decisive().flatMap(e -> e.decision().advice()))
                .hasValueSatisfying(advice -> assertThat(advice.boots()).isEqualTo(5));
        assertThat(timed(3).kind()).isEqualTo(VerdictKind.VIOLATED);
    }

    @Test
    void timeRefutesGrowthOnlyBeyondWhatCachesDo() throws CampaignException, InterruptedException {
        FakeTarget.Cost misses =
                call -> 700 + (call.at("N") > 128 ? 400 * (call.at("N") / 128 - 1) : 0);
        BoundVerdict verdict = timed(3, "O(1)", misses);
        assertThat(verdict.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("caches alone may do that, and only counts can tell");
        FakeTarget.Cost slight = call -> 7000 + call.at("N") * call.at("N") / 10;
        assertThat(timed(3, "O(N)", slight).reason())
                .isEqualTo(
                        "a: cost grows as O(N^2) in instructions, but no median exceeds what the bound allows from the cheapest point on, and only counts can tell");
        FakeTarget.Cost square = call -> 700 + 30 * call.at("N") * call.at("N");
        assertThat(timed(3, "O(N)", square).kind()).isEqualTo(VerdictKind.VIOLATED);
        assertThat(timed(3, "O(N^2)", square).kind()).isEqualTo(VerdictKind.HOLDS);
    }

    /** A board's cycles come without the steps of its clock, and are time all the same. */
    @Test
    void recordedTimeIsRefutedLikeAnyTime() throws CampaignException, InterruptedException {
        for (String unit : List.of("cycles", "ns")) {
            assertThat(recorded(1, unit, "max <= 100 " + unit).reason())
                    .startsWith("a: violated in one boot, which may be a disturbance: ");
            assertThat(recorded(3, unit, "max <= 100 " + unit).kind())
                    .isEqualTo(VerdictKind.VIOLATED);
            assertThat(recorded(3, unit, "O(1) " + unit).reason())
                    .contains("caches alone may do that, and only counts can tell");
        }
        assertThat(recorded(1, "instructions", "max <= 100").kind())
                .isEqualTo(VerdictKind.VIOLATED);
        assertThat(recorded(1, "instructions", "O(1)").kind()).isEqualTo(VerdictKind.VIOLATED);
    }

    /** One interruption lasts longer than any limit, on a board as on this machine. */
    @Test
    void anInterruptionRefutesNoMaximumOfRecordedTimes()
            throws CampaignException, InterruptedException {
        for (String unit : List.of("cycles", "ns")) {
            BoundVerdict verdict =
                    recorded(3, unit, "max <= 100 " + unit, call -> call.sample() == 2 ? 900 : 50);
            assertThat(verdict.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
            assertThat(verdict.reason())
                    .startsWith("a: 3 of 12 values exceed 100 " + unit + ", the largest is 900")
                    .endsWith(
                            ", and may be an interruption by the machine: claim a quantile, such as p99.9");
            assertThat(recorded(3, unit, "max <= 100 " + unit, _ -> 101).kind())
                    .isEqualTo(VerdictKind.VIOLATED);
            assertThat(recorded(3, unit, "max == 100 " + unit, _ -> 101).kind())
                    .isEqualTo(VerdictKind.INCONCLUSIVE);
        }
        assertThat(
                        recorded(
                                        3,
                                        "instructions",
                                        "max <= 100",
                                        call -> call.sample() == 2 ? 900 : 50)
                                .kind())
                .isEqualTo(VerdictKind.VIOLATED);
    }

    private static BoundVerdict recorded(int boots, String unit, String claim)
            throws CampaignException, InterruptedException {
        return recorded(boots, unit, claim, call -> 700 + 10 * call.at("N"));
    }

    private static BoundVerdict recorded(int boots, String unit, String claim, FakeTarget.Cost cost)
            throws CampaignException, InterruptedException {
        CampaignResult result =
                JudgeTests.run(new FakeTarget(JudgeTests.benchmarks("a"), cost), "a");
        List<Measurement> heard =
                result.measurements().stream()
                        .map(m ->
                                new Measurement(
                                        m.operation(),
                                        m.benchmark(),
                                        "image",
                                        unit,
                                        m.parameters(),
                                        Collections.nCopies(boots, m.boots().getFirst())))
                        .toList();
        return new Judge("image", unit, false, heard, Map.of())
                .judge(JudgeTests.bound("op", Claim.parse(claim, Claim.Mode.UPPER)));
    }

    /**
     * Growth is told in cycles, two a tick; a limit is held against the ticks, one to three each.
     */
    @Test
    void cyclesTellOfGrowthAndTicksOfLimits() throws CampaignException, InterruptedException {
        FakeTarget target = new FakeTarget(JudgeTests.benchmarks("a"), call -> 100 * call.at("N"));
        CampaignResult ticks =
                new Campaign(target, 2)
                        .run(
                                GridPlanner.plan(
                                        JudgeTests.benchmarks("a"), new Effort(64, 0, 7, 1), 1),
                                2,
                                CampaignProgress.none());
        TickRate rate = new TickRate(Metric.CYCLES, 2, 0);
        Judge judge =
                new Judge(
                                "native",
                                Metric.CYCLES.name(),
                                false,
                                ticks.measurements().stream().map(rate::of).toList(),
                                Map.of())
                        .withClock(new Resolution(0, 1, 3), ticks.measurements());

        assertThat(
                        judge.judge(JudgeTests.bound("op", Claim.parse("O(N)", Claim.Mode.UPPER)))
                                .evidence()
                                .getFirst()
                                .decision()
                                .model()
                                .orElseThrow()
                                .terms()
                                .getFirst()
                                .estimate()
                                .value())
                .isCloseTo(200, within(1e-6));
        long most = 100 * largest(ticks);
        assertThat(limit(judge, 3 * most + 1)).isEqualTo(VerdictKind.HOLDS);
        assertThat(limit(judge, 3 * most - 1)).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(limit(judge, most + 1)).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(limit(judge, most - 1)).isEqualTo(VerdictKind.VIOLATED);
    }

    private static long largest(CampaignResult result) {
        return result.measurements().stream()
                .mapToLong(m -> m.parameters().firstEntry().getValue())
                .max()
                .orElseThrow();
    }

    private static VerdictKind limit(Judge judge, long cycles) {
        return judge.judge(
                        JudgeTests.bound(
                                "op",
                                Claim.parse(
                                        "p90 <= %d cycles".formatted(cycles), Claim.Mode.UPPER)))
                .kind();
    }

    private static BoundVerdict timed(int seeds) throws CampaignException, InterruptedException {
        return timed(seeds, "O(1)", call -> 700 + 300 * call.at("N"));
    }

    private static BoundVerdict timed(int seeds, String claim, FakeTarget.Cost cost)
            throws CampaignException, InterruptedException {
        FakeTarget target = new FakeTarget(JudgeTests.benchmarks("a"), cost);
        CampaignResult result =
                new Campaign(target, 2)
                        .run(
                                GridPlanner.plan(
                                        JudgeTests.benchmarks("a"), new Effort(4, 0, 32, 1), 1),
                                seeds,
                                CampaignProgress.none());
        return JudgeTests.judge(result)
                .withClock(new Resolution(1, 1, 1))
                .judge(JudgeTests.bound("op", Claim.parse(claim, Claim.Mode.UPPER)));
    }
}
