package org.feuerprobe.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.target.FakeTarget;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.Judge;
import org.feuerprobe.verdict.VerdictKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
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
        CampaignProgress progress =
                new CampaignProgress() {
                    @Override
                    public void round(int number, int open) {
                        heard.add(number + ":" + open);
                    }

                    @Override
                    public void begin(int boots, int entries) {}

                    @Override
                    public void entries(int boot, long done) {}

                    @Override
                    public void bootDone() {}
                };
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
                        0,
                        false,
                        1,
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
        assertThat(outcome.stopped()).isEqualTo("no further point or boot would decide them");
        assertThat(target.boots()).isEqualTo(2);
    }
}
