package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.guest.KernelBuilder;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.LinuxPeer;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.guest.PerfCounters;
import org.feuerprobe.guest.PerfEvent;
import org.feuerprobe.guest.QemuLimits;
import org.feuerprobe.guest.QemuTarget;
import org.feuerprobe.guest.SerialTarget;
import org.feuerprobe.guest.VariantException;
import org.feuerprobe.guest.Worktree;
import org.feuerprobe.plan.Reading;
import org.feuerprobe.probe.Counter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is opened: which kernel, where, and how long a boot may take. */
final class TargetOptions {
    /** The default of {@code --cpu}, also where there is one processor. */
    static final int CPU = 1;

    static final String UNIT = "ticks";

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            defaultValue = "qemu",
            description =
                    "Where to measure: qemu (the default: exact instructions), native (the core in this process: real cycles), "
                            + "image (any kernel that speaks the probe: with --kernel or --serial), "
                            + "linux (this host's), linux-guest (in the emulator: make peers).")
    String target = "qemu";

    @Option(
            names = "--variant",
            paramLabel = "NAME=VALUE",
            description =
                    "Build and boot a variant of the exokernel, such as CAP_ALLOC=scan. May be repeated.")
    List<String> variant = new ArrayList<>();

    @Option(
            names = "--kernel",
            paramLabel = "FILE",
            description = "Boot this image; nothing is built.")
    @Nullable Path kernel;

    @Option(
            names = "--serial",
            paramLabel = "FILE",
            description = "With target image: read the probe from this file or tty device.")
    @Nullable Path serial;

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            defaultValue = UNIT,
            description =
                    "With --serial: what that clock counts: cycles, ns, … (default: ${DEFAULT-VALUE}).")
    String unit = UNIT;

    @Option(
            names = "--boot-limit",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Give a boot up after this long (default: ${DEFAULT-VALUE}).")
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
            description = "Processor that a timed target is bound to (default: ${DEFAULT-VALUE}).")
    int cpu = CPU;

    @Option(
            names = "--accel",
            paramLabel = "ACCEL",
            defaultValue = "icount",
            description =
                    "How target qemu runs: icount (the default: exact instructions), kvm (cycles, where they are fit), "
                            + "tcg (the translator's time: only for a look), auto (kvm where it is fit, else icount, and why).")
    String accel = "icount";

    @Option(
            names = "--accept-unfit",
            description =
                    "With --accel kvm: measure although its cycles are not fit. They are called unfit_cycles, and no bound is decided on them.")
    boolean acceptUnfit;

    @Mixin CacheOptions caches = new CacheOptions();

    /** Other targets are measured in the same run: an option need not be for this one. */
    boolean several;

    /** Opens the target, which builds or reads its image. */
    OpenTarget open() throws CommandException, InterruptedException {
        return open(new Metric.Clock());
    }

    /** Opens the target so that it measures this. */
    OpenTarget open(Metric metric) throws CommandException, InterruptedException {
        TargetKind opened = kind();
        new TargetChecks(this).check();
        Path exokernel = Home.path().resolve("exokernel");
        return switch (metric) {
            case Metric.Event(PerfEvent event) -> counting(opened, event);
            case Metric.GuestEvent(Reading event) -> new CountingKernel(this).open(event);
            case Metric.Counted(Set<Counter> counters) -> open(opened, counters, exokernel, kernel);
            case Metric.Nanoseconds _ -> {
                OpenTarget timed = open(opened, Set.of(), exokernel, kernel);
                timed.nanoseconds().require();
                yield timed;
            }
            case Metric.Clock _, Metric.Bytes _, Metric.EstimatedCycles _ ->
                    open(opened, Set.of(), exokernel, kernel);
        };
    }

    /** Opens the same target with another kernel: an image, or what this folder builds. */
    OpenTarget openAs(Path exokernel, @Nullable Path image)
            throws CommandException, InterruptedException {
        TargetKind opened = kind();
        new TargetChecks(this).check();
        if (opened != TargetKind.QEMU && !(opened == TargetKind.NATIVE && image == null)) {
            throw usage("target %s cannot boot two kernels by turns".formatted(target));
        }
        return open(opened, Set.of(), exokernel, image);
    }

    private OpenTarget open(
            TargetKind opened, Set<Counter> counters, Path exokernel, @Nullable Path image)
            throws CommandException, InterruptedException {
        try {
            return switch (opened) {
                case QEMU -> {
                    KernelImage booted =
                            image != null
                                    ? KernelImage.read(image)
                                    : new KernelBuilder(exokernel)
                                            .build(variant)
                                            .of(Worktree.commitOf(exokernel));
                    yield new EmulatedKernel(this, booted).open(counters);
                }
                case NATIVE -> {
                    KernelImage library =
                            NativeTarget.build(exokernel, variant).of(Worktree.commitOf(exokernel));
                    NativeTarget timed = new NativeTarget(library, core());
                    yield new OpenTarget(timed, library, Optional.of(timed));
                }
                case IMAGE -> new ForeignKernel(this).open(counters);
                case LINUX -> {
                    KernelImage program = peers().program();
                    yield new OpenTarget(
                            peers().host(program, core()), program, Optional.of(core(List.of())));
                }
                case LINUX_GUEST -> {
                    LinuxPeer peer = fetchedGuest();
                    SerialTarget guest =
                            counters.isEmpty()
                                    ? peer.guest(emulator())
                                    : peer.guest(emulator(), caches.model());
                    yield new OpenTarget(guest, peer.guestKernel(), Optional.empty());
                }
            };
        } catch (IOException e) {
            boolean wrongUse = image != null || e instanceof VariantException;
            int status = wrongUse ? ExitStatus.USAGE : ExitStatus.TARGET;
            throw new CommandException(status, String.valueOf(e.getMessage()));
        }
    }

    /** The native core, or this host's Linux, with an event counted in the clock's place. */
    private OpenTarget counting(TargetKind opened, PerfEvent event)
            throws CommandException, InterruptedException {
        boolean linux = opened == TargetKind.LINUX;
        PerfCounters counters = linux ? PerfCounters.withKernel() : new PerfCounters();
        if (counters.ask(event) instanceof PerfCounters.Counter.Absent absent) {
            throw new CommandException(ExitStatus.TARGET, absent.text());
        }
        try {
            if (linux) {
                KernelImage program = peers().countingProgram();
                return new OpenTarget(
                        peers().counting(program, core(), event), program, Optional.empty());
            }
            KernelImage library =
                    NativeTarget.buildCounting(Home.path().resolve("exokernel"), variant);
            return new OpenTarget(
                    NativeTarget.counting(library, core(), event), library, Optional.empty());
        } catch (IOException e) {
            throw new CommandException(ExitStatus.TARGET, String.valueOf(e.getMessage()));
        }
    }

    /** The image once more, with every counter of the plugin. */
    QemuTarget counting(KernelImage image)
            throws CommandException, IOException, InterruptedException {
        return new EmulatedKernel(this, image).target(EnumSet.allOf(Counter.class));
    }

    /** What the word after {@code --target} names. */
    TargetKind kind() throws CommandException {
        return TargetKind.of(target)
                .orElseThrow(() ->
                        usage(
                                "unknown target '%s', want: %s"
                                        .formatted(target, TargetKind.words())));
    }

    /** The core as a library of this host, as the default or a variant of it. */
    NativeTarget core(List<String> of) throws IOException, InterruptedException {
        return new NativeTarget(NativeTarget.build(Home.path().resolve("exokernel"), of), core());
    }

    /** The processor that a timed target is bound to; the default is there on every machine. */
    int core() {
        return Math.min(cpu, Runtime.getRuntime().availableProcessors() - 1);
    }

    LinuxPeer peers() {
        return new LinuxPeer(Home.path().resolve("peers"), limits());
    }

    /** The Linux guest, once {@code make peers} has fetched it. */
    LinuxPeer fetchedGuest() throws CommandException {
        if (!peers().fetched()) {
            throw new CommandException(
                    ExitStatus.TARGET, "the Linux guest is not here yet: run make peers");
        }
        return peers();
    }

    QemuLimits limits() {
        return new QemuLimits(
                QemuLimits.DEFAULT.stall(),
                Duration.ofSeconds(bootLimit),
                QemuLimits.DEFAULT.serialBytes());
    }

    /** Further options of the emulator. */
    List<String> extra() {
        return append.isEmpty() ? List.of() : List.of("-append", append);
    }

    /** The emulator's program; {@code FEUERPROBE_QEMU} names another. */
    static String emulator() {
        return System.getenv().getOrDefault("FEUERPROBE_QEMU", "qemu-system-x86_64");
    }

    static CommandException usage(String message) {
        return new CommandException(ExitStatus.USAGE, message);
    }
}
