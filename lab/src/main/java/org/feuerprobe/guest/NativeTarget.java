package org.feuerprobe.guest;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.ReentrantLock;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.HeaderPage;
import org.feuerprobe.probe.PlanEncoder;
import org.feuerprobe.probe.ProbeFormatException;
import org.feuerprobe.probe.ProbeLayout;

/**
 * The kernel's portable core in this process, timed by the processor's own time-stamp counter: real
 * cycles of the real machine for what needs no kernel around it. A boot loads the library afresh
 * and runs it on a thread bound to one processor. One boot runs at a time: two would disturb each
 * other.
 */
public final class NativeTarget implements Target {
    /** The p99 of a family of bounds needs thousands; a sample costs about a microsecond. */
    static final int FEWEST_SAMPLES = 1024;

    /** Until caches and predictors know the loop. */
    static final int WARMUP = 64;

    private static final int INTERRUPTS = 200;
    private static final int POLL_MILLIS = 20;
    private static final long LARGEST_REGION = 1L << 30;

    /** Any address that the plan may name: the library writes to the region it is given. */
    private static final long REGION_NAME = 4096;

    private final KernelImage library;
    private final int cpu;
    private final Optional<PerfEvent> event;
    private final PerfCounters counters = new PerfCounters();
    private final ReentrantLock alone = new ReentrantLock();
    private final DoubleSummaryStatistics speeds = new DoubleSummaryStatistics();

    /** Uses a library that {@link #build} made, on processor {@code cpu}. */
    public NativeTarget(KernelImage library, int cpu) {
        this(library, cpu, Optional.empty());
    }

    private NativeTarget(KernelImage library, int cpu, Optional<PerfEvent> event) {
        this.library = library;
        this.cpu = cpu;
        this.event = event;
    }

    /**
     * Counts an event in the clock's place, with a library that {@link #buildCounting} made. The
     * two readings of a pair cost a system call each, which the twin takes away.
     */
    public static NativeTarget counting(KernelImage library, int cpu, PerfEvent event) {
        return new NativeTarget(library, cpu, Optional.of(event));
    }

    /** Builds the library that counts. */
    public static KernelImage buildCounting(Path exokernel, List<String> variant)
            throws IOException, InterruptedException {
        return NativeLibrary.buildCounting(exokernel, variant);
    }

    /** Builds the library of {@code exokernel}, or a variant of it. */
    public static KernelImage build(Path exokernel, List<String> variant)
            throws IOException, InterruptedException {
        return NativeLibrary.build(exokernel, variant);
    }

