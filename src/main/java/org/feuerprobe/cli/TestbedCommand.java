package org.feuerprobe.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.feuerprobe.probe.GuestCounters;
import org.feuerprobe.report.TestbedDocument;
import org.feuerprobe.sample.TickRate;
import org.feuerprobe.target.CounterFitness;
import org.feuerprobe.target.KernelBuilder;
import org.feuerprobe.target.KvmFitness;
import org.feuerprobe.target.NativeClock;
import org.feuerprobe.target.NativeTarget;
import org.feuerprobe.target.NoiseProbe;
import org.feuerprobe.target.PerfCounters;
import org.feuerprobe.target.PerfEvent;
import org.feuerprobe.testbed.Check;
import org.feuerprobe.testbed.Fingerprint;
import org.feuerprobe.testbed.Fitness;
import org.feuerprobe.testbed.Processor;
import org.feuerprobe.testbed.Steal;
import org.feuerprobe.testbed.SystemFiles;
import org.feuerprobe.testbed.Testbed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which machine is this, and which figures can be trusted on it? */
@Command(
        name = "testbed",
        description = "Tell which machine this is, and which of its figures can be trusted.",
        footerHeading = "%nExamples:%n",
        footer = {"  feuerprobe testbed", "  feuerprobe testbed --json --cpu 1"})
class TestbedCommand implements Callable<Integer> {
    private static final String UNDER_KVM = "qemu with KVM";
    private static final int LONGEST_NOISE = 3600;

    private final Console console;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    boolean json;

