package org.feuerprobe.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.feuerprobe.guest.KernelBuilder;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.guest.NoiseProbe;
import org.feuerprobe.report.TestbedDocument;
import org.feuerprobe.testbed.Check;
import org.feuerprobe.testbed.Fingerprint;
import org.feuerprobe.testbed.Fitness;
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
        Optional<NativeClock> clock = Optional.empty();
        String problem = "";
        Optional<NoiseProbe> noise = Optional.empty();
        Fitness.Watch watch = Fitness.watch(SystemFiles.HOST, core);
        OptionalDouble speed = OptionalDouble.empty();
        try {
            NativeTarget target =
                    new NativeTarget(
                            NativeTarget.build(Home.path().resolve("exokernel"), List.of()), core);
            clock = Optional.of(target.clock());
            watch =
                    Fitness.watch(
                            SystemFiles.HOST, core, OptionalDouble.of(clock.get().cyclesPerTick()));
            if (noiseSeconds > 0) {
                noise = Optional.of(target.noise(Duration.ofSeconds(noiseSeconds)));
            }
            speed = OptionalDouble.of(target.clock().cyclesPerTick());
        } catch (IOException e) {
            problem = String.valueOf(e.getMessage());
        }
        List<Check> checks = watch.checks(speed);
        steal.put("during", stolen());
        Programs programs = Programs.here();
        List<TestbedDocument.Metric> metrics = new MetricFitness(programs).all(clock, problem);
        steal.put("after", stolen());
        return new TestbedDocument(fingerprint(), checks, programs.rows(), metrics, noise, steal);
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