    /** How the hypervisor below signs, as CPUID tells; empty on the bare machine. */
    public static Optional<String> hypervisor(KernelImage library) throws IOException {
        try (NativeLibrary loaded = new NativeLibrary(library.file())) {
            return Optional.of(loaded.hypervisor().strip()).filter(name -> !name.isEmpty());
        }
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public String metric() {
        return event.map(PerfEvent::metric).orElse("cycles");
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public Plan adapt(Plan plan) {
        return plan.atLeast(FEWEST_SAMPLES, WARMUP);
    }

    /** What this processor's counter is like; empty where the library cannot be used. */
    public NativeClock clock() throws IOException, InterruptedException {
        return onProcessor(NativeClock::read);
    }

    /**
     * Cycles of the core in a tick of its counter, before and after each boot that was timed; a
     * pause of random length precedes each reading there.
     */
    public DoubleSummaryStatistics speeds() {
        return speeds;
    }

    /** What a load costs that misses; some tenths of a second. */
    public MissLatencies misses() throws IOException, InterruptedException {
        return onProcessor(library -> MissLatencies.read(library, CacheGeometry.host()));
    }

    /**
     * Cycles of this core until another processor has answered an interrupt, a median; empty where
     * there is no other one, or Linux refuses.
     */
    public OptionalDouble interruptOther() throws IOException, InterruptedException {
        return onProcessor(library -> {
            long ticks = library.interruptOther(INTERRUPTS);
            return ticks == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(ticks * NativeClock.cyclesPerTick(library));
        });
    }

    /** Reads the clock for about {@code length} and tells the gaps. */
    public NoiseProbe noise(Duration length) throws IOException, InterruptedException {
        return onProcessor(library -> NoiseProbe.run(library, length));
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(NativeLibrary library) throws IOException;
    }

    /** Runs on a new thread that is bound to the processor and ends with the work. */
    private <T> T onProcessor(Work<T> work) throws IOException, InterruptedException {
        alone.lockInterruptibly();
        try (NativeLibrary loaded = new NativeLibrary(library.file())) {
            Bound<T> bound = new Bound<>(loaded, cpu, work);
            Thread thread = Thread.ofPlatform().name("native").start(bound);
            thread.join();
            return bound.result();
        } finally {
            alone.unlock();
        }
    }

    private static final class Bound<T> implements Runnable {
        private final NativeLibrary library;
        private final int cpu;
        private final Work<T> work;
        private Optional<T> value = Optional.empty();
        private String problem = "the native thread died";

        Bound(NativeLibrary library, int cpu, Work<T> work) {
            this.library = library;
            this.cpu = cpu;
            this.work = work;
        }

        @Override
        public void run() {
            int error = library.pin(cpu);
            if (error != 0) {
                problem = "cannot bind to processor %d: errno %d".formatted(cpu, error);
                return;
            }
            try {
                value = Optional.of(work.with(library));
            } catch (IOException e) {
                problem = String.valueOf(e.getMessage());
            }
        }

        T result() throws IOException {
            return value.orElseThrow(() -> new IOException(problem));
        }
    }

    @Override
    public BootOutcome boot(Plan plan, int number, Progress progress) throws InterruptedException {
        long size = OutputRegion.size(plan);
        if (size > LARGEST_REGION) {
            return failed(BootOutcome.Failure.NO_ROOM, "the plan needs more than 1 GiB");
        }
        byte[] encoded = PlanEncoder.encode(plan, number, REGION_NAME, size);
        alone.lockInterruptibly();
        try (NativeLibrary loaded = new NativeLibrary(library.file())) {
            MemorySegment region = loaded.region(size);
            ByteBuffer bytes = NativeLibrary.bytes(region).order(ByteOrder.LITTLE_ENDIAN);
            long begun = System.nanoTime();
            Bound<Boolean> bound =
                    new Bound<>(
                            loaded,
                            cpu,
                            lib -> {
                                carryOut(lib, encoded, region);
                                return true;
                            });
            Thread thread = Thread.ofPlatform().name("native").start(bound);
            await(thread, bytes, plan, progress);
            boolean _ = bound.result();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            return judge(bytes, encoded, plan, number, took);
        } catch (IOException e) {
            return failed(BootOutcome.Failure.MISSING, String.valueOf(e.getMessage()));
        } finally {
            alone.unlock();
        }
    }

    private void carryOut(NativeLibrary lib, byte[] encoded, MemorySegment region)
            throws IOException {
        if (event.isEmpty()) {
            speeds.accept(NativeClock.cyclesPerTick(lib));
            lib.run(encoded, region);
            speeds.accept(NativeClock.cyclesPerTick(lib));
            return;
        }
        switch (counters.open(event.get())) {
            case PerfCounters.Counter.Absent absent -> throw new IOException(absent.text());
            case PerfCounters.Counter.Open open -> {
                lib.count(open.descriptor());
                try {
                    lib.run(encoded, region);
                } finally {
                    counters.close(open);
                }
            }
        }
    }

    /** Waits for the thread; it cannot be stopped, so an interrupt is kept until it has ended. */
    private static void await(Thread thread, ByteBuffer bytes, Plan plan, Progress progress)
            throws InterruptedException {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join(POLL_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            progress.at(bytes.getLong(ProbeLayout.DONE), plan.entries().size());
        }
        if (interrupted) {
            throw new InterruptedException();
        }
    }

    private static BootOutcome judge(
            ByteBuffer bytes, byte[] encoded, Plan plan, int number, Duration took) {
        try {
            Optional<HeaderPage> page = HeaderPage.read(bytes);
            if (page.isEmpty()) {
                return failed(BootOutcome.Failure.CORRUPT, "no header page");
            }
            return switch (page.get().state()) {
                case REFUSED -> failed(BootOutcome.Failure.REFUSED, "reason " + page.get().error());
                case OUT_OF_ROOM ->
                        failed(BootOutcome.Failure.OUT_OF_ROOM, "the output region is full");
                case NOTHING, BOOTING, RUNNING, COMPLETE, PANIC ->
                        new BootOutcome.Completed(
                                OutputRegion.completed(
                                        bytes, page.get(), OutputRegion.crc(encoded), plan, number),
                                took);
            };
        } catch (ProbeFormatException e) {
            return failed(BootOutcome.Failure.CORRUPT, String.valueOf(e.getMessage()));
        }
    }

    private static BootOutcome failed(BootOutcome.Failure failure, String detail) {
        return new BootOutcome.Failed(failure, detail, "");
    }
}
