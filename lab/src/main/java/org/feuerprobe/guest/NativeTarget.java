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
import org.feuerprobe.sample.Metric;

/**
 * The kernel's portable core, run in this process and timed by the processor's own time-stamp
 * counter. It yields real cycles for operations that need no kernel around them. A boot loads the
 * library afresh and runs it on a thread bound to one processor. Only one boot runs at a time,
 * because two would disturb each other.
 */
public final class NativeTarget implements Target {
    /**
     * The 99th percentile of a family of bounds needs thousands of values. A sample costs about a
     * microsecond.
     */
    static final int FEWEST_SAMPLES = 1024;

    /** Enough repetitions to warm caches and branch predictors. */
    static final int WARMUP = 64;

    private static final int INTERRUPTS = 200;
    private static final int POLL_MILLIS = 20;
    private static final long LARGEST_REGION = 1L << 30;

    /**
     * A valid address for the plan. The library ignores it and writes to the region that it is
     * given.
     */
    private static final long REGION_NAME = 4096;

    private final KernelImage library;
    private final int cpu;
    private final Optional<PerfEvent> event;
    private final PerfCounters counters = new PerfCounters();
    private final ReentrantLock alone = new ReentrantLock();
    private final DoubleSummaryStatistics speeds = new DoubleSummaryStatistics();

    /** Uses a library that {@link #build} built, on processor {@code cpu}. */
    public NativeTarget(KernelImage library, int cpu) {
        this(library, cpu, Optional.empty());
    }

    private NativeTarget(KernelImage library, int cpu, Optional<PerfEvent> event) {
        this.library = library;
        this.cpu = cpu;
        this.event = event;
    }

    /**
     * Counts an event instead of reading the clock, with a library that {@link #buildCounting}
     * built. Each reading costs a system call; subtracting the twin removes that cost.
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

    /** The hypervisor's signature according to CPUID; empty on a bare machine. */
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
        return event.map(PerfEvent::metric).orElse(Metric.CYCLES.name());
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public Plan adapt(Plan plan) {
        return plan.atLeast(FEWEST_SAMPLES, WARMUP);
    }

    /** Measures this processor's time-stamp counter. */
    public NativeClock clock() throws IOException, InterruptedException {
        return onProcessor(NativeClock::read);
    }

    /** Core cycles per tick, measured before and after each timed boot. */
    public DoubleSummaryStatistics speeds() {
        return speeds;
    }

    /** Measures the cost of loads that miss caches; takes some tenths of a second. */
    public MissLatencies misses() throws IOException, InterruptedException {
        return onProcessor(library -> MissLatencies.read(library, CacheGeometry.host()));
    }

    /**
     * Median number of this core's cycles until another processor has answered an interrupt. Empty
     * if there is no other processor, or if Linux refuses.
     */
    public OptionalDouble interruptOther() throws IOException, InterruptedException {
        return onProcessor(library -> {
            long ticks = library.interruptOther(INTERRUPTS);
            return ticks == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(ticks * NativeClock.cyclesPerTick(library));
        });
    }

    /** Reads the clock for about {@code length} and reports the gaps. */
    public NoiseProbe noise(Duration length) throws IOException, InterruptedException {
        return onProcessor(library -> NoiseProbe.run(library, length));
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(NativeLibrary library) throws IOException;
    }

    /** Runs the work on a new thread that is bound to the processor. */
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
            long start = System.nanoTime();
            Bound<Boolean> bound =
                    new Bound<>(
                            loaded,
                            cpu,
                            lib -> {
                                measure(lib, encoded, region);
                                return true;
                            });
            Thread thread = Thread.ofPlatform().name("native").start(bound);
            await(thread, bytes, plan, progress);
            boolean _ = bound.result();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return judge(bytes, encoded, plan, number, took);
        } catch (IOException e) {
            return failed(BootOutcome.Failure.MISSING, String.valueOf(e.getMessage()));
        } finally {
            alone.unlock();
        }
    }

    private void measure(NativeLibrary lib, byte[] encoded, MemorySegment region)
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

    /**
     * Waits until the thread ends. It cannot be stopped, so an interrupt is postponed until then.
     */
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
