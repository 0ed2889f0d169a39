package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.sample.Metric;

/**
 * Linux operations that correspond to an exokernel's primitives, measured with the same probe. One
 * static program ({@code peers/}) runs them on this host, or alone in a Linux guest in the same
 * emulator.
 */
public final class LinuxPeer {
    private static final int MEMORY = 512;

    /** Factor by which the emulator's plugin slows a boot. */
    private static final int SLOWER = 8;

    private final Path folder;
    private final QemuLimits limits;

    public LinuxPeer(Path folder, QemuLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /** Builds the program that times. */
    public KernelImage program() throws IOException, InterruptedException {
        Make.run("the Linux probes", folder, List.of());
        return KernelImage.read(folder.resolve("build/linux"));
    }

    /** This host's Linux, bound to one processor and timed in cycles. */
    public SerialTarget host(KernelImage program, int cpu) {
        List<String> command =
                List.of(program.file().toAbsolutePath().toString(), Integer.toString(cpu));
        return new SerialTarget(
                "linux", Metric.CYCLES.name(), SerialSources.program(command, false), limits);
    }

    /** Builds the program that counts. */
    public KernelImage countingProgram() throws IOException, InterruptedException {
        Make.run("the Linux probes", folder, List.of("counting"));
        return KernelImage.read(folder.resolve("build/linux-counting"));
    }

    /**
     * This host's Linux, which counts an event instead of reading the clock. It counts user space
     * and kernel of all processes that take part. A boot fails if the counter does not exist.
     */
    public SerialTarget counting(KernelImage program, int cpu, PerfEvent event) {
        return counting(program, cpu, event, PerfCounters.withKernel());
    }

    SerialTarget counting(KernelImage program, int cpu, PerfEvent event, PerfCounters counters) {
        SerialSource counted =
                SerialSources.program(
                        List.of(
                                program.file().toAbsolutePath().toString(),
                                Integer.toString(cpu),
                                Integer.toString(event.type()),
                                Long.toString(event.config())),
                        false);
        SerialSource asked =
                new SerialSource() {
                    @Override
                    public Line open(int number) throws IOException {
                        return switch (counters.ask(event)) {
                            case PerfCounters.Counter.Absent absent ->
                                    throw new IOException(absent.text());
                            case PerfCounters.Counter.Open _ -> counted.open(number);
                        };
                    }

                    @Override
                    public boolean exact() {
                        return false;
                    }
                };
        return new SerialTarget("linux", event.metric(), asked, limits);
    }

    /** Whether {@code make peers} has fetched a kernel for the guest. */
    public boolean fetched() {
        return Files.isReadable(folder.resolve("build/vmlinuz"))
                && Files.isReadable(folder.resolve("build/initramfs"));
    }

    /** The kernel that the guest runs; results record it. */
    public KernelImage guestKernel() throws IOException {
        return KernelImage.recorded(folder.resolve("build/vmlinuz"));
    }

    /**
     * The guest, counted in instructions. It has one processor without fast string instructions,
     * which the clock would count once per byte, and no mitigations. Its boot stays silent for a
     * while. Counts are not exact, because timer interrupts hit different repetitions in different
     * boots.
     */
    public SerialTarget guest(String emulator) {
        return guest(emulator, limits.boot(), Optional.empty());
    }

    /** The guest with the emulator's plugin, which is about eight times slower. */
    public SerialTarget guest(String emulator, CacheModel model) {
        return guest(emulator, limits.boot().multipliedBy(SLOWER), Optional.of(model));
    }

    private SerialTarget guest(String emulator, Duration limit, Optional<CacheModel> model) {
        return new SerialTarget(
                "linux-guest",
                Metric.INSTRUCTIONS.name(),
                SerialSources.emulated(guestCommand(emulator), false, model),
                new QemuLimits(limit, limit, limits.serialBytes()));
    }

    private EmulatorCommand guestCommand(String emulator) {
        return EmulatorCommand.pc(emulator, Accelerator.ICOUNT, "max,-erms", MEMORY)
                .with("-kernel", folder.resolve("build/vmlinuz").toString())
                .with("-initrd", folder.resolve("build/initramfs").toString())
                .with(
                        "-append",
                        "console=ttyS0 quiet loglevel=0 mitigations=off rdinit=/init panic=-1");
    }
}
