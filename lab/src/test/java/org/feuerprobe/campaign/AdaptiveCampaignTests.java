package org.feuerprobe.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.guest.FakeTarget;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.verdict.Advice;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.Decision;
import org.feuerprobe.verdict.Judge;
import org.feuerprobe.verdict.VerdictKind;
import org.junit.jupiter.api.Test;

final class AdaptiveCampaignTests {
    private static final Benchmark LOOKUP =
            new Benchmark(
                    "lookup/random",
                    "lookup",
                    0,
                    false,
                    1,
                    List.of(new Benchmark.Parameter("N", 1, 4096)),
                    "found");

    private static Bound bound(String claim) {
        return new Bound(
                "lookup/claim",
                "lookup",
                Claim.parse(claim, Claim.Mode.UPPER),
                Bound.Kind.PROPOSED,
                new Bound.Source("here", "there"),
                "");
    }

    private static AdaptiveCampaign.Outcome run(
            FakeTarget target, String claim, Effort effort, int budget, CampaignProgress progress)
            throws CampaignException, InterruptedException {
        Plan plan = GridPlanner.plan(List.of(LOOKUP), effort, 1);
        AtomicLong clock = new AtomicLong();
        return new AdaptiveCampaign(
                        new Campaign(target, 1),
                        result ->
                                List.of(
                                        new Judge(
                                                        "fake",
                                                        "instructions",
                                                        result.exact(),
                                                        result.measurements(),
                                                        result.failures())
                                                .judge(bound(claim))),
                        Duration.ofSeconds(budget),
                        () -> clock.addAndGet(1_000_000_000))
                .run(plan, effort.seeds(), progress);
    }

    /** A bound that stays open, and asks for so many boots more at every point. */
    private static BoundVerdict open(CampaignResult result, String claim, Advice advice) {
        Measurement first = result.measurements().getFirst();
        Decision decision =
                new Decision(
                        VerdictKind.INCONCLUSIVE,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(advice),
                        List.of());
        return new BoundVerdict(
                bound(claim),
                first.metric(),
                "fake",
                VerdictKind.INCONCLUSIVE,
                "",
                new LinkedHashMap<>(),
                List.of(new BoundVerdict.Evidence(first.benchmark(), decision)));
    }

    /** All rounds together have more points than any boot measured. */
    @Test
    void aRoundDoesNotBeginThatWouldEndAfterTheBudget()
            throws CampaignException, InterruptedException {
        for (int budget = 2; budget < 40; budget++) {
            AtomicLong clock = new AtomicLong();
            FakeTarget target =
                    new FakeTarget(
                                    List.of(LOOKUP),
                                    call -> {
                                        clock.addAndGet(10_000_000);
                                        return noisy(call, 10_000, 0.05);
                                    })
                            .inexact();
            List<Long> begins = new ArrayList<>();
            CampaignProgress progress = progress((number, open) -> begins.add(clock.get()));
            AdaptiveCampaign.Outcome outcome =
                    new AdaptiveCampaign(
                                    new Campaign(target, 1),
                                    result ->
                                            List.of(
                                                    open(
                                                            result,
                                                            "O(1)",
                                                            new Advice(List.of(), 9, 0, ""))),
                                    Duration.ofSeconds(budget),
                                    clock::get)
                            .run(
                                    GridPlanner.plan(List.of(LOOKUP), new Effort(3, 0, 4, 1), 1),
                                    1,
                                    progress);
            assertThat(clock.get())
                    .as(
                            "%d rounds of a budget of %d s, begun at %s",
                            outcome.rounds(), budget, begins)
                    .isLessThanOrEqualTo(budget * 1_000_000_000L);
        }
    }

    /** Two bounds of one benchmark want a point measured, with 100 values and with 900. */
    @Test
    void aPointThatTwoBoundsAskForIsMeasuredOnce() throws CampaignException, InterruptedException {
        FakeTarget target =
                new FakeTarget(List.of(LOOKUP), call -> noisy(call, 10_000, 0.05)).inexact();
        CampaignResult result =
                new Campaign(target, 1)
                        .run(
                                GridPlanner.plan(List.of(LOOKUP), new Effort(3, 0, 4, 1), 1),
                                1,
                                CampaignProgress.none());
        FollowUp next =
                FollowUp.of(
                                result,
                                List.of(
                                        open(result, "p99 <= 1", new Advice(List.of(), 3, 100, "")),
                                        open(
                                                result,
                                                "p99.9 <= 1",
                                                new Advice(List.of(), 3, 900, ""))))
                        .orElseThrow();
        assertThat(next.plan().entries()).doesNotHaveDuplicates();
        assertThat(next.plan().entries()).hasSameSizeAs(result.plan().entries());
        assertThat(next.plan().entries()).allMatch(entry -> entry.samples() > 300);
    }

