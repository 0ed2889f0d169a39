package org.feuerprobe.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.campaign.TimedResults;
import org.feuerprobe.fitness.ClockFitness;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.CounterRate;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.PerfEvent;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.Quantity;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.verdict.VerdictKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which clock decides what, at the border of each tolerance. */
class ClockDecisionsTests {
    private static final Places PLACES = new Places(Path.of(""), "qemu-system-x86_64");

    /** Is asked for its name only. */
    private record Named(String name, String metric, boolean exact) implements Target {
        @Override
        public BootOutcome boot(Plan plan, int number, Progress progress) {
            throw new AssertionError("nothing is booted");
        }
    }

    /** A counter of 2.5 GHz, 0.4 ns a tick. */
    private static Nanoseconds time(double spread) {
        return new Nanoseconds(
                new NativeClock(25, 50, 75, new CounterRate(2.5e9, spread), 2, 3, 4),
                Optional.of(true));
    }

    private static ClockFitness clock(long ticks, long other) {
        return ClockFitness.of(new long[] {50}, Map.of(2, new long[] {ticks, other, ticks, other}));
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

    /** Spans may differ by a thousandth, and not by more. */
    @ParameterizedTest
    @CsvSource({"0, true", "0.001, true", "0.0010001, false", "0.5, false"})
    void theRateMayBeOffByAThousandth(double spread, boolean fit) {
        assertThat(time(spread).trust().believed()).isEqualTo(fit);
        assertThat(time(spread).trust().text().startsWith("invariant counter at ")).isEqualTo(fit);
    }

    /** A boot's second clock may run by 1 % faster or slower than 0.4 ns a tick. */
    @ParameterizedTest
    @CsvSource({
        "100000, 40000, HOLDS", "100000, 40399, HOLDS", "100000, 40401, NOT_MEASURABLE",
        "100000, 39601, HOLDS", "100000, 39599, NOT_MEASURABLE", "100000, 80000, NOT_MEASURABLE"
    })
    void theClocksOfABootMayDifferByAHundredth(long ticks, long other, VerdictKind kind) {
        for (ClockFitness[] clocks :
                new ClockFitness[][] {
                    {clock(ticks, other)},
                    {clock(100_000, 40_000), clock(100_000, 40_000), clock(ticks, other)},
                    {clock(ticks, other), clock(100_000, 40_000)}
                }) {
            assertThat(
                            time(0).judge("native", TimedResults.of(clocks))
                                    .judge(bound("p99 <= 60 ns"))
                                    .kind())
                    .isEqualTo(kind);
        }
    }

    /** An unfit clock of one boot is enough, though its rate be right. */
    @Test
    void aClockThatRunsUnevenlyIsNoTime() {
        ClockFitness uneven =
                ClockFitness.of(
                        new long[] {50},
                        Map.of(2, new long[] {1000, 400, 1000, 100, 1000, 700, 1000, 400}));
        assertThat(uneven.agreement().orElseThrow().ratio()).isEqualTo(0.4);
        assertThat(uneven.trust().state()).isEqualTo(Trust.State.UNFIT);
        assertThat(
                        time(0).judge(
                                        "native",
                                        TimedResults.of(clock(1000, 400), clock(1000, 400), uneven))
                                .judge(bound("p99 <= 60 ns"))
                                .kind())
                .isEqualTo(VerdictKind.NOT_MEASURABLE);
    }

    /** Only operations with a bound in time are shown as time, and all that was counted stays. */
    @Test
    void timeStandsBesideWhatHasABoundInTime() {
        CampaignResult result = TimedResults.of(clock(100_000, 40_000));
        CampaignResult counted = result.with(result.measurements(), result.measurements());
        CampaignResult both = time(0).withTimes(counted, List.of(bound("p99 <= 60 ns")));
        assertThat(both.measurements()).isEqualTo(result.measurements());
        assertThat(both.counted())
                .extracting(m -> m.operation() + " " + m.metric())
                .containsExactly("op cycles", "other cycles", "op ns");
    }

    private static VerdictKind kind(String metric, Trust source, ClockFitness... clocks) {
        Named target = new Named("image", metric, false);
        List<Measurement> measured =
                TimedResults.of(clocks).measurements().stream()
                        .map(m ->
                                new Measurement(
                                        m.operation(),
                                        m.benchmark(),
                                        "image",
                                        metric,
                                        m.parameters(),
                                        m.boots()))
                        .toList();
        CampaignResult result = TimedResults.of(clocks).with(measured, List.of());
        return new Calibration(PLACES, target, source, Optional.empty())
                .judge(result)
                .judge(bound("p50 <= 900"))
                .kind();
    }

    /** Without a clock of this machine: a reason, or a boot's own clock, makes time undecidable. */
    @Test
    void anUnfitClockDecidesNothingThatItTimes() {
        ClockFitness fit = clock(1000, 400);
        ClockFitness alone = ClockFitness.of(new long[] {50}, Map.of());
        assertThat(kind("cycles", Trust.fit(""), fit, fit, fit)).isEqualTo(VerdictKind.HOLDS);
        assertThat(kind("cycles", Trust.fit(""), fit, fit, alone))
                .isEqualTo(VerdictKind.NOT_MEASURABLE);
        assertThat(kind("cycles", Trust.unknown("no clock"), fit, fit, fit))
                .isEqualTo(VerdictKind.NOT_MEASURABLE);
        assertThat(kind("instructions", Trust.fit(""), fit, fit, alone))
                .isEqualTo(VerdictKind.HOLDS);
        assertThat(kind("bytes", Trust.fit(""), alone)).isEqualTo(VerdictKind.HOLDS);
    }

    /** Every counter is known as a count; any other unit is a time. */
    @Test
    void whateverIsNoCountIsATime() {
        Stream.of(
                        Arrays.stream(Quantity.values())
                                .filter(reading -> reading != Quantity.CLOCK)
                                .map(Quantity::metric),
                        Counter.ALL.stream().map(Counter::metric),
                        Arrays.stream(PerfEvent.values()).map(PerfEvent::metric),
                        Stream.of("heap_bytes"))
                .flatMap(metrics -> metrics)
                .forEach(metric -> assertThat(Metric.of(metric).timed()).as(metric).isFalse());
        for (String metric : List.of("cycles", "ns", "ticks", "unfit_cycles")) {
            assertThat(Metric.of(metric).timed()).as(metric).isTrue();
        }
    }
}
