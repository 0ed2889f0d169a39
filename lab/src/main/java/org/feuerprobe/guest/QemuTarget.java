package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.Quantity;
import org.feuerprobe.probe.PlanEncoder;

/**
 * A kernel booted in QEMU. By default QEMU translates it with {@code -icount shift=0}: the guest's
 * time-stamp counter then counts instructions, and the same plan gives the same counts at every
 * boot. Thread-safe: each boot has its own process and memory.
 */
public final class QemuTarget implements Target {
    /** Guest memory below the output region, for the kernel. */
    static final long OUTPUT_BASE = 256L << 20;

    /** Guest memory above the output region, where the emulator puts the plan. */
    private static final long ABOVE = 64L << 20;

    private static final long LARGEST_REGION = 1L << 30;
    private static final long GUEST_TOUCHES = 64L << 20;

    /** Receives each boot's process and output region; tests use it to break one of them. */
    public interface Observer {
        void started(ProcessHandle process, ByteBuffer region);
    }

    private final String emulator;
    private final KernelImage image;
    private final int cpus;
    private final QemuLimits limits;
    private final List<String> extra;
    private final Observer observer;

    /** Reads the memory of a guest that has ended. */
    @FunctionalInterface
    public interface MemoryReader {
        /** These bytes of the guest's physical memory. */
        ByteBuffer read(long address, int length) throws IOException;
    }

    /** Looks at the memory of a guest that completed its boot. */
    @FunctionalInterface
    public interface Examiner {
        void examine(MemoryReader memory) throws IOException;
    }

    private Examiner examiner = _ -> {};
    private Optional<CacheModel> model = Optional.empty();
    private Accelerator accelerator = Accelerator.ICOUNT;
    private Optional<Quantity> event = Optional.empty();
    private int core;
    private boolean profiled;
    private String name = "qemu";

    /** Two guests on the same processors would disturb each other. */
    private final ReentrantLock alone = new ReentrantLock();

    public QemuTarget(KernelImage image, int cpus, QemuLimits limits) {
        this("qemu-system-x86_64", image, cpus, limits, List.of(), (_, _) -> {});
    }

    /** As above, with the emulator's name, further emulator options and an observer. */
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

    /** Makes each boot run with the plugin, which is about eight times slower. */
    public QemuTarget counting(CacheModel with) {
        model = Optional.of(with);
        return this;
    }

    /** Makes each boot run with the plugin, and makes a profile. */
    public QemuTarget profiling(CacheModel with) {
        profiled = true;
        return counting(with);
    }

    /** Lets this look at the guest's memory after each complete boot. */
    public QemuTarget examinedBy(Examiner with) {
        examiner = with;
        return this;
    }

    /**
     * Sets the accelerator. If the guest uses the host's clock, each of its processors is bound to
     * one of the host's, from {@code firstCore} on.
     */
    public QemuTarget under(Accelerator with, int firstCore) {
        accelerator = with;
        core = firstCore;
        return this;
    }

    /**
     * Names the event that the guest's processor counts, for plans in which the kernel reads it.
     */
    public QemuTarget counting(Quantity reading) {
        event = Optional.of(reading);
        return this;
    }

    /** Sets the name that results give the target: {@code image}. */
    public QemuTarget named(String other) {
        name = other;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String metric() {
        return event.map(Quantity::metric).orElse(accelerator.metric());
    }

    @Override
    public boolean exact() {
        return accelerator == Accelerator.ICOUNT;
    }

    /** Cycles vary, so a quantile needs as many values as on the native core. */
    @Override
    public Plan adapt(Plan plan) {
        return accelerator == Accelerator.KVM
                ? plan.atLeast(NativeTarget.FEWEST_SAMPLES, NativeTarget.WARMUP)
                : plan;
    }

    @Override
    public BootOutcome boot(Plan plan, int number, Progress progress) throws InterruptedException {
        if (!Files.isReadable(image.file())) {
            return new BootOutcome.Failed(
                    BootOutcome.Failure.MISSING, "no kernel image at " + image.file(), "");
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
            EmulatorCommand command = command(memory.path(), size, initrd.path());
            if (exact()) {
                BootOutcome outcome =
                        model.isPresent()
                                ? counted(model.get(), boot, command, plan)
                                : boot.run(command);
                if (outcome instanceof BootOutcome.Completed) {
                    examiner.examine(memory::read);
                }
                return outcome;
            }
            alone.lockInterruptibly();
            try (GuestProcessors processors = new GuestProcessors(core)) {
                return boot.run(processors.stopped(command), processors::release);
            } finally {
                alone.unlock();
            }
        } catch (IOException e) {
            return new BootOutcome.Failed(
                    BootOutcome.Failure.NO_ROOM, String.valueOf(e.getMessage()), "");
        }
    }

    private BootOutcome counted(CacheModel with, QemuBoot boot, EmulatorCommand command, Plan plan)
            throws IOException, InterruptedException {
        return profiled ? with.profile(boot, command, plan) : with.run(boot, command, plan);
    }

    /**
     * The command that boots it, for a person to read. {@code MEMORY} and {@code PLAN} stand for
     * files that each boot has of its own.
     */
    public List<String> words() {
        long size = OUTPUT_BASE + OutputRegion.size(Plan.catalogue()) + ABOVE;
        return command(Path.of("MEMORY"), size, Path.of("PLAN")).words();
    }

    private EmulatorCommand command(Path memory, long size, Path initrd) {
        int mebibytes = (int) (size >> 20);
        return EmulatorCommand.microvm(emulator, accelerator, mebibytes)
                .with("-smp", Integer.toString(cpus), "-machine", "memory-backend=ram")
                .with(
                        "-object",
                        "memory-backend-file,id=ram,size=%dM,share=on,mem-path=%s"
                                .formatted(mebibytes, EmulatorCommand.value(memory)))
                .with("-kernel", image.file().toString(), "-initrd", initrd.toString())
                .with(extra);
    }
}
