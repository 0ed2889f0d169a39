package org.feuerprobe.target;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.PlanEncoder;

/**
 * A kernel booted in QEMU's translator with {@code -icount shift=0}: the guest's time-stamp counter
 * counts instructions, and the same plan gives the same counts at every boot. Thread-safe: each
 * boot has its own process and memory.
 */
public final class QemuTarget implements Target {
    /** Guest memory below the output region: the kernel's own. */
    static final long OUTPUT_BASE = 256L << 20;

    /** Guest memory above the output region: the emulator puts the plan there. */
    private static final long ABOVE = 64L << 20;

    private static final long LARGEST_REGION = 1L << 30;
    private static final long GUEST_TOUCHES = 64L << 20;

    /**
     * Is told of each boot's process and output region; a seam for tests that break one of them.
     */
    public interface Observer {
        void started(ProcessHandle process, ByteBuffer region);
    }

    private final String emulator;
    private final KernelImage image;
    private final int cpus;
    private final QemuLimits limits;
    private final List<String> extra;
    private final Observer observer;
    private Optional<CacheModel> model = Optional.empty();
    private Accelerator accelerator = Accelerator.ICOUNT;
    private int core;

    public QemuTarget(KernelImage image, int cpus, QemuLimits limits) {
        this("qemu-system-x86_64", image, cpus, limits, List.of(), (_, _) -> {});
    }

    /** As above, with the emulator's name, a kernel command line and an observer. */
    public QemuTarget(
            String emulator,
            KernelImage image,
            int cpus,
            QemuLimits limits,
            List<String> extra,
            Observer observer) {
        this.emulator = emulator;
        this.image = image;
        this.cpus = cpus;
        this.limits = limits;
        this.extra = List.copyOf(extra);
        this.observer = observer;
    }

    /** From now on each boot runs with the plugin, and is about eight times slower. */
    public QemuTarget counting(CacheModel with) {
        model = Optional.of(with);
        return this;
    }

    /**
     * From now on the guest runs so; where its clock is the host's, the emulator is bound to as
     * many processors as the guest has, from {@code firstCore} on.
     */
    public QemuTarget under(Accelerator with, int firstCore) {
        accelerator = with;
        core = firstCore;
        return this;
    }

    @Override
    public String name() {
        return "qemu";
    }

    @Override
    public String metric() {
        return accelerator.metric();
    }

    @Override
    public boolean exact() {
        return accelerator == Accelerator.ICOUNT;
    }

    @Override
    public BootOutcome boot(Plan plan, int number, Progress progress) throws InterruptedException {
        if (!Files.isReadable(image.file())) {
            return new BootOutcome.Failed(
                    BootOutcome.Failure.MISSING, "no kernel image at " + image.file(), "");
        }
        if (!isThere(emulator)) {
            return new BootOutcome.Failed(
                    BootOutcome.Failure.MISSING,
                    "no emulator '%s': run make setup, or install qemu-system-x86"
                            .formatted(emulator),
                    "");
        }
        long region = OutputRegion.size(plan);
        if (region > LARGEST_REGION) {
            return new BootOutcome.Failed(
                    BootOutcome.Failure.NO_ROOM,
                    "the plan's %d values need more than 1 GiB in one boot: ask for fewer samples"
                            .formatted(plan.values()),
                    "");
        }
        byte[] encoded = PlanEncoder.encode(plan, number, OUTPUT_BASE, region);
        long size = OUTPUT_BASE + region + ABOVE;
        try (GuestMemory memory =
                        GuestMemory.create(size, OUTPUT_BASE, region, region + GUEST_TOUCHES);
                GuestMemory initrd = GuestMemory.holding(encoded)) {
            QemuBoot boot =
                    new QemuBoot(memory.bytes(), plan, encoded, number, limits, observer, progress);
            List<String> command = command(memory.path(), size, initrd.path());
            return model.isPresent() ? model.get().run(boot, command, plan) : boot.run(command);
        } catch (IOException e) {
            return new BootOutcome.Failed(
                    BootOutcome.Failure.NO_ROOM, String.valueOf(e.getMessage()), "");
        }
    }

    private static boolean isThere(String program) {
        if (program.indexOf('/') >= 0) {
            return Files.isExecutable(Path.of(program));
        }
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private List<String> command(Path memory, long size, Path initrd) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
            command.addAll(List.of("/usr/bin/setpriv", "--pdeathsig", "KILL", "--"));
        }
        command.addAll(bound());
        command.addAll(
                List.of(
                        emulator,
                        "-nodefaults",
                        "-no-user-config",
                        "-display",
                        "none",
                        "-no-reboot",
                        "-cpu",
                        accelerator.cpu(),
                        "-smp",
                        Integer.toString(cpus),
                        "-m",
                        (size >> 20) + "M",
                        "-machine",
                        "microvm,acpi=off,memory-backend=ram",
                        "-object",
                        "memory-backend-file,id=ram,size=%dM,share=on,mem-path=%s"
                                .formatted(size >> 20, memory),
                        "-device",
                        "isa-debug-exit,iobase=0xf4,iosize=4",
                        "-serial",
                        "stdio"));
        command.addAll(accelerator.options());
        command.addAll(List.of("-kernel", image.file().toString(), "-initrd", initrd.toString()));
        command.addAll(extra);
        return command;
    }

    /** Pins the emulator where the guest's clock is the host's. */
    private List<String> bound() {
        Path taskset = Path.of("/usr/bin/taskset");
        if (exact() || !Files.isExecutable(taskset)) {
            return List.of();
        }
        int there = Runtime.getRuntime().availableProcessors();
        String list =
                IntStream.range(0, Math.min(cpus, there))
                        .mapToObj(i -> Integer.toString((core + i) % there))
                        .collect(Collectors.joining(","));
        return List.of(taskset.toString(), "-c", list);
    }
}
