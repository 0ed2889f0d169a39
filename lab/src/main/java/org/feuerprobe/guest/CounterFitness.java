package org.feuerprobe.guest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.plan.Quantity;
import org.feuerprobe.probe.GuestCounters;
import org.feuerprobe.probe.ProbeRecord.Status;
import org.feuerprobe.probe.ProbeRun;

/**
 * Whether the performance counters of a guest are trustworthy on this host. A guest that counts
 * instructions finds out: its empty pair must always cost the same, and some operations must take
 * as many instructions as the emulator counts. The check is needed because a hypervisor may share
 * the counters that it shows, or leave out a ring.
 *
 * @param trust trust in the counts
 * @param counters the counters that the guest reports
 */
public record CounterFitness(Trust trust, GuestCounters counters) {
    /**
     * Operations without a fault or an interrupt, because hardware and emulator may count those
     * differently.
     */
    private static final List<String> OPERATIONS =
            List.of("cap_table_lookup/random", "null_syscall");

    private static final String REMEDY =
            "use a bare machine, or a hypervisor that gives the guest counters of its own";

    private static final int MEMORY = 256;
    private static final int SAMPLES = 256;
    private static final int WARMUP = 16;

    /** Share of the empty pairs that an interrupt of the host may disturb. */
    private static final double MOST_DISTURBED = 0.1;

    /** A count may deviate by the expected count divided by this. */
    private static final long MOST_DEVIATION = 100;

    /**
     * The counters that a kernel reports under KVM; {@link #probe} then checks whether they are
     * trustworthy. Costs a boot with one processor, up to the first record.
     */
    public static CounterFitness shown(String emulator, KernelImage image, List<String> extra)
            throws InterruptedException {
        try {
            HeardGuest heard =
                    HeardGuest.of(
                            EmulatorCommand.microvm(emulator, Accelerator.KVM, MEMORY)
                                    .with("-kernel", image.file().toString())
                                    .with(extra),
                            run -> !(run.counters() instanceof GuestCounters.Unreported));
            GuestCounters counters = heard.run().counters();
            return new CounterFitness(
                    Trust.unknown(
                            counters instanceof GuestCounters.Unreported
                                    ? "unknown: "
                                            + KvmFitness.device()
                                                    .map(Trust::text)
                                                    .orElseGet(() ->
                                                            HeardGuest.without(
                                                                    "a report on its counters",
                                                                    heard.ended(),
                                                                    heard.log()))
                                    : counters.text()),
                    counters);
        } catch (IOException e) {
            return new CounterFitness(
                    Trust.unknown(String.valueOf(e.getMessage())), new GuestCounters.Unreported());
        }
    }

    /**
     * Boots three times: the reference twice, and the guest once.
     *
     * @param guest a guest whose kernel counts
     * @param truth a target that counts the instructions of the same kernel without a performance
     *     counter
     */
    public static CounterFitness probe(Target guest, Target truth) throws InterruptedException {
        return switch (truth.boot(Plan.catalogue(), 0, Target.Progress.none())) {
            case BootOutcome.Failed failed -> failed(failed);
            case BootOutcome.Completed(ProbeRun run, _, _, _) ->
                    probe(guest, truth, plan(run.benchmarks()));
        };
    }

    private static CounterFitness probe(Target guest, Target truth, Plan plan)
            throws InterruptedException {
        return switch (truth.boot(plan, 0, Target.Progress.none())) {
            case BootOutcome.Failed failed -> failed(failed);
            case BootOutcome.Completed(ProbeRun exact, _, _, _) ->
                    switch (guest.boot(
                            plan.reading(Quantity.INSTRUCTIONS), 0, Target.Progress.none())) {
                        case BootOutcome.Failed failed -> failed(failed);
                        case BootOutcome.Completed(ProbeRun counted, _, _, _) ->
                                judge(plan, counted, exact);
                    };
        };
    }

