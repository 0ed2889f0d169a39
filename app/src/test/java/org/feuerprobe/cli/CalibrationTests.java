package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.campaign.TimedResults;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.CounterRate;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.ClockFitness;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;
import org.junit.jupiter.api.Test;

/** Cycles of two boots, which rest on the clock of each. */
class CalibrationTests {
    private static final ClockFitness AGREES = clock(1000, 400, 1000, 400, 1000, 401);
    private static final ClockFitness APART = clock(1000, 1000, 1000, 1300, 1000, 800);

    private static ClockFitness clock(long... pairs) {
        return ClockFitness.of(new long[] {50}, Map.of(2, pairs));
    }

    /** Is asked for its name only. */
    private record Named(String name, String metric, boolean exact) implements Target {
        @Override
        public BootOutcome boot(Plan plan, int number, Progress progress) {
            throw new AssertionError("nothing is booted");
        }
    }

    private static BoundVerdict judged(ClockFitness second) {
        NativeClock here = new NativeClock(25, 50, 75, new CounterRate(2.5e9, 0), 2, 3, 4);
        return new Calibration(new Named("native", "cycles", false), "", Optional.of(here))
                .judge(TimedResults.of(AGREES, second))
                .judge(
                        new Bound(
                                "op/limit",
                                "op",
                                Claim.parse("p99 <= 900 cycles", Claim.Mode.UPPER),
                                Bound.Kind.TARGET,
                                new Bound.Source("d", "s"),
                                ""));
    }

    @Test
    void nothingIsDecidedOnCyclesOfABootWhoseClockRunsUnevenly() {
        BoundVerdict verdict = judged(APART);

        assertThat(verdict.kind()).isEqualTo(VerdictKind.NOT_MEASURABLE);
        assertThat(verdict.reason())
                .startsWith(
                        "no fit source of cycles here: in 1 of 2 boots the clock was not trustworthy; boot 1: UNFIT: empty pair 50 ticks")
                .endsWith(
                        ": use a quieter machine, or a kernel that counts spans by a second clock");
    }

    @Test
    void nothingIsDecidedOnCyclesThatNoOtherClockConfirms() {
        BoundVerdict verdict = judged(clock());

        assertThat(verdict.kind()).isEqualTo(VerdictKind.NOT_MEASURABLE);
        assertThat(verdict.reason())
                .contains("UNKNOWN")
                .contains("no second clock to compare with");
    }

    /** Whether the truth of the core is published of this machine is another question. */
    @Test
    void clocksThatAgreeAreNoReason() {
        assertThat(judged(AGREES).reason()).doesNotContain("the clock was not trustworthy");
    }
}
