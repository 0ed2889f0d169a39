package org.feuerprobe.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.CounterRate;
import org.feuerprobe.guest.FakeTarget;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.probe.ProbeFormatException;
import org.feuerprobe.probe.RegionCounts;
import org.feuerprobe.testbed.CycleEstimate;
import org.feuerprobe.testbed.Latencies;
import org.feuerprobe.testbed.Processor;
import org.feuerprobe.testbed.Processor.Basis;
import org.feuerprobe.testbed.Processor.Cost;
import org.junit.jupiter.api.Test;

/** Counts of a boot times a processor's costs, worked out by hand. */
class EstimatesTests {
    private static final Benchmark LOOKUP = benchmark("lookup", "op");
    private static final Benchmark OTHER = benchmark("other", "not_asked");

    private static Benchmark benchmark(String name, String operation) {
        return new Benchmark(
                name,
                operation,
                0,
                false,
                1,
                List.of(new Benchmark.Parameter("N", 1, 1000)),
                "effect");
    }

    private static PlanEntry entry(Benchmark benchmark, long n) {
        LinkedHashMap<String, Long> parameters = new LinkedHashMap<>();
        parameters.put("N", n);
        return new PlanEntry(benchmark, parameters, 64, 4, 1);
    }

    private static final Plan PLAN =
            new Plan(
                    1,
                    List.of(
                            entry(LOOKUP, 1),
                            entry(LOOKUP, 10),
                            entry(LOOKUP, 100),
                            entry(OTHER, 1)));

