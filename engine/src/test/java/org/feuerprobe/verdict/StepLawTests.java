package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Resolution;
import org.junit.jupiter.api.Test;

/** Claims on times that are shorter than some steps of a clock, as it reads them. */
class StepLawTests {
    private static final double OVERHEAD = 60.7;
    private static final int VALUES = 1024;
    private static final int ROUNDS = 40;

    /** The clock's steps are 26 to 27 ticks; its quantum is told as 27. */
    private static Resolution clock(boolean dithered) {
        return new Resolution(27, 1, 1, dithered);
    }

    private static long read(double ticks, double step, SplittableRandom random) {
        double from = 1e6 + random.nextDouble() * 1e6;
        return (long)
                (Math.floor(Math.floor((from + ticks) / step) * step)
                        - Math.floor(Math.floor(from / step) * step));
    }

    /** Three boots of calls that cost so much by a number between 0 and 1. */
    private static Decision decide(
            String claim, boolean dithered, double step, DoubleUnaryOperator cost, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<BootSamples> boots =
                IntStream.range(0, 3)
                        .mapToObj(b ->
                                new BootSamples(
                                        b,
                                        b,
                                        1,
                                        LongStream.generate(() ->
                                                        read(
                                                                OVERHEAD
                                                                        + cost.applyAsDouble(
                                                                                random
                                                                                        .nextDouble()),
                                                                step,
                                                                random))
                                                .limit(VALUES)
                                                .toArray(),
                                        LongStream.generate(() -> read(OVERHEAD, step, random))
                                                .limit(VALUES)
                                                .toArray()))
                        .toList();
        Measurement measurement =
                new Measurement("op", "op/any", "native", "cycles", new LinkedHashMap<>(), boots);
        return new TimedDecider(
                        (Claim.Absolute) Claim.parse(claim, Claim.Mode.UPPER),
                        "cycles",
                        clock(dithered))
                .decide(List.of(measurement));
    }

    private static int times(
            VerdictKind kind, String claim, double step, DoubleUnaryOperator cost) {
        return (int)
                LongStream.range(0, ROUNDS)
                        .filter(seed -> decide(claim, true, step, cost, seed).kind() == kind)
                        .count();
    }

    /** A call of 20 ticks, of which readings are up to 52, is within 70. */
    @Test
    void decidesWhatOneReadingDoesNot() {
        assertThat(times(VerdictKind.HOLDS, "p99 <= 70 cycles", 26, u -> 20)).isEqualTo(ROUNDS);
        Decision whole = decide("p99 <= 70 cycles", false, 26, u -> 20, 1);
        assertThat(whole.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
        assertThat(whole.reason()).contains("possibly beyond 70.0 cycles");
        assertThat(decide("p99 <= 70 cycles", true, 26, u -> 20, 1).reason())
                .contains("0 of 77 ticks or more (as at least 50 % of those beyond 70.0 cycles)");
    }

    /** 76 ticks are read as 52 to 104: the clock alone leaves open whether they are within 72. */
    @Test
    void findsViolationsThatOneReadingDoesNot() {
        assertThat(times(VerdictKind.VIOLATED, "p99 <= 72 cycles", 26, u -> 76)).isEqualTo(ROUNDS);
        Decision whole = decide("p99 <= 72 cycles", false, 26, u -> 76, 1);
        assertThat(whole.kind()).isEqualTo(VerdictKind.INCONCLUSIVE);
    }

    /** A hundredth and a tenth of that are just beyond the limit, wherever in a step that is. */
    @Test
    void seldomSaysHoldsOfAFalseClaim() {
        for (double step : new double[] {26, 26.5, 27}) {
            for (int limit = 30; limit < 130; limit += 17) {
                double slow = limit + 0.01;
                assertThat(
                                times(
                                        VerdictKind.HOLDS,
                                        "p99 <= %d cycles".formatted(limit),
                                        step,
                                        u -> u < 0.0105 ? slow : 1))
                        .as("limit %d, step %s", limit, step)
                        .isLessThanOrEqualTo(ROUNDS / 10);
            }
        }
    }

    /** All calls cost just the limit, or less; a hundredth may cost anything. */
    @Test
    void seldomSaysViolatedOfATrueClaim() {
        for (double step : new double[] {26, 26.5, 27}) {
            for (int limit = 30; limit < 130; limit += 17) {
                double most = limit - 0.01;
                assertThat(
                                times(
                                        VerdictKind.VIOLATED,
                                        "p99 <= %d cycles".formatted(limit),
                                        step,
                                        u -> u < 0.0095 ? 5000 : most))
                        .as("limit %d, step %s", limit, step)
                        .isLessThanOrEqualTo(ROUNDS / 10);
            }
        }
    }

    @Test
    void saysNothingOfClocksThatReadEveryTickOrThatAreLong() {
        assertThat(StepLaw.beyond(70, new Resolution(2, 1, 1, true), 1000)).isEmpty();
        assertThat(StepLaw.within(70, new Resolution(2, 1, 1, true))).isEmpty();
        assertThat(StepLaw.beyond(1000, clock(true), 1000)).isEmpty();
        assertThat(StepLaw.beyond(70, clock(false), 1000)).isEmpty();
        assertThat(StepLaw.beyond(70, clock(true), 5)).isEmpty();
    }

    /** 70 ticks are two and a half steps of 28: half of what is longer is read as three. */
    @Test
    void knowsTheShareThatIsReadAsOneStepMore() {
        assertThat(StepLaw.beyond(70, clock(true), 1000))
                .hasValueSatisfying(law -> {
                    assertThat(law.share()).isCloseTo(0.5, within(1e-9));
                    assertThat(law.ticks()).isEqualTo(77);
                });
    }
}
