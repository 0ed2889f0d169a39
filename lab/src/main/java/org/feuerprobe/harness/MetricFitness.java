package org.feuerprobe.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.energy.EnergySources;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.CacheGeometry;
import org.feuerprobe.guest.CounterFitness;
import org.feuerprobe.guest.KernelBuilder;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.KvmFitness;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.PerfCounters;
import org.feuerprobe.guest.PerfEvent;
import org.feuerprobe.guest.Target;
import org.feuerprobe.harness.RequiredPrograms.Program;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.probe.GuestCounters;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.testbed.Processor;

/**
 * Which metrics can each target measure here, and what is missing for the others? To find out, a
 * kernel is built and booted, with the plugin and without.
 */
public final class MetricFitness {
    private static final String NATIVE = TargetKind.NATIVE.word();
    private static final String LINUX = TargetKind.LINUX.word();
    private static final String QEMU = TargetKind.QEMU.word();
    private static final String GUEST = TargetKind.LINUX_GUEST.word();
    private static final String UNDER_KVM = "qemu with KVM";
    private static final String CYCLES = Metric.CYCLES.name();
    private static final String NANOSECONDS = Metric.NANOSECONDS.name();
    private static final String JOULES = Metric.ENERGY.name();
    private static final String BYTES = Metric.BYTES.name();
    private static final String ESTIMATED = Metric.ESTIMATED_CYCLES.name();
    private static final String COUNTERS = "counters";
    private static final Program[] NATIVE_BUILD = {
        Program.COMPILER, Program.LINKER, Program.MAKE, Program.HEADERS
    };
    private static final Program[] BOOT = {
        Program.EMULATOR, Program.COMPILER, Program.LINKER, Program.MAKE
    };

    private static final String[] EVENTS =
            Arrays.stream(PerfEvent.values()).map(PerfEvent::metric).toArray(String[]::new);

    /** Trust in one metric of one target on this machine. */
    public record Finding(String metric, String target, Trust trust) {}

    private final RequiredPrograms programs;
    private final EnergySources energy;
    private final TargetChoice choice;
    private final List<Finding> rows = new ArrayList<>();

    MetricFitness(Places places, RequiredPrograms programs, EnergySources energy) {
        this.programs = programs;
        this.energy = energy;
        this.choice = TargetChoice.of(places, TargetKind.QEMU);
    }

    /** Every metric of every target; {@code clock} is empty if it cannot be read. */
    List<Finding> all(Optional<NativeClock> clock, String problem)
            throws LabException, InterruptedException {
        Trust joules = joules();
        add(NATIVE, joules, JOULES);
        add(LINUX, joules, JOULES);
        add(QEMU, Trust.unfit(EnergySources.EMULATED, ""), JOULES);
        ofTheHost(clock, programs.lacking(NATIVE_BUILD).orElse(line(problem)));
        emulated();
        guestOfLinux();
        return rows;
    }

    private Trust joules() {
        return energy.usable().isEmpty()
                ? Trust.unknown(energy.absence())
                : Trust.unknown(
                        "%s can be read".formatted(energy.usable().getFirst().description().name()),
                        "feuerprobe testbed lists all sources; no target reads them yet");
    }

    private void ofTheHost(Optional<NativeClock> clock, String problem)
            throws InterruptedException {
        if (clock.isEmpty()) {
            add(NATIVE, Trust.unknown(problem), CYCLES, NANOSECONDS, BYTES);
            add(NATIVE, Trust.unknown(problem), EVENTS);
        } else {
            add(NATIVE, cycles(clock.get()), CYCLES);
            add(NATIVE, Calibration.nanoseconds(clock.get()).trust(), NANOSECONDS);
            add(NATIVE, Trust.fit("pages of the core in use, exact"), BYTES);
            events(NATIVE, new PerfCounters(), "in ring 3");
        }
        try {
            choice.peers().program();
            clock.ifPresent(this::sameClock);
            events(LINUX, PerfCounters.withKernel(), "in kernel and ring 3");
        } catch (IOException e) {
            Trust missing =
                    Trust.unknown(programs.lacking(NATIVE_BUILD).orElse(line(e.getMessage())));
            add(LINUX, missing, CYCLES, NANOSECONDS);
            add(LINUX, missing, EVENTS);
        }
    }

    /** Linux's probes read the counter that the native core reads. */
    private void sameClock(NativeClock clock) {
        add(LINUX, byClockOfNative(truth(clock)), CYCLES);
        add(LINUX, byClockOfNative(Calibration.nanoseconds(clock).trust()), NANOSECONDS);
    }

    private static Trust byClockOfNative(Trust found) {
        return new Trust(found.state(), "by the clock of target native", "");
    }

    private Trust truth(NativeClock clock) {
        return Processor.host(choice.places().cpus()).check(clock.multiplication(), clock.load());
    }

    private Trust cycles(NativeClock clock) {
        Trust truth = truth(clock);
        return new Trust(
                truth.state(),
                String.format(
                        Locale.ROOT,
                        "%s; core at %.2f times the counter's %.0f MHz; step %d ticks; empty pair %d ticks, p99 %d",
                        truth.text(),
                        clock.cyclesPerTick(),
                        clock.rate().ticksPerSecond() / 1e6,
                        clock.quantum(),
                        clock.emptyMin(),
                        clock.emptyP99()),
                "");
    }

