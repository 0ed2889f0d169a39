package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignProgress;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.guest.FakeTarget;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Resolution;
import org.junit.jupiter.api.Test;

final class JudgeTests {
    @Test
    void holdsWhereTheCostGrowsAsDeclared() throws CampaignException, InterruptedException {
        BoundVerdict verdict = judge("O(N)", call -> 7 + 3 * call.at("N"), "a");
        assertThat(verdict.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(verdict.range()).isEqualTo(Map.of("N", new BoundVerdict.Range(1, 4096)));
        assertThat(verdict.metric()).isEqualTo("instructions");
        assertThat(verdict.target()).isEqualTo("fake");
        assertThat(verdict.decisive().map(BoundVerdict.Evidence::benchmark)).contains("a");
        assertThat(judge("O(1)", _ -> 7, "a").kind()).isEqualTo(VerdictKind.HOLDS);
    }

    @Test
    void isLooseWhereATighterClassExplainsTheCost() throws CampaignException, InterruptedException {
        BoundVerdict verdict = judge("O(N)", _ -> 7, "a");
        assertThat(verdict.kind()).isEqualTo(VerdictKind.LOOSE);
        assertThat(verdict.decisive().flatMap(e -> e.decision().model()))
                .hasValueSatisfying(m -> assertThat(m.growth()).hasToString("O(1)"));
    }

    @Test
    void aTightClaimIsViolatedByASlowerGrowth() throws CampaignException, InterruptedException {
        CampaignResult result = campaign(_ -> 7, "a");
        assertThat(judge(result).judge(bound("op", Claim.parse("O(N)", Claim.Mode.TIGHT))).kind())
                .isEqualTo(VerdictKind.VIOLATED);
    }

    @Test
    void isViolatedWhereTheCostGrowsFaster() throws CampaignException, InterruptedException {
        BoundVerdict verdict = judge("O(1)", call -> 7 + 3 * call.at("N"), "a");
        assertThat(verdict.kind()).isEqualTo(VerdictKind.VIOLATED);
        assertThat(verdict.decisive().flatMap(e -> e.decision().model()))
                .hasValueSatisfying(m -> assertThat(m.growth()).hasToString("O(N)"));
        assertThat(verdict.reason()).startsWith("a: ");
    }

    @Test
    void theWorstBenchmarkDecides() throws CampaignException, InterruptedException {
        BoundVerdict verdict =
                judge(
                        "O(N)",
                        call -> call.benchmark().equals("bad") ? call.at("N") * call.at("N") : 7,
                        "good",
                        "bad");
        assertThat(verdict.kind()).isEqualTo(VerdictKind.VIOLATED);
        assertThat(verdict.evidence())
                .extracting(e -> e.benchmark() + " " + e.decision().kind())
                .containsExactly("good LOOSE", "bad VIOLATED");
        assertThat(verdict.decisive().map(BoundVerdict.Evidence::benchmark)).contains("bad");
        assertThat(verdict.reason()).startsWith("bad: ");
        assertThat(
                        judge(
                                        "O(N)",
                                        call -> call.benchmark().equals("line") ? call.at("N") : 7,
                                        "flat",
                                        "line")
                                .kind())
                .isEqualTo(VerdictKind.HOLDS);
    }

    /** What has no parameter says nothing of growth, and does not leave the claim open. */
    @Test
    void aBenchmarkWithoutParametersShowsNoGrowth() throws Exception {
        Measurement single = single();
        BoundVerdict alone =
                on(List.of(single)).judge(bound("op", Claim.parse("O(1)", Claim.Mode.UPPER)));

        assertThat(alone.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(alone.reason())
                .isEqualTo(
                        "push: the benchmark has no parameter, so it cannot show growth: claim a limit, such as 'max <= 90 instructions'");
        List<Measurement> both = new ArrayList<>(campaign(_ -> 7, "a").measurements());
        both.add(single);
        BoundVerdict beside = on(both).judge(bound("op", Claim.parse("O(1)", Claim.Mode.UPPER)));
        assertThat(beside.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(beside.evidence()).hasSize(1);
        assertThat(
                        on(both).judge(
                                        bound(
                                                "op",
                                                Claim.parse(
                                                        "max <= 89 instructions",
                                                        Claim.Mode.UPPER)))
                                .kind())
                .isEqualTo(VerdictKind.VIOLATED);
    }

    private static Judge on(List<Measurement> measurements) {
        return new Judge("fake", "instructions", true, measurements, Map.of());
    }

    private static Measurement single() {
        long[] values = new long[16];
        Arrays.fill(values, 100);
        long[] twin = new long[16];
        Arrays.fill(twin, 10);
        return new Measurement(
                "op",
                "push",
                "fake",
                "instructions",
                new LinkedHashMap<>(),
                List.of(new BootSamples(0, 1, 1, values, twin)));
    }

    /** One call in so many is as dear as the forced one. */
    private static long anywhere(FakeTarget.Call call, long dearest) {
        return call.sample() % 31 == 0
                ? dearest
                : 27 + 7 * (call.at("N") * (call.sample() % 7) / 8);
    }

    @Test
    void theBenchmarkThatForcesTheDearCaseDecidesTheWorstCase()
            throws CampaignException, InterruptedException {
        FakeTarget.Cost cost =
                call ->
                        call.benchmark().equals("random")
                                ? anywhere(call, 27 + 7 * call.at("N") * 7 / 8)
                                : 27 + 7 * call.at("N");
        BoundVerdict verdict = judge("O(N)", cost, "random", "highest");

        assertThat(verdict.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(verdict.evidence().getFirst().decision().reason())
                .isEqualTo(
                        "calls differ, so this shows the mean; highest forces the expensive case at every point and decides: cost is 27 + 7·N instructions, exactly at every point tested");
        assertThat(verdict.evidence().getFirst().decision().certificate()).isFalse();
        assertThat(judge("O(N)", cost, "random").kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(judge("O(1)", cost, "random", "highest").kind()).isEqualTo(VerdictKind.VIOLATED);
    }

    @Test
    void aBenchmarkThatAnotherExceedsForcesNothing()
            throws CampaignException, InterruptedException {
        BoundVerdict verdict =
                judge(
                        "O(N)",
                        call ->
                                call.benchmark().equals("random")
                                        ? anywhere(call, 28 + 7 * call.at("N"))
                                        : 27 + 7 * call.at("N"),
                        "random",
                        "highest");

        assertThat(verdict.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(verdict.reason()).startsWith("random: counts vary within points");
    }

    @Test
    void aCountThatCannotBeHeldExactlyDecidesNothing()
            throws CampaignException, InterruptedException {
        for (String claim : List.of("max <= 9007199254740992", "O(1)", "mean <= 4")) {
            BoundVerdict verdict = judge(claim, _ -> (1L << 53) + 1, "a");
            assertThat(verdict.kind()).as(claim).isEqualTo(VerdictKind.INCONCLUSIVE);
            assertThat(verdict.reason())
                    .isEqualTo("a: a count is beyond 2^53 and cannot be held exactly");
        }
        assertThat(judge("max <= 9007199254740991", _ -> (1L << 53) - 1, "a").kind())
                .isEqualTo(VerdictKind.HOLDS);
    }

    @Test
    void anAbsoluteClaimInAnotherMetricIsNotMeasurableAndSaysWhatWouldMakeItSo()
            throws CampaignException, InterruptedException {
        BoundVerdict cycles = judge("p99 <= 100 cycles", _ -> 7, "a");
        assertThat(cycles.kind()).isEqualTo(VerdictKind.NOT_MEASURABLE);
        assertThat(cycles.metric()).isEqualTo("cycles");
        assertThat(cycles.evidence()).isEmpty();
        assertThat(cycles.reason())
                .isEqualTo(
                        "to measure cycles, use target native, or hardware virtualisation (--accel kvm); target fake counts instructions");
        assertThat(judge("max < 5 ns", _ -> 7, "a").reason())
                .startsWith(
                        "to measure ns, use target native or linux, whose clock is this machine's; ");
        assertThat(judge("max < 5 bytes", _ -> 7, "a").reason())
                .startsWith("to measure bytes, use a target that counts them; ");
    }

    /**
     * The same values in another unit: who knows the rate decides, the other says nothing of it.
     */
    @Test
    void claimsInAnotherUnitGoToWhoHasIt() throws CampaignException, InterruptedException {
        CampaignResult result = campaign(_ -> 7, "a");
        Judge time =
                new Judge("fake", "ns", false, result.measurements(), Map.of())
                        .withClock(new Resolution(1, 1, 1));
        Judge both = judge(result).withOther(time);
        Bound mean = bound("op", Claim.parse("mean <= 9 ns", Claim.Mode.UPPER));

        BoundVerdict verdict = both.judge(mean);
        assertThat(verdict.kind()).isNotEqualTo(VerdictKind.NOT_MEASURABLE);
        assertThat(verdict.metric()).isEqualTo("ns");
        assertThat(verdict.reason())
                .contains(" ns, n = ", "quantum 1.0 ns", "one-sided confidence");
        assertThat(both.judge(bound("op", Claim.parse("O(1)", Claim.Mode.UPPER))).metric())
                .isEqualTo("instructions");

        BoundVerdict refused =
                judge(result).withOther(time.withUnfitClock("two clocks disagree")).judge(mean);
        assertThat(refused.kind()).isEqualTo(VerdictKind.NOT_MEASURABLE);
        assertThat(refused.reason())
                .isEqualTo("no trustworthy source of ns here: two clocks disagree");
    }

    /** What is wrong with the clock is no reason why something else is not counted. */
    @Test
    void anUnfitClockIsNamedForWhatItWouldMeasureAlone()
            throws CampaignException, InterruptedException {
        CampaignResult result = campaign(_ -> 7, "a");
        for (String metric : List.of("cycles", "unfit_cycles")) {
            Judge clock =
                    new Judge("fake", metric, false, result.measurements(), Map.of())
                            .withUnfitClock("nothing is published of this processor");

            assertThat(
                            clock.judge(
                                            bound(
                                                    "op",
                                                    Claim.parse(
                                                            "max <= 9 cycles", Claim.Mode.UPPER)))
                                    .reason())
                    .isEqualTo(
                            "no trustworthy source of cycles here: nothing is published of this processor");
            assertThat(
                            clock.judge(
                                            bound(
                                                    "op",
                                                    Claim.parse(
                                                            "max <= 9 crossings",
                                                            Claim.Mode.UPPER)))
                                    .reason())
                    .startsWith("to measure crossings, use ");
        }
    }

    @Test
    void anOperationWithoutBenchmarkIsNotExercised()
            throws CampaignException, InterruptedException {
        BoundVerdict verdict =
                judge(campaign(_ -> 7, "a"))
                        .judge(bound("other", Claim.parse("O(1)", Claim.Mode.UPPER)));
        assertThat(verdict.kind()).isEqualTo(VerdictKind.NOT_EXERCISED);
        assertThat(verdict.reason()).isEqualTo("the target has no benchmark of this operation");
        assertThat(verdict.range()).isEmpty();
    }

    @Test
    void anOperationWhoseEffectFailedIsNotExercisedHoweverGoodItsOtherBenchmarks()
            throws CampaignException, InterruptedException {
        FakeTarget target =
                new FakeTarget(benchmarks("a", "b"), _ -> 7).withoutEffect("b", "nothing freed");
        BoundVerdict verdict =
                judge(run(target, "a", "b"))
                        .judge(bound("op", Claim.parse("O(N)", Claim.Mode.UPPER)));
        assertThat(verdict.kind()).isEqualTo(VerdictKind.NOT_EXERCISED);
        assertThat(verdict.reason())
                .isEqualTo("b N=1: the operation's effect did not take place: nothing freed");
    }

    @Test
    void isInconclusiveOverAParameterThatIsNotVaried()
            throws CampaignException, InterruptedException {
        BoundVerdict verdict = judge("O(N + K_max)", _ -> 7, "a");
        assertThat(verdict.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(verdict.reason()).isEqualTo("a: the benchmark does not vary K_max; it varies N");
    }

    @Test
    void isInconclusiveWhereTheTwinOfAnExactMetricVaries()
            throws CampaignException, InterruptedException {
        FakeTarget target = new FakeTarget(benchmarks("a"), _ -> 7).withTwinJitter(1);
        BoundVerdict verdict =
                judge(run(target, "a")).judge(bound("op", Claim.parse("O(1)", Claim.Mode.UPPER)));
        assertThat(verdict.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(verdict.reason())
                .isEqualTo("a: the overhead twin varies, so counts cannot be made net of it");
    }

    @Test
    void saysWhatCountsElsewhereAndWhichModelItIsHere() throws Exception {
        CampaignResult result = campaign(call -> 7, "a");
        Bound switches = bound("op", Claim.parse("O(1) as_switches", Claim.Mode.UPPER));
        BoundVerdict none =
                judge(result).withAlternatives(_ -> Optional.of("target qemu")).judge(switches);
        assertThat(none.kind()).isEqualTo(VerdictKind.NOT_MEASURABLE);
        assertThat(none.metric()).isEqualTo("as_switches");
        assertThat(none.reason())
                .isEqualTo(
                        "to measure as_switches, use target qemu; target fake counts instructions");
        BoundVerdict modelled =
                judge(result)
                        .withModel("L1d 32 KiB/8 ways (host)")
                        .judge(bound("op", Claim.parse("max <= 7", Claim.Mode.UPPER)));
        assertThat(FamilyCorrection.of(List.of(modelled)).getFirst().reason())
                .isEqualTo(modelled.reason())
                .endsWith("; modelled: L1d 32 KiB/8 ways (host)");
    }

    private static BoundVerdict judge(String claim, FakeTarget.Cost cost, String... benchmarks)
            throws CampaignException, InterruptedException {
        return judge(campaign(cost, benchmarks))
                .judge(bound("op", Claim.parse(claim, Claim.Mode.UPPER)));
    }

    static Judge judge(CampaignResult result) {
        return new Judge(
                "fake", "instructions", result.exact(), result.measurements(), result.failures());
    }

    private static CampaignResult campaign(FakeTarget.Cost cost, String... names)
            throws CampaignException, InterruptedException {
        return run(new FakeTarget(benchmarks(names), cost), names);
    }

    static CampaignResult run(FakeTarget target, String... names)
            throws CampaignException, InterruptedException {
        return new Campaign(target, 2)
                .run(
                        GridPlanner.plan(benchmarks(names), new Effort(4, 0, 32, 1), 1),
                        1,
                        CampaignProgress.none());
    }

    static List<Benchmark> benchmarks(String... names) {
        return Arrays.stream(names)
                .map(name ->
                        new Benchmark(
                                name,
                                "op",
                                0,
                                false,
                                1,
                                List.of(new Benchmark.Parameter("N", 1, 4096)),
                                "e"))
                .toList();
    }

    static Bound bound(String operation, Claim claim) {
        return new Bound("id", operation, claim, Bound.Kind.TARGET, new Bound.Source("d", "s"), "");
    }
}