    @Option(
            names = "--cpu",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processor to look at (default: ${DEFAULT-VALUE}).")
    int cpu = 1;

    @Option(
            names = "--noise",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Length of the noise probe; 0 leaves it out (default: ${DEFAULT-VALUE}).")
    int noiseSeconds = 2;

    TestbedCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        TestbedDocument document = examine();
        console.result(json ? document.json() + "\n" : document.text(console.columns()));
        return ExitStatus.OK;
    }

    /** Looks at everything; a facility that is not there is told, never an error. */
    final TestbedDocument examine() throws CommandException, InterruptedException {
        int core = TargetChecks.processor(cpu);
        if (noiseSeconds < 0 || noiseSeconds > LONGEST_NOISE) {
            throw TargetOptions.usage(
                    "--noise %d: want 0 to %d seconds".formatted(noiseSeconds, LONGEST_NOISE));
        }
        Map<String, String> steal = new LinkedHashMap<>();
        steal.put("before", stolen());
        List<TestbedDocument.Metric> metrics = new ArrayList<>();
        Optional<NoiseProbe> noise = Optional.empty();
        Fitness.Watch watch = Fitness.watch(SystemFiles.HOST, core);
        OptionalDouble speed = OptionalDouble.empty();
        try {
            NativeTarget target =
                    new NativeTarget(
                            NativeTarget.build(Home.path().resolve("exokernel"), List.of()), core);
            NativeClock clock = target.clock();
            metrics.add(cycles(clock));
            metrics.add(time(clock));
            watch = Fitness.watch(SystemFiles.HOST, core, OptionalDouble.of(clock.cyclesPerTick()));
            if (noiseSeconds > 0) {
                noise = Optional.of(target.noise(Duration.ofSeconds(noiseSeconds)));
            }
            speed = OptionalDouble.of(target.clock().cyclesPerTick());
        } catch (IOException e) {
            metrics.add(
                    new TestbedDocument.Metric(
                            "cycles", "native", false, String.valueOf(e.getMessage())));
        }
        List<Check> checks = watch.checks(speed);
        steal.put("during", stolen());
        metrics.addAll(counters());
        metrics.addAll(emulated());
        steal.put("after", stolen());
        return new TestbedDocument(fingerprint(), checks, metrics, noise, steal);
    }

    private static TestbedDocument.Metric cycles(NativeClock clock) {
        Processor.Truth truth =
                Processor.host(Home.path().resolve("cpus"))
                        .check(clock.multiplication(), clock.load());
        return new TestbedDocument.Metric(
                "cycles",
                "native",
                truth.fit(),
                String.format(
                        Locale.ROOT,
                        "%s; core at %.2f times the counter's %.0f MHz; step %d ticks; empty pair %d ticks, p99 %d",
                        truth.text(),
                        clock.cyclesPerTick(),
                        clock.rate().ticksPerSecond() / 1e6,
                        clock.quantum(),
                        clock.emptyMin(),
                        clock.emptyP99()));
    }

    private static TestbedDocument.Metric time(NativeClock clock) {
        Nanoseconds time = Calibration.nanoseconds(clock);
        return new TestbedDocument.Metric(
                TickRate.UNIT, "native", time.unfit().isEmpty(), time.text());
    }

    /** Which counters of the processor Linux lets us read. */
    private static List<TestbedDocument.Metric> counters() {
        PerfCounters counters = new PerfCounters();
        List<TestbedDocument.Metric> metrics = new ArrayList<>();
        for (PerfEvent event : PerfEvent.values()) {
            metrics.add(
                    switch (counters.ask(event)) {
                        case PerfCounters.Counter.Open _ ->
                                new TestbedDocument.Metric(
                                        event.metric(),
                                        "native",
                                        true,
                                        event.ofTheProcessor()
                                                ? "counted by the processor, in ring 3"
                                                : "counted by Linux");
                        case PerfCounters.Counter.Absent absent ->
                                new TestbedDocument.Metric(
                                        event.metric(), "native", false, absent.text());
                    });
        }
        return metrics;
    }

    private static List<TestbedDocument.Metric> emulated()
            throws CommandException, InterruptedException {
        String emulator = TargetOptions.emulator();
        boolean there = !Testbed.version(emulator).equals(Testbed.UNKNOWN);
        List<TestbedDocument.Metric> metrics = new ArrayList<>();
        String counts =
                there
                        ? "counted by the emulator, exact whatever the machine does"
                        : "no emulator: run make setup, or install qemu-system-x86";
        metrics.add(new TestbedDocument.Metric("instructions", "qemu", there, counts));
        metrics.add(
                new TestbedDocument.Metric(
                        "cache_misses",
                        "qemu",
                        there,
                        there ? "modelled, exact: " + TargetGeometry.host() : counts));
        if (there) {
            metrics.addAll(guest(emulator));
        }
        metrics.add(
                new TestbedDocument.Metric(
                        "ns",
                        "qemu",
                        false,
                        "the translator's time says nothing of the kernel's: never a claim"));
        return metrics;
    }

    private static List<TestbedDocument.Metric> guest(String emulator)
            throws CommandException, InterruptedException {
        try {
            KvmFitness kvm =
                    KvmFitness.probe(
                            emulator,
                            new KernelBuilder(Home.path().resolve("exokernel")).build(List.of()));
            CounterFitness counters =
                    kvm.counters() instanceof GuestCounters.Shown
                            ? new CountingKernel(new TargetOptions()).fitness()
                            : new CounterFitness(false, untold(kvm), kvm.counters());
            return List.of(
                    new TestbedDocument.Metric("cycles", UNDER_KVM, kvm.fit(), kvm.text()),
                    new TestbedDocument.Metric(
                            "counters", UNDER_KVM, counters.fit(), counters.text()));
        } catch (IOException e) {
            return List.of(
                    new TestbedDocument.Metric(
                            "cycles", UNDER_KVM, false, String.valueOf(e.getMessage())));
        }
    }

    /** Why there are no counters; a guest that said nothing has said nothing of them either. */
    private static String untold(KvmFitness kvm) {
        return kvm.counters() instanceof GuestCounters.Untold
                ? "unknown: " + kvm.text()
                : kvm.counters().text();
    }

    private static String stolen() {
        return Steal.ticks(SystemFiles.HOST)
                .map(ticks -> Long.toString(ticks))
                .orElse(Testbed.UNKNOWN);
    }

    /** Machine and toolchain. */
    static Fingerprint fingerprint() throws InterruptedException {
        LinkedHashMap<String, String> toolchain = new LinkedHashMap<>();
        Map<String, String> facts = Testbed.read(TargetOptions.emulator()).facts();
        toolchain.put("emulator", facts.getOrDefault("emulator", Testbed.UNKNOWN));
        toolchain.put("compiler", Testbed.version("gcc"));
        toolchain.put("flags", flags());
        toolchain.put("jdk", facts.getOrDefault("jdk", Testbed.UNKNOWN));
        return Fingerprint.read(SystemFiles.HOST, hypervisor(), toolchain);
    }

    private static String flags() throws InterruptedException {
        try {
            return new KernelBuilder(Home.path().resolve("exokernel")).flags();
        } catch (IOException e) {
            return Testbed.UNKNOWN;
        }
    }

    /** Asked by the native library; where that does not build, files tell less. */
    private static Optional<String> hypervisor() throws InterruptedException {
        try {
            return NativeTarget.hypervisor(
                    NativeTarget.build(Home.path().resolve("exokernel"), List.of()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