    /** Which counters Linux lets us read. */
    private void events(String target, PerfCounters counters, String where) {
        for (PerfEvent event : PerfEvent.values()) {
            Trust trust =
                    switch (counters.ask(event)) {
                        case PerfCounters.Counter.Open _ ->
                                Trust.fit(
                                        event.ofTheProcessor()
                                                ? "counted by the processor, " + where
                                                : "counted by Linux");
                        case PerfCounters.Counter.Absent absent ->
                                Trust.unknown(absent.text().replace(event.metric() + " is ", ""));
                    };
            add(target, trust, event.metric());
        }
    }

    private void emulated() throws LabException, InterruptedException {
        Optional<KernelImage> image = Optional.empty();
        String problem = programs.lacking(BOOT).orElse("");
        try {
            if (problem.isEmpty()) {
                image =
                        Optional.of(
                                new KernelBuilder(choice.places().exokernel()).build(List.of()));
                problem = boots(image.get(), Set.of());
            }
        } catch (IOException e) {
            problem = line(e.getMessage());
        }
        add(
                QEMU,
                found(problem, "counted by the emulator, exact whatever the machine does"),
                Metric.INSTRUCTIONS.name());
        add(QEMU, found(problem, "reported by the kernel, exact"), BYTES);
        plugin(image, problem);
        if (image.isPresent() && problem.isEmpty()) {
            virtualised(image.get());
        } else {
            add(UNDER_KVM, Trust.unknown(problem), CYCLES, COUNTERS);
        }
        add(
                QEMU,
                Trust.unfit(
                        "the translator's time says nothing of the kernel's: never a claim", ""),
                NANOSECONDS);
    }

    private static Trust found(String problem, String otherwise) {
        return problem.isEmpty() ? Trust.fit(otherwise) : Trust.unknown(problem);
    }

    /** Why the kernel does not boot with these counters; empty if it does. */
    private String boots(KernelImage image, Set<Counter> counters)
            throws LabException, IOException, InterruptedException {
        BootOutcome outcome =
                new EmulatedKernel(choice, image)
                        .target(counters)
                        .boot(Plan.catalogue(), 0, Target.Progress.none());
        return switch (outcome) {
            case BootOutcome.Completed _ -> "";
            case BootOutcome.Failed failed -> line(failed.detail());
        };
    }

    private void plugin(Optional<KernelImage> image, String before)
            throws LabException, InterruptedException {
        String problem = before;
        try {
            if (image.isPresent() && problem.isEmpty()) {
                problem = boots(image.get(), EnumSet.allOf(Counter.class));
            }
        } catch (IOException e) {
            problem = line(e.getMessage());
        }
        add(
                QEMU,
                found(problem, "counted by the emulator's plugin, exact"),
                names(counter -> !counter.modelled() && counter != Counter.INSTRUCTIONS));
        add(
                QEMU,
                found(problem, "modelled, exact: " + CacheGeometry.host().describe()),
                names(Counter::modelled));
        add(
                QEMU,
                found(problem, "").and(priced(Processor.host(choice.places().cpus()))),
                ESTIMATED);
    }

    private static Trust priced(Processor processor) {
        return processor.costs().byEvent().isEmpty()
                ? Trust.unknown(processor.unpriced())
                : Trust.fit(
                        "an interval, from the plugin's counts and what is known of %s; decides nothing"
                                .formatted(processor.described()));
    }

    private static String[] names(java.util.function.Predicate<Counter> which) {
        return Counter.ALL.stream().filter(which).map(Counter::metric).toArray(String[]::new);
    }

    private void virtualised(KernelImage image) throws LabException, InterruptedException {
        KvmFitness kvm = KvmFitness.probe(choice.places().emulator(), image);
        add(UNDER_KVM, kvm.trust(), CYCLES);
        try {
            CounterFitness counters =
                    kvm.counters() instanceof GuestCounters.Shown
                            ? new CountingKernel(choice).fitness()
                            : new CounterFitness(Trust.unknown(untold(kvm)), kvm.counters());
            add(UNDER_KVM, counters.trust(), COUNTERS);
        } catch (IOException e) {
            add(UNDER_KVM, Trust.unknown(line(e.getMessage())), COUNTERS);
        }
    }

    /** Why there are no counters. They are unknown if the guest reported nothing. */
    private static String untold(KvmFitness kvm) {
        return kvm.counters() instanceof GuestCounters.Unreported
                ? "unknown: " + kvm.trust().text()
                : kvm.counters().text();
    }

    private void guestOfLinux() {
        Trust trust =
                programs.lacking(Program.EMULATOR)
                        .map(Trust::unknown)
                        .orElse(
                                choice.peers().fetched()
                                        ? Trust.fit(
                                                "Debian's kernel is here: counted by the emulator and its plugin")
                                        : Trust.unknown(
                                                "the Linux guest is not here yet", "make peers"));
        add(GUEST, trust, names(_ -> true));
        add(GUEST, trust, ESTIMATED);
    }

    private void add(String target, Trust trust, String... metrics) {
        for (String metric : metrics) {
            rows.add(new Finding(metric, target, trust));
        }
    }

    /** An error as one line: its first line, and its last, which names the cause if make failed. */
    private static String line(@org.jspecify.annotations.Nullable String message) {
        List<String> lines = String.valueOf(message).strip().lines().map(String::strip).toList();
        return lines.size() < 2
                ? String.join("", lines)
                : lines.getFirst() + " … " + lines.getLast();
    }
}