    /** Each operation: 20 + N instructions and two misses of L1d; its twin: 20 instructions. */
    private static RegionCounts counts(Plan plan) {
        int regions =
                plan.entries().stream().mapToInt(e -> 1 + 2 * (e.warmup() + e.samples())).sum();
        ByteBuffer bytes =
                ByteBuffer.allocate(RegionCounts.HEADER_SIZE + regions * RegionCounts.ROW_SIZE)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("FPCOUNT\n".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .putInt(Counter.ALL.size())
                .putInt(0)
                .putInt(1)
                .putLong(regions);
        for (PlanEntry entry : plan.entries()) {
            row(bytes, 1, 0, 0);
            for (int i = 0; i < entry.warmup() + entry.samples(); i++) {
                row(bytes, 2, 20 + entry.parameters().firstEntry().getValue(), 2);
                row(bytes, 2, 20, 0);
            }
        }
        try {
            return RegionCounts.read(bytes.flip());
        } catch (ProbeFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static void row(ByteBuffer bytes, int kind, long instructions, long misses) {
        bytes.putInt(kind).putInt(0);
        for (Counter counter : Counter.ALL) {
            bytes.putLong(
                    switch (counter.metric()) {
                        case "instructions" -> instructions;
                        case "l1d_misses" -> misses;
                        default -> 0;
                    });
        }
    }

    /** A fake with the plugin beside it, which remembers what it was asked. */
    private static final class Counting implements Target {
        private final FakeTarget fake = new FakeTarget(List.of(LOOKUP, OTHER), _ -> 1);
        private final List<Plan> asked = new ArrayList<>();

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public String metric() {
            return "instructions";
        }

        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public BootOutcome boot(Plan plan, int number, Progress progress)
                throws InterruptedException {
            asked.add(plan);
            BootOutcome outcome = fake.boot(plan, number, progress);
            return outcome instanceof BootOutcome.Completed completed
                    ? new BootOutcome.Completed(
                            completed.run(), Duration.ZERO, Optional.of(counts(plan)))
                    : outcome;
        }
    }

    private static Processor processor(boolean priced) {
        LinkedHashMap<String, Cost> costs = new LinkedHashMap<>();
        if (priced) {
            costs.put("instruction", new Cost(0.25, 1, Basis.PUBLISHED, "s"));
            for (String event :
                    List.of(
                            "l1i_miss",
                            "l1d_miss",
                            "l2_miss",
                            "tlb_miss",
                            "syscall",
                            "interrupt",
                            "as_switch",
                            "ipi")) {
                costs.put(event, new Cost(10, 20, Basis.ASSUMED, "s"));
            }
        }
        return new Processor("P", Latencies.of(3, 4), new Processor.Costs(costs));
    }

    /** A core with two cycles per tick, whose latencies are those published of P, or others. */
    private static NativeClock clock(double load) {
        return new NativeClock(1, 20, 20, new CounterRate(1e9, 0), 2, 3, load);
    }

    private static String error(Processor processor, long ticks, double load) throws Exception {
        FakeTarget truth = new FakeTarget(List.of(LOOKUP), _ -> ticks).withSecondClock();
        return Estimates.of(new Counting(), processor, PLAN, Set.of("op"))
                .error(truth, clock(load));
    }

    /** Estimated 20 to 41 cycles at N = 1, and 45 to 140 at N = 100: middles 30.6 and 92.5. */
    @Test
    void theErrorIsMeasuredWhereTheOperationRuns() throws Exception {
        assertThat(error(processor(true), 20, 4))
                .isEqualTo(
                        "Compared with target fake here, 1 of 2 estimates contain the measured mean;"
                                + " it was 0.43 to 1.31 times their middle.");
        assertThat(error(processor(true), 35, 4)).contains("1 of 2 estimates contain");
        assertThat(error(processor(true), 1000, 4)).contains("0 of 2 estimates contain");
    }

    /** Boots of 5 and 15 ticks, two cycles each: 22 ± 14 cycles about the lower end, 20. */
    @Test
    void aMeanThatIsNotKnownWellEnoughTellsNothing() throws Exception {
        FakeTarget truth =
                new FakeTarget(
                                List.of(LOOKUP),
                                call -> call.at("N") > 1 ? 200 : call.boot() % 2 == 0 ? 15 : 5)
                        .withSecondClock();
        Estimates estimates = Estimates.of(new Counting(), processor(true), PLAN, Set.of("op"));

        assertThat(estimates.error(truth, clock(4)))
                .startsWith(
                        "Compared with target fake here, 0 of 2 estimates contain the measured mean,"
                                + " and for 1 the mean is not known precisely enough;");
        assertThat(estimates.rows())
                .contains(
                        List.of("lookup", "N=1", "16", "20–41", "18 ± 14 (open)"),
                        List.of("lookup", "N=100", "16", "45–140", "400 ± 0 (outside)"));
    }

    @Test
    void anUnfitClockTellsNoError() throws Exception {
        assertThat(error(processor(true), 20, 7))
                .startsWith("The estimates' error is unknown: multiplication 3.00 cycles")
                .contains("more than 3 % from the published latencies of P");
    }

    /** The core's latencies are as published, but nothing confirms the clock of its boots. */
    @Test
    void aClockThatNothingConfirmsTellsNoError() throws Exception {
        Estimates estimates = Estimates.of(new Counting(), processor(true), PLAN, Set.of("op"));

        assertThat(estimates.error(new FakeTarget(List.of(LOOKUP), _ -> 20), clock(4)))
                .startsWith(
                        "The estimates' error is unknown: in 5 of 5 boots the clock was not trustworthy; boot 0: UNKNOWN: ");
        assertThat(estimates.rows()).contains(List.of("lookup", "N=1", "16", "20–41", "–"));
    }

    @Test
    void aTruthThatRunsNoneOfItTellsNoError() throws Exception {
        FakeTarget other = new FakeTarget(List.of(OTHER), _ -> 1);
        assertThat(
                        Estimates.of(new Counting(), processor(true), PLAN, Set.of("op"))
                                .error(other, clock(4)))
                .isEqualTo(
                        "The estimates' error is unknown: target fake runs none of these operations.");
    }

    /** A cost that was taken from an operation cannot be confirmed by it. */
    @Test
    void whatACostWasTakenFromIsNoEvidenceForIt() throws Exception {
        LinkedHashMap<String, Cost> costs = new LinkedHashMap<>(processor(true).costs().byEvent());
        costs.put("syscall", new Cost(10, 20, Basis.MEASURED, "s", Optional.of("lookup")));
        Processor calibrated = new Processor("P", Latencies.of(3, 4), new Processor.Costs(costs));
        Estimates estimates = Estimates.of(new Counting(), calibrated, PLAN, Set.of("op"));

        assertThat(
                        estimates.error(
                                new FakeTarget(List.of(LOOKUP), _ -> 15).withSecondClock(),
                                clock(4)))
                .isEqualTo(
                        "The estimates' error is unknown: target fake runs none of these operations."
                                + " The cost of syscall was derived from lookup, so that row is calibration and no evidence.");
        assertThat(estimates.rows())
                .contains(List.of("lookup", "N=1", "16", "20–41", "30 ± 0 (calibration)"));
    }

    @Test
    void takesTheEndsOfTheGridNetOfTheTwin() throws Exception {
        Counting counting = new Counting();

        Map<String, CycleEstimate> byOperation =
                Estimates.of(counting, processor(true), PLAN, Set.of("op")).byOperation();

        assertThat(counting.asked).hasSize(1);
        assertThat(counting.asked.getFirst().entries())
                .extracting(entry -> entry.parameters().firstEntry().getValue())
                .containsExactly(1L, 100L);
        // N = 1: 1 · 0.25 + 2 · 10 = 20.25 at least; N = 100: 100 · 1 + 2 · 20 = 140 at most.
        assertThat(byOperation)
                .containsExactly(
                        Map.entry(
                                "op",
                                new CycleEstimate(
                                        20.25,
                                        OptionalDouble.of(140),
                                        OptionalDouble.empty(),
                                        32,
                                        "P",
                                        List.of("l1d_miss"))));
    }

    @Test
    void aPointIsShownWithoutAMeasurementThatWasNotMade() throws Exception {
        List<List<String>> rows =
                Estimates.of(new Counting(), processor(true), PLAN, Set.of("op")).rows();

        assertThat(rows)
                .contains(
                        List.of("lookup", "N=1", "16", "20–41", "–"),
                        List.of("lookup", "N=100", "16", "45–140", "–"));
    }

    @Test
    void bootsNothingWithoutCosts() throws Exception {
        Counting counting = new Counting();

        assertThat(Estimates.of(counting, processor(false), PLAN, Set.of("op")).isEmpty()).isTrue();
        assertThat(counting.asked).isEmpty();
    }

    @Test
    void aBootThatFailsEstimatesNothing() throws Exception {
        Counting counting = new Counting();
        counting.fake.failing(0, BootOutcome.Failure.PANIC, "on purpose");

        assertThat(Estimates.of(counting, processor(true), PLAN, Set.of("op")).isEmpty()).isTrue();
    }
}