    private static Plan plan(List<Benchmark> benchmarks) {
        List<PlanEntry> entries = new ArrayList<>();
        for (Benchmark benchmark : benchmarks) {
            if (OPERATIONS.contains(benchmark.name())) {
                SequencedMap<String, Long> smallest = new LinkedHashMap<>();
                benchmark.parameters().forEach(p -> smallest.put(p.name(), p.min()));
                entries.add(new PlanEntry(benchmark, smallest, SAMPLES, WARMUP, 1));
            }
        }
        return new Plan(1, entries);
    }

    private static CounterFitness failed(BootOutcome.Failed failed) {
        return new CounterFitness(
                Trust.unknown(
                        "unknown: %s: %s".formatted(failed.failure().meaning(), failed.detail())),
                new GuestCounters.Unreported());
    }

    private static CounterFitness judge(Plan plan, ProbeRun counted, ProbeRun exact) {
        GuestCounters counters = counted.kernel().counters();
        return new CounterFitness(trust(plan, counted, exact), counters);
    }

    private static Trust trust(Plan plan, ProbeRun counted, ProbeRun exact) {
        String text = counted.kernel().counters().text();
        if (!(counted.kernel().counters() instanceof GuestCounters.Shown)) {
            return Trust.unknown(text);
        }
        for (ProbeRun.Entry entry : counted.entries()) {
            if (entry.result().status() == Status.UNKNOWN_METRIC) {
                return Trust.unknown(
                        text + ", and this kernel counts no instructions with them",
                        "build it with CLOCK=counter");
            }
        }
        long[] empty = sorted(counted.calibration());
        long usual = median(empty);
        long others = Arrays.stream(empty).filter(value -> value != usual).count();
        if (empty.length == 0 || others > MOST_DISTURBED * empty.length) {
            return Trust.unfit(
                    text
                            + ", but they also count other guests: an empty pair costs %d to %d instructions, and should always cost the same"
                                    .formatted(
                                            empty.length == 0 ? 0 : empty[0],
                                            empty.length == 0 ? 0 : empty[empty.length - 1]),
                    REMEDY);
        }
        for (int i = 0; i < plan.entries().size(); i++) {
            ProbeRun.Entry entry = counted.entries().get(i);
            String name = plan.entries().get(i).benchmark().name();
            if (!entry.verified()) {
                return Trust.unknown(
                        text
                                + ", but %s cannot check them: %s"
                                        .formatted(name, entry.result().message()));
            }
            long is = net(entry);
            long should = net(exact.entries().get(i));
            if (Math.abs(is - should) > Math.max(1, should / MOST_DEVIATION)) {
                return Trust.unfit(
                        text
                                + String.format(
                                        Locale.ROOT,
                                        ", but they are wrong: %s takes %,d instructions by these counters and %,d by the emulator's",
                                        name,
                                        is,
                                        should),
                        REMEDY);
            }
        }
        return plan.entries().isEmpty()
                ? Trust.unknown(text + ", but the kernel offers no operation to check them with")
                : Trust.fit(text + "; " + agreement(plan, counted, exact));
    }

    private static String agreement(Plan plan, ProbeRun counted, ProbeRun exact) {
        List<String> agreed = new ArrayList<>();
        for (int i = 0; i < plan.entries().size(); i++) {
            agreed.add(
                    String.format(
                            Locale.ROOT,
                            "%s %,d (%,d)",
                            plan.entries().get(i).benchmark().name(),
                            net(counted.entries().get(i)),
                            net(exact.entries().get(i))));
        }
        return "an empty pair costs %d instructions; by these counters and (by the emulator's): %s"
                .formatted(median(sorted(counted.calibration())), String.join(", ", agreed));
    }

    /** Instructions of one operation, after subtracting its twin's. */
    private static long net(ProbeRun.Entry entry) {
        return median(sorted(entry.streams().getOrDefault(0, new long[0])))
                - median(sorted(entry.streams().getOrDefault(1, new long[0])));
    }

    private static long[] sorted(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static long median(long[] sorted) {
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    /** Why this event is not available; empty if it is. */
    public String absent(Quantity event) {
        if (!trust.believed()) {
            return trust.text();
        }
        return counters instanceof GuestCounters.Shown shown && shown.events().contains(event)
                ? ""
                : counters.text() + ", but none of them counts this event";
    }
}
