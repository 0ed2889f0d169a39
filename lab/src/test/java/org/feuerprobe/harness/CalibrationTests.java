package org.feuerprobe.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.campaign.TimedResults;
import org.feuerprobe.fitness.ClockFitness;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.CounterRate;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;
import org.junit.jupiter.api.Test;

/** Cycles of two boots, which rest on the clock of each. */
class CalibrationTests {
    private static final Places PLACES = new Places(Path.of(""), "qemu-system-x86_64");
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

    /** A hundred ticks of a counter, while the core ran one and a half cycles in each. */
    @Test
    void whatIsShownIsCyclesOfTheCore() {
        Target core = new Named("native", "cycles", false);
        NativeClock clock = new NativeClock(25, 50, 75, new CounterRate(2.5e9, 0), 1.5, 3, 4);
        CampaignResult ticks = TimedResults.of(AGREES);

        List<Measurement> shown =
                new Calibration(PLACES, core, Trust.fit(""), Optional.of(clock))
                        .withTimes(core, ticks, List.of())
                        .measurements();

        assertThat(shown).hasSize(2).allMatch(m -> m.metric().equals("cycles"));
        assertThat(shown.getFirst().summary().median()).isEqualTo(150);
        assertThat(shown.getFirst().overhead().min()).isEqualTo(75);
    }

    /** Elsewhere a cycle is what the kernel reads. */
    @Test
    void anotherClocksTicksStayWhatTheyAre() {
        Target board = new Named("image", "cycles", false);
        CampaignResult ticks = TimedResults.untold();

        assertThat(
                        new Calibration(PLACES, board, Trust.fit(""), Optional.empty())
                                .withTimes(board, ticks, List.of()))
                .isEqualTo(ticks.from("image", "cycles", Trust.fit("")));
    }

    private static BoundVerdict judged(ClockFitness second) {
        NativeClock here = new NativeClock(25, 50, 75, new CounterRate(2.5e9, 0), 2, 3, 4);
        return new Calibration(
                        PLACES,
                        new Named("native", "cycles", false),
                        Trust.fit(""),
                        Optional.of(here))
                .judge(TimedResults.of(AGREES, AGREES, second))
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
                        "no trustworthy source of cycles here: in 1 of 2 boots the clock was not trustworthy; boot 2: UNFIT: empty pair 50 ticks")
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
