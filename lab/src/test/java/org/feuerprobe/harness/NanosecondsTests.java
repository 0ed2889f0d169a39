package org.feuerprobe.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.campaign.TimedResults;
import org.feuerprobe.fitness.ClockFitness;
import org.feuerprobe.guest.CounterRate;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;
import org.junit.jupiter.api.Test;

/** A counter of 2.5 GHz in steps of 25 ticks, on a core of twice that. */
class NanosecondsTests {
    private static final Nanoseconds FIT = time(0, Optional.of(true));

    private static Nanoseconds time(double spread, Optional<Boolean> invariant) {
        return new Nanoseconds(
                new NativeClock(25, 50, 75, new CounterRate(2.5e9, spread), 2, 3, 4), invariant);
    }

    private static ClockFitness clock(long otherIn100Ticks) {
        long[] pairs = {100_000, otherIn100Ticks * 1000, 100_000, otherIn100Ticks * 1000};
        return ClockFitness.of(new long[] {50}, Map.of(2, pairs));
    }

    private static Bound bound(String claim) {
        return new Bound(
                claim,
                "op",
                Claim.parse(claim, Claim.Mode.UPPER),
                Bound.Kind.TARGET,
                new Bound.Source("d", "s"),
                "");
    }

    private static BoundVerdict judged(Nanoseconds time, String claim, ClockFitness... clocks) {
        return time.judge("native", TimedResults.of(clocks)).judge(bound(claim));
    }

    @Test
    void aClaimInTimeIsDecidedByTheCountersRateNotTheCores() {
        BoundVerdict verdict = judged(FIT, "p99 <= 52 ns", clock(40), clock(40));

        assertThat(verdict.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(verdict.metric()).isEqualTo("ns");
        assertThat(verdict.reason())
                .contains("p99 between 29 and 51 ns, n = 4,000")
                .contains("one-sided confidence 1.0000")
                .endsWith("quantum 11.0 ns, overhead 20 ns taken off, right within 0.1 %");
        assertThat(judged(FIT, "p99 <= 28 ns", clock(40)).kind()).isEqualTo(VerdictKind.VIOLATED);
        assertThat(judged(FIT, "p99 <= 40 ns", clock(40)).kind())
                .isEqualTo(VerdictKind.INCONCLUSIVE);
    }

    @Test
    void isNoTimeWhereTheCounterMayChangeItsRate() {
        assertThat(judged(time(0, Optional.of(false)), "p99 <= 52 ns", clock(40)).reason())
                .isEqualTo(
                        "no trustworthy source of ns here: the time-stamp counter is not invariant (no constant_tsc and nonstop_tsc in /proc/cpuinfo): it takes a processor whose counter keeps its rate, or a hypervisor that says so");
        BoundVerdict unknown = judged(time(0, Optional.empty()), "O(1) ns", clock(40));
        assertThat(unknown.kind()).isEqualTo(VerdictKind.NOT_MEASURABLE);
        assertThat(unknown.reason())
                .contains("nothing tells whether the time-stamp counter is invariant");
    }

    @Test
    void isNoTimeWhereTwoClocksDisagree() {
        assertThat(judged(time(0.002, Optional.of(true)), "p99 <= 52 ns", clock(40)).reason())
                .contains("spans differ by 0.20 % from 2500.0 MHz, at most 0.1 % is fit: it takes");
        BoundVerdict verdict = judged(FIT, "p99 <= 52 ns", clock(40), clock(40), clock(41));
        assertThat(verdict.kind()).isEqualTo(VerdictKind.NOT_MEASURABLE);
        assertThat(verdict.reason())
                .startsWith(
                        "no trustworthy source of ns here: in boot 2 two clocks do not agree on 0.4000 ns a tick: FIT: ")
                .endsWith("it takes a quieter machine, or a program that reads both");
    }

    @Test
    void absentIsNotAgreement() {
        ClockFitness alone = ClockFitness.of(new long[] {50}, Map.of());

        assertThat(judged(FIT, "p99 <= 52 ns", alone).kind()).isEqualTo(VerdictKind.NOT_MEASURABLE);
        assertThat(FIT.judge("native", TimedResults.untold()).judge(bound("p99 <= 52 ns")).reason())
                .contains("the kernel reported nothing on its clock");
    }

    @Test
    void standsBesideTheTicksWhereABoundAsksForIt() {
        CampaignResult both =
                FIT.withTimes(
                        TimedResults.of(clock(40)), List.of(bound("p99 <= 52 ns"), bound("O(1)")));
        assertThat(both.measurements()).extracting(Measurement::metric).containsOnly("cycles");
        assertThat(both.counted())
                .extracting(m -> m.operation() + " " + m.metric() + " " + m.summary().median())
                .containsExactly("op ns 40.0");
        assertThat(FIT.withTimes(TimedResults.of(clock(40)), List.of(bound("O(1)"))).counted())
                .isEmpty();
        assertThat(FIT.withTimes(TimedResults.of(clock(41)), List.of(bound("O(1) ns"))).counted())
                .isEmpty();
    }

    @Test
    void takesThePlaceOfTheTicksOrIsRefused() throws Exception {
        assertThat(FIT.instead(TimedResults.of(clock(40))).measurements())
                .extracting(Measurement::metric)
                .containsOnly("ns");
        assertThatThrownBy(() -> FIT.instead(TimedResults.of(clock(41))))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith(
                        "no trustworthy source of ns here: in boot 0 two clocks do not");
        assertThatThrownBy(() -> time(0, Optional.of(false)).require())
                .hasMessageStartingWith(
                        "no trustworthy source of ns here: the time-stamp counter is not");
        FIT.require();
    }

    @Test
    void tellsRateStepAndOverhead() {
        assertThat(FIT.trust().text())
                .isEqualTo(
                        "invariant counter at 2500.00 MHz of CLOCK_MONOTONIC_RAW, spans within 0.0000 %; step 10.0 ns; empty pair 20.0 ns, p99 30.0");
    }
}
