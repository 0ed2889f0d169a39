package org.feuerprobe.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.feuerprobe.guest.CacheGeometry;
import org.feuerprobe.harness.Acceleration;
import org.feuerprobe.harness.BootCommand;
import org.feuerprobe.harness.CommandWords;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.MachineChoice;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.TargetKind;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the kernel, the target and the longest boot. */
@Under(Section.TARGET)
final class TargetOptions {
    String target = TargetKind.QEMU.word();
    boolean named;

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            description =
                    "Where to measure: qemu (the default: exact instructions), native (the exokernel's portable core in a Linux process: real cycles), "
                            + "image (any kernel that contains the probe: with --kernel or --serial), "
                            + "linux (the Linux of this machine), linux-guest (a Linux in the emulator, which make peers makes).")
    void target(String word) {
        target = word;
        named = true;
    }

    @Option(
            names = "--variant",
            paramLabel = "NAME=VALUE",
            description =
                    "Build and boot a variant of the exokernel, such as CAP_ALLOC=scan. May be repeated.")
    List<String> variant = new ArrayList<>();

    @Option(
            names = "--kernel",
            paramLabel = "FILE",
            description =
                    "Boot this image; nothing is built. For several images that differ in one parameter of their build, write a pattern: "
                            + "'NPROC={64,128,256}:k-{NPROC}.elf'.")
    @Nullable Path kernel;

    @Option(
            names = "--machine",
            paramLabel = "MACHINE",
            description =
                    "With --kernel: boot it on this machine of QEMU: microvm, pc, q35, pc-i386, riscv64-virt, riscv32-virt, "
                            + "aarch64-virt or arm-virt (default: the one that the image is for).")
    String machine = "";

    @Option(
            names = "--emulator",
            paramLabel = "COMMAND",
            description =
                    "With --kernel: boot it by this command, in which {kernel} stands for the image. Its output is read as the serial line, "
                            + "and --unit says what the kernel's clock counts.")
    String emulator = "";

    @Option(
            names = "--serial",
            paramLabel = "FILE",
            description = "With target image: read the probe from this file or tty device.")
    @Nullable Path serial;

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            defaultValue = TargetChoice.UNIT,
            description =
                    "With --serial or --emulator: what the kernel's clock counts: cycles, ns, … (default: ${DEFAULT-VALUE}).")
    String unit = TargetChoice.UNIT;

    @Option(
            names = "--boot-limit",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Longest time for a boot (default: ${DEFAULT-VALUE}).")
    int bootLimit = 120;

    @Option(
            names = "--append",
            hidden = true,
            paramLabel = "TEXT",
            description = "Kernel command line.")
    String append = "";

    @Option(
            names = "--cpu",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Processor that targets native and linux, and --accel kvm, run on (default: ${DEFAULT-VALUE}).")
    int cpu = TargetChoice.CPU;

    @Option(
            names = "--accel",
            paramLabel = "ACCEL",
            defaultValue = "icount",
            description =
                    "How target qemu runs: icount (the default: exact instructions), kvm (cycles, if they can be trusted), "
                            + "tcg (how long the emulation took: says nothing about the kernel), auto (kvm if its cycles can be trusted, else icount).")
    String accel = "icount";

    @Option(
            names = "--accept-unfit",
            description =
                    "With --accel kvm: measure cycles that cannot be trusted. They are called unfit_cycles, and no bound is decided on them.")
    boolean acceptUnfit;

    @Option(
            names = "--caches",
            paramLabel = "GEOMETRY",
            description =
                    "Caches to model, such as l1d=48/12/64,l2=2048/16/64,tlb=64/4 (KiB/ways/line; default: the host's).")
    String caches = "";

    @Option(
            names = "--dry-run",
            description = "Print the command that boots the kernel, and measure nothing.")
    boolean dryRun;

    /** The commands of {@code --dry-run}, one per line. */
    String bootCommands() throws LabException, InterruptedException {
        return BootCommand.of(choice()).stream()
                .map(words -> CommandWords.line(words) + "\n")
                .collect(Collectors.joining());
    }

    /** The target that the options select. */
    TargetChoice choice() throws LabException {
        return choice(target, false);
    }

    /** One of several targets of a run. Options that do not apply to it are ignored. */
    TargetChoice oneOfSeveral(String word) throws LabException {
        return choice(word, true);
    }

    private TargetChoice choice(String word, boolean several) throws LabException {
        return new TargetChoice(
                Installation.places(),
                kind(word),
                Acceleration.of(accel),
                acceptUnfit,
                variant,
                Optional.ofNullable(kernel),
                MachineChoice.of(machine, emulator),
                Optional.ofNullable(serial),
                unit,
                geometry(),
                cpu,
                Duration.ofSeconds(bootLimit),
                append,
                several);
    }

    private static TargetKind kind(String word) throws LabException {
        return TargetKind.of(word)
                .orElseThrow(() ->
                        LabException.wrongUse(
                                "unknown target '%s', want: %s"
                                        .formatted(word, TargetKind.words())));
    }

    private Optional<CacheGeometry> geometry() throws LabException {
        try {
            return caches.isEmpty()
                    ? Optional.empty()
                    : Optional.of(CacheGeometry.host().with(caches));
        } catch (IllegalArgumentException e) {
            throw LabException.wrongUse("--caches: " + e.getMessage());
        }
    }
}
