package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.target.Accelerator;
import org.feuerprobe.target.BootOutcome;
import org.feuerprobe.target.CacheGeometry;
import org.feuerprobe.target.CacheModel;
import org.feuerprobe.target.KernelBuilder;
import org.feuerprobe.target.KernelImage;
import org.feuerprobe.target.KvmFitness;
import org.feuerprobe.target.LinuxPeer;
import org.feuerprobe.target.NativeTarget;
import org.feuerprobe.target.PerfEvent;
import org.feuerprobe.target.QemuLimits;
import org.feuerprobe.target.QemuTarget;
import org.feuerprobe.target.SerialSource;
import org.feuerprobe.target.SerialSources;
import org.feuerprobe.target.SerialTarget;
import org.feuerprobe.target.Target;
import org.feuerprobe.target.VariantException;
import org.feuerprobe.target.Worktree;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which kernel is booted, and how long it may take. */
final class TargetOptions {
    private static final int MEMORY = 256;
    private static final String TRANSLATED =
            "the translator's time, which says nothing of the kernel's: never a claim";
    private static final List<String> ACCELERATORS = List.of("icount", "kvm", "tcg", "auto");
    private static final List<String> TARGETS =
            List.of("qemu", "native", "image", "linux", "linux-guest");

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
            defaultValue = "ticks",
            description = "What that clock counts: cycles, ns, … (default: ${DEFAULT-VALUE}).")
    String unit = "ticks";

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
    int cpu = 1;

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

    @Option(
            names = "--caches",
            paramLabel = "GEOMETRY",
            description =
                    "Caches to model, such as l1d=48/12/64,l2=2048/16/64,tlb=64/4 (KiB/ways/line; default: the host's).")
    String caches = "";

    /** Opens the target, which builds or reads its image. */
    OpenTarget open() throws CommandException, InterruptedException {
        return open(Set.of());
    }

    /** Opens the target with these counters of the emulator's plugin. */
    OpenTarget open(Set<Counter> counters) throws CommandException, InterruptedException {
        check();
        return open(counters, Home.path().resolve("exokernel"), kernel);
    }

    /** Opens the same target with another kernel: an image, or what this folder builds. */
    OpenTarget openAs(Path exokernel, @Nullable Path image)
            throws CommandException, InterruptedException {
        check();
        if (!target.equals("qemu") && !(target.equals("native") && image == null)) {
            throw usage("target %s cannot boot two kernels by turns".formatted(target));
        }
        return open(Set.of(), exokernel, image);
    }

    private OpenTarget open(Set<Counter> counters, Path exokernel, @Nullable Path image)
            throws CommandException, InterruptedException {
        try {
            return switch (target) {
                case "native" -> {
                    refuse(counters, "native");
                    KernelImage library =
                            NativeTarget.build(exokernel, variant).of(Worktree.commitOf(exokernel));
                    NativeTarget timed = new NativeTarget(library, cpu);
                    yield new OpenTarget(timed, library, Optional.of(timed));
                }
                case "image" -> {
                    refuse(counters, "image");
                    yield foreign();
                }
                case "linux", "linux-guest" -> {
                    refuse(counters, target);
                    yield peer(peers());
                }
                default -> {
                    KernelImage booted =
                            image != null
                                    ? KernelImage.read(image)
                                    : new KernelBuilder(exokernel)
                                            .build(variant)
                                            .of(Worktree.commitOf(exokernel));
                    yield accelerated(booted, counters);
                }
            };
        } catch (IOException e) {
            boolean wrongUse = image != null || e instanceof VariantException;
            int status = wrongUse ? ExitStatus.USAGE : ExitStatus.TARGET;
            throw new CommandException(status, String.valueOf(e.getMessage()));
        }
    }

    private void check() throws CommandException {
        if (!TARGETS.contains(target)) {
            throw usage(
                    "unknown target '%s', want: %s".formatted(target, String.join(", ", TARGETS)));
        }
        if (!ACCELERATORS.contains(accel)) {
            throw usage(
                    "unknown accelerator '%s', want: %s"
                            .formatted(accel, String.join(", ", ACCELERATORS)));
        }
        if (!accel.equals("icount") && !target.equals("qemu")) {
            throw usage("--accel is for target qemu");
        }
        if (acceptUnfit && !accel.equals("kvm")) {
            throw usage("--accept-unfit is for --accel kvm");
        }
        if (kernel != null && !variant.isEmpty()) {
            throw usage("--kernel boots an image as it is: leave --variant out");
        }
        if (serial != null && !target.equals("image")) {
            throw usage("--serial is for target image");
        }
        if (serial != null && kernel != null) {
            throw usage("--serial reads what a kernel says elsewhere: leave --kernel out");
        }
        if (kernel != null && target.equals("native")) {
            throw usage("--kernel boots an image: target native has none");
        }
        if (bootLimit < 1) {
            throw usage("--boot-limit " + bootLimit + ": want at least 1 second");
        }
        int most = Runtime.getRuntime().availableProcessors() - 1;
        if (cpu < 0 || cpu > most) {
            if (cpu != 1) {
                throw usage("--cpu %d: want 0 to %d".formatted(cpu, most));
            }
            cpu = 0; // the default, on a machine with one processor
        }
    }

    private OpenTarget peer(LinuxPeer peer)
            throws CommandException, IOException, InterruptedException {
        if (target.equals("linux")) {
            KernelImage program = peer.program();
            KernelImage library = NativeTarget.build(Home.path().resolve("exokernel"), List.of());
            return new OpenTarget(
                    peer.host(program, cpu), program, Optional.of(new NativeTarget(library, cpu)));
        }
        if (!peer.fetched()) {
            throw new CommandException(
                    ExitStatus.TARGET, "the Linux guest is not here yet: run make peers");
        }
        return new OpenTarget(peer.guest(emulator()), peer.guestKernel(), Optional.empty());
    }

    /** A stranger's kernel: found out by one boot whether it takes a plan or speaks by itself. */
    private OpenTarget foreign() throws CommandException, IOException, InterruptedException {
        if (serial != null) {
            SerialSource line = SerialSources.file(serial);
            return new OpenTarget(
                    new SerialTarget("image", unit, line, limits()),
                    KernelImage.recorded(serial),
                    Optional.empty());
        }
        if (kernel == null) {
            throw usage(
                    "target image needs --kernel FILE (booted in the emulator) or --serial FILE");
        }
        KernelImage image = KernelImage.read(kernel);
        QemuTarget planned = qemu(image, Set.of());
        BootOutcome first = planned.boot(Plan.catalogue(), 0, Target.Progress.none());
        if (!(first instanceof BootOutcome.Failed failed)) {
            return new OpenTarget(planned, image, Optional.empty());
        }
        if (!failed.log().contains("#fp")) {
            throw new CommandException(
                    ExitStatus.TARGET,
                    "%s carried out no plan and said nothing on its serial line (%s: %s): see docs/measure-your-kernel.md%s"
                            .formatted(
                                    kernel,
                                    failed.failure(),
                                    failed.detail(),
                                    ValidateCommand.tail(failed)));
        }
        List<String> extra = append.isEmpty() ? List.of() : List.of("-append", append);
        SerialSource line = SerialSources.emulated(emulator(), image, MEMORY, extra);
        return new OpenTarget(
                new SerialTarget("image", "instructions", line, limits()), image, Optional.empty());
    }

    private static void refuse(Set<Counter> counters, String target) throws CommandException {
        if (!counters.isEmpty()) {
            throw usage(
                    "target %s has no emulator to count %s: use target qemu"
                            .formatted(target, counters.iterator().next().metric()));
        }
    }

    private QemuTarget qemu(KernelImage image, Set<Counter> counters)
            throws CommandException, IOException, InterruptedException {
        List<String> extra = append.isEmpty() ? List.of() : List.of("-append", append);
        QemuTarget qemu = new QemuTarget(emulator(), image, 2, limits(), extra, (_, _) -> {});
        return counters.isEmpty()
                ? qemu
                : qemu.counting(CacheModel.build(Home.path().resolve("plugin"), geometry()));
    }

    /** The exokernel under the accelerator asked for; KVM only where its cycles are fit. */
    private OpenTarget accelerated(KernelImage image, Set<Counter> counters)
            throws CommandException, IOException, InterruptedException {
        QemuTarget qemu = qemu(image, counters);
        if (accel.equals("icount")) {
            return new OpenTarget(qemu, image, Optional.empty());
        }
        if (!counters.isEmpty()) {
            throw usage("counts of the plugin need --accel icount");
        }
        if (accel.equals("tcg")) {
            return new OpenTarget(
                    qemu.under(Accelerator.TCG, core()), image, Optional.empty(), TRANSLATED);
        }
        KvmFitness kvm = KvmFitness.probe(emulator(), image);
        if (kvm.fit()) {
            return new OpenTarget(
                    qemu.under(Accelerator.KVM, core()),
                    image,
                    Optional.of(core(List.of())),
                    "cycles of the hardware under KVM: " + kvm.text());
        }
        if (accel.equals("kvm") && acceptUnfit) {
            String unfit = "cycles under KVM are not fit here: " + kvm.text();
            return new OpenTarget(
                    qemu.under(Accelerator.UNFIT_KVM, core()),
                    image,
                    Optional.empty(),
                    unfit + "; they are shown, and decide nothing",
                    unfit);
        }
        if (accel.equals("kvm")) {
            throw new CommandException(
                    ExitStatus.TARGET, "cycles under KVM are not fit here: " + kvm.text());
        }
        return new OpenTarget(
                qemu,
                image,
                Optional.empty(),
                "instructions, since cycles under KVM are not fit here: " + kvm.text());
    }

    /** Whether {@code make peers} has fetched a guest. */
    LinuxPeer peers() {
        return new LinuxPeer(Home.path().resolve("peers"), limits());
    }

    /** The plugin, with the caches asked for. */
    CacheModel model() throws CommandException, IOException, InterruptedException {
        return CacheModel.build(Home.path().resolve("plugin"), geometry());
    }

    /** The native core, or this host's Linux, with an event counted in the clock's place. */
    OpenTarget counting(PerfEvent event) throws CommandException, InterruptedException {
        check();
        try {
            if (target.equals("linux")) {
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
        return qemu(image, EnumSet.allOf(Counter.class));
    }

    /** The core as a library of this host, as the default or a variant of it. */
    NativeTarget core(List<String> of) throws IOException, InterruptedException {
        return new NativeTarget(NativeTarget.build(Home.path().resolve("exokernel"), of), core());
    }

    /** The processor that a timed target is bound to. */
    int core() {
        return Math.min(cpu, Runtime.getRuntime().availableProcessors() - 1);
    }

    private QemuLimits limits() {
        return new QemuLimits(
                QemuLimits.DEFAULT.stall(),
                Duration.ofSeconds(bootLimit),
                QemuLimits.DEFAULT.serialBytes());
    }

    /** The caches to model. */
    CacheGeometry geometry() throws CommandException {
        CacheGeometry host = CacheGeometry.host();
        try {
            return caches.isEmpty() ? host : host.with(caches);
        } catch (IllegalArgumentException e) {
            throw usage("--caches: " + e.getMessage());
        }
    }

    private static CommandException usage(String message) {
        return new CommandException(ExitStatus.USAGE, message);
    }

    /** The emulator's program; {@code FEUERPROBE_QEMU} names another. */
    static String emulator() {
        return System.getenv().getOrDefault("FEUERPROBE_QEMU", "qemu-system-x86_64");
    }
}