    /** A clock that gives the same value every time may only be coarse. */
    @Test
    void equalValuesThatAreTooFewForAMaximumAreFollowedByMore()
            throws CampaignException, InterruptedException {
        FakeTarget target = new FakeTarget(List.of(LOOKUP), _ -> 30).inexact();
        AdaptiveCampaign.Outcome outcome =
                run(target, "max <= 40", new Effort(3, 0, 3, 1), 100_000, CampaignProgress.none());

        assertThat(outcome.verdicts().getFirst().kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(outcome.stopped()).isEmpty();
        assertThat(outcome.rounds()).isGreaterThan(1);
    }

    private static CampaignProgress progress(BiConsumer<Integer, Integer> round) {
        return new CampaignProgress() {
            @Override
            public void round(int number, int open) {
                round.accept(number, open);
            }
        };
    }

    /** Noise that a seed decides: the same seed gives the same count. */
    private static long noisy(FakeTarget.Call call, double cost, double deviation) {
        long mixed = call.seed() * 1_000_003 + call.sample() * 7919L + call.at("N");
        return Math.round(
                cost * (1 + deviation * new SplittableRandom(mixed).split().nextGaussian()));
    }

    @Test
    void asksOnceWhereTheFirstAnswerIsEnough() throws CampaignException, InterruptedException {
        FakeTarget target = new FakeTarget(List.of(LOOKUP), call -> 31 + 7 * call.at("N"));
        AdaptiveCampaign.Outcome outcome =
                run(target, "O(N)", new Effort(3, 0, 8, 1), 1000, CampaignProgress.none());
        assertThat(outcome.verdicts().getFirst().kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(outcome.rounds()).isEqualTo(1);
        assertThat(outcome.stopped()).isEmpty();
        assertThat(target.boots()).isEqualTo(2);
    }

    @Test
    void fewPointsAreFilledUntilTheBoundIsDecided() throws CampaignException, InterruptedException {
        FakeTarget target = new FakeTarget(List.of(LOOKUP), call -> 31 + 7 * call.at("N"));
        List<String> heard = new ArrayList<>();
        CampaignProgress progress = progress((number, open) -> heard.add(number + ":" + open));
        AdaptiveCampaign.Outcome outcome =
                run(target, "O(N)", new Effort(3, 0, 3, 1), 1000, progress);
        BoundVerdict verdict = outcome.verdicts().getFirst();
        assertThat(verdict.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(verdict.decisive().orElseThrow().decision().certificate()).isTrue();
        assertThat(outcome.rounds()).isEqualTo(2);
        assertThat(heard).containsExactly("1:0", "2:1");
        assertThat(outcome.result().measurements()).hasSizeGreaterThan(3);
        assertThat(outcome.result().boots())
                .extracting(CampaignResult.Boot::seed)
                .containsExactly(1L, 1L, 2L, 2L);
        assertThat(outcome.result().repetition().identical()).isTrue();
    }

    @Test
    void boundsThatNoiseLeavesOpenGetMoreBoots() throws CampaignException, InterruptedException {
        FakeTarget target =
                new FakeTarget(
                                List.of(LOOKUP),
                                call -> noisy(call, 10_000 + 0.4 * call.at("N"), 0.1))
                        .inexact();
        Effort effort = new Effort(3, 0, 12, 1);
        AdaptiveCampaign.Outcome once = run(target, "O(1)", effort, 0, CampaignProgress.none());
        assertThat(once.verdicts().getFirst().kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(once.stopped()).isEqualTo("the budget of 0 s is spent");
        AdaptiveCampaign.Outcome outcome =
                run(target, "O(1)", effort, 100_000, CampaignProgress.none());
        assertThat(outcome.verdicts().getFirst().kind()).isEqualTo(VerdictKind.VIOLATED);
        assertThat(outcome.rounds()).isGreaterThan(1);
        assertThat(outcome.result().measurements().getFirst().boots()).hasSizeGreaterThan(1);
    }

    @Test
    void stopsWhereNothingMoreWouldHelp() throws CampaignException, InterruptedException {
        Benchmark single =
                new Benchmark(
                        "lookup/random",
                        "lookup",
                        120,
                        false,
                        120,
                        List.of(new Benchmark.Parameter("N", 1, 2)),
                        "found");
        FakeTarget target = new FakeTarget(List.of(single), call -> 5 + call.at("N"));
        Plan plan = GridPlanner.plan(List.of(single), new Effort(3, 0, 3, 1), 1);
        AdaptiveCampaign.Outcome outcome =
                new AdaptiveCampaign(
                                new Campaign(target, 1),
                                result ->
                                        List.of(
                                                new Judge(
                                                                "fake",
                                                                "instructions",
                                                                result.exact(),
                                                                result.measurements(),
                                                                result.failures())
                                                        .judge(bound("O(N)"))),
                                Duration.ofSeconds(1000),
                                System::nanoTime)
                        .run(plan, 1, CampaignProgress.none());
        assertThat(outcome.verdicts().getFirst().kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(outcome.stopped()).isEqualTo("no further point or boot would decide the rest");
        assertThat(target.boots()).isEqualTo(2);
    }
}
