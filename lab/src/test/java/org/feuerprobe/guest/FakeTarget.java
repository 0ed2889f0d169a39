package org.feuerprobe.guest;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.ProbeFormatException;
import org.feuerprobe.probe.ProbeLayout;
import org.feuerprobe.probe.ProbeRun;
import org.feuerprobe.probe.RecordDecoder;
import org.feuerprobe.probe.RecordWriter;

/**
 * A target without an emulator: costs come from a function, and travel as the records of {@code
 * docs/probe.md} all the same.
 */
public final class FakeTarget implements Target {
    public static final long OVERHEAD = 20;

    /** What an operation costs, without overhead. */
    @FunctionalInterface
    public interface Cost {
        long of(Call call);
    }

    /** One sample about to be taken. */
    public record Call(
            String benchmark, Map<String, Long> parameters, long seed, int boot, int sample) {
        public long at(String parameter) {
            Long value = parameters.get(parameter);
            if (value == null) {
                throw new IllegalArgumentException("no parameter " + parameter);
            }
            return value;
        }
    }

    /** How a boot goes wrong before it begins; returns or throws. */
    @FunctionalInterface
    public interface Trouble {
        void before(int boot) throws InterruptedException;
    }

    private final List<Benchmark> benchmarks;
    private final Cost cost;
    private final Map<Integer, BootOutcome.Failed> failures = new HashMap<>();
    private final Map<Integer, Integer> finished = new HashMap<>();
    private final Map<String, String> missingEffects = new HashMap<>();
    private final AtomicInteger boots = new AtomicInteger();
    private Trouble trouble = _ -> {};
    private boolean exact = true;
    private int recorded = Integer.MAX_VALUE;
    private long twinJitter;
    private boolean secondClock;

    public FakeTarget(List<Benchmark> benchmarks, Cost cost) {
        this.benchmarks = List.copyOf(benchmarks);
        this.cost = cost;
    }

    /** Boot {@code number} fails. */
    public FakeTarget failing(int number, BootOutcome.Failure failure, String detail) {
        failures.put(number, new BootOutcome.Failed(failure, detail, ""));
        return this;
    }

    /** Boot {@code number} fails after it has finished so many entries. */
    public FakeTarget failingAfter(
            int entries, int number, BootOutcome.Failure failure, String detail) {
        finished.put(number, entries);
        return failing(number, failure, detail);
    }

    /** The benchmark's effect is missing. */
    public FakeTarget withoutEffect(String benchmark, String message) {
        missingEffects.put(benchmark, message);
        return this;
    }

    public FakeTarget troubledBy(Trouble other) {
        trouble = other;
        return this;
    }

    public FakeTarget inexact() {
        exact = false;
        return this;
    }

    /** Holds so many boots; the second of a campaign is the first once more. */
    public FakeTarget recording(int several) {
        recorded = several;
        return inexact();
    }

    /** Compares its clock with a second one, which agrees. */
    public FakeTarget withSecondClock() {
        secondClock = true;
        return this;
    }

    /** The overhead twin takes longer in every other sample. */
    public FakeTarget withTwinJitter(long jitter) {
        twinJitter = jitter;
        return this;
    }

    /** Boots begun so far. */
    public int boots() {
        return boots.get();
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public String metric() {
        return "instructions";
    }

    @Override
    public boolean exact() {
        return exact;
    }

    @Override
    public int distinctBoots() {
        return recorded;
    }

    @Override
    public BootOutcome boot(Plan plan, int number, Progress progress) throws InterruptedException {
        boots.incrementAndGet();
        trouble.before(number);
        BootOutcome.Failed failure = failures.get(number);
        try {
            if (failure != null) {
                Integer entries = finished.get(number);
                return entries == null || plan.entries().isEmpty()
                        ? failure
                        : failure.having(
                                new BootOutcome.Completed(
                                        ProbeRun.unfinished(
                                                RecordDecoder.decode(
                                                        ByteBuffer.wrap(
                                                                carryOut(
                                                                        new Plan(
                                                                                plan.seed(),
                                                                                plan.entries()
                                                                                        .subList(
                                                                                                0,
                                                                                                entries)),
                                                                        number,
                                                                        progress))),
                                                plan.entries().size()),
                                        Duration.ofMillis(30)));
            }
            ByteBuffer records = ByteBuffer.wrap(carryOut(plan, number, progress));
            return new BootOutcome.Completed(
                    ProbeRun.of(RecordDecoder.decode(records), plan.entries().size()),
                    Duration.ofMillis(30));
        } catch (ProbeFormatException e) {
            throw new IllegalStateException("the fake writes what cannot be read", e);
        }
    }

    private byte[] carryOut(Plan plan, int number, Progress progress) {
        RecordWriter writer = new RecordWriter().kernel();
        benchmarks.forEach(writer::benchmark);
        if (!plan.entries().isEmpty()) {
            writer.samples(ProbeLayout.CALIBRATION, 0, 0, 1, OVERHEAD, OVERHEAD);
            if (secondClock) {
                writer.samples(ProbeLayout.CALIBRATION, 2, 0, 1, 1000, 400, 1000, 400);
            }
        }
        for (int i = 0; i < plan.entries().size(); i++) {
            PlanEntry entry = plan.entries().get(i);
            String missing = missingEffects.get(entry.benchmark().name());
            if (missing != null) {
                writer.result(i, 1, 1, 1, missing);
            } else {
                measure(writer, i, entry, plan.seed(), number);
            }
            progress.at(i + 1, plan.entries().size());
        }
        return writer.end(plan.entries().size()).bytes();
    }

    private void measure(RecordWriter writer, int index, PlanEntry entry, long seed, int boot) {
        long[] operation = new long[entry.samples()];
        long[] twin = new long[entry.samples()];
        for (int i = 0; i < operation.length; i++) {
            Call call = new Call(entry.benchmark().name(), entry.parameters(), seed, boot, i);
            operation[i] = entry.batch() * cost.of(call) + OVERHEAD;
            twin[i] = OVERHEAD + i % 2 * twinJitter;
        }
        writer.samples(index, 0, 0, entry.batch(), operation)
                .samples(index, 1, 0, entry.batch(), twin)
                .result(index, 0, operation.length, 0, "");
    }
}
