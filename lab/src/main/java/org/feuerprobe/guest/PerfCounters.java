package org.feuerprobe.guest;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.feuerprobe.energy.PerfPower;

/**
 * Performance counters of Linux for the calling thread. A counter that is not available has a
 * reason and a remedy; it is never reported as a count of zero.
 */
@SuppressWarnings("restricted") // two calls of the C library
public final class PerfCounters {
    private static final int SYS_PERF_EVENT_OPEN = 298;
    private static final int ATTRIBUTE_SIZE = 64;
    private static final int THIS_THREAD = 0;
    private static final int EVERY_THREAD = -1;
    private static final long EXCLUDE_HYPERVISOR = 1L << 6;
    private static final long EXCLUDE_KERNEL_AND_HYPERVISOR = 1L << 5 | EXCLUDE_HYPERVISOR;

    /** Linux's answer: a descriptor, or a negative one and an errno. */
    record Answer(int descriptor, int errno) {}

    /** The system calls, or a stand-in for them in tests. */
    interface Kernel {
        Answer open(PerfEvent event);

        void close(int descriptor);
    }

    /** A counter, or why there is none. */
    public sealed interface Counter {
        /** The counter is open; reading the descriptor yields eight bytes. */
        record Open(PerfEvent event, int descriptor) implements Counter {}

        /**
         * The counter is not available.
         *
         * @param reason name of the errno, and what it means
         * @param mend what would make the counter available
         */
        record Absent(PerfEvent event, String reason, String mend) implements Counter {
            /** One line for people. */
            public String text() {
                return "%s is not available here: %s; %s".formatted(event.metric(), reason, mend);
            }
        }
    }

    private final Kernel kernel;

    /** Counters of the running system that count ring 3 only. */
    public PerfCounters() {
        this(new Linux(EXCLUDE_KERNEL_AND_HYPERVISOR));
    }

    /** Counters of the running system that count ring 3 and Linux itself, for measuring Linux. */
    public static PerfCounters withKernel() {
        return new PerfCounters(new Linux(EXCLUDE_HYPERVISOR));
    }

    PerfCounters(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Opens energy events of {@code perf}, which count all threads of a processor. */
    public static PerfPower.Counter openPower(int type, long config, int cpu) throws IOException {
        Answer answer = Linux.open(type, config, 0, EVERY_THREAD, cpu);
        if (answer.descriptor < 0) {
            throw new IOException(name(answer.errno) + ": perf_event_open refused the event");
        }
        return new PerfPower.Counter() {
            @Override
            public long read() throws IOException {
                return Linux.read(answer.descriptor);
            }

            @Override
            public void close() {
                new Linux(0).close(answer.descriptor);
            }
        };
    }

    /** Opens a counter of the calling thread; the caller must {@link #close} it. */
    Counter open(PerfEvent event) {
        Answer answer = kernel.open(event);
        return answer.descriptor >= 0
                ? new Counter.Open(event, answer.descriptor)
                : absent(event, answer.errno);
    }

    void close(Counter.Open counter) {
        kernel.close(counter.descriptor());
    }

    /** Checks whether the counter is available; leaves nothing open. */
    public Counter ask(PerfEvent event) {
        Counter counter = open(event);
        if (counter instanceof Counter.Open open) {
            close(open);
        }
        return counter;
    }

    private static Counter.Absent absent(PerfEvent event, int errno) {
        return switch (errno) {
            case 2, 19, 95 ->
                    new Counter.Absent(
                            event,
                            "%s: neither processor nor hypervisor offers such a counter"
                                    .formatted(name(errno)),
                            "use a bare machine, or a hypervisor that exposes the performance counters");
            case 1, 13 ->
                    new Counter.Absent(
                            event,
                            name(errno) + ": counting is not permitted",
                            "sysctl kernel.perf_event_paranoid=1, or the capability CAP_PERFMON");
            case 38 ->
                    new Counter.Absent(
                            event,
                            "ENOSYS: perf_event_open does not exist",
                            "use a kernel with CONFIG_PERF_EVENTS, and a container that permits the call");
            case 24 ->
                    new Counter.Absent(event, "EMFILE: too many files are open", "raise ulimit -n");
            default ->
                    new Counter.Absent(
                            event, name(errno), "see man perf_event_open for this error");
        };
    }

    private static String name(int errno) {
        return switch (errno) {
            case 1 -> "EPERM";
            case 2 -> "ENOENT";
            case 13 -> "EACCES";
            case 19 -> "ENODEV";
            case 95 -> "EOPNOTSUPP";
            default -> "errno " + errno;
        };
    }

    /**
     * Calls Linux through the C library. {@code excluded} holds bits of {@code perf_event_attr},
     * set for events of the processor.
     */
    private record Linux(long excluded) implements Kernel {
        private static final MemoryLayout STATE = Linker.Option.captureStateLayout();

        @Override
        public Answer open(PerfEvent event) {
            return open(
                    event.type(),
                    event.config(),
                    event.ofTheProcessor() ? excluded : 0,
                    THIS_THREAD,
                    -1);
        }

        static Answer open(int type, long config, long flags, int thread, int cpu) {
            Linker linker = Linker.nativeLinker();
            MethodHandle syscall =
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("syscall"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG),
                            Linker.Option.firstVariadicArg(1),
                            Linker.Option.captureCallState("errno"));
            try (Arena call = Arena.ofConfined()) {
                MemorySegment attribute = call.allocate(ATTRIBUTE_SIZE, 8);
                attribute.set(ValueLayout.JAVA_INT, 0, type);
                attribute.set(ValueLayout.JAVA_INT, 4, ATTRIBUTE_SIZE);
                attribute.set(ValueLayout.JAVA_LONG, 8, config);
                attribute.set(ValueLayout.JAVA_LONG, 40, flags);
                MemorySegment state = call.allocate(STATE);
                long descriptor =
                        (long)
                                syscall.invokeExact(
                                        state,
                                        (long) SYS_PERF_EVENT_OPEN,
                                        attribute,
                                        thread,
                                        cpu,
                                        -1,
                                        0L);
                return new Answer((int) descriptor, state.get(ValueLayout.JAVA_INT, 0));
            } catch (Throwable e) {
                throw new IllegalStateException("a call of the C library failed", e);
            }
        }

        /** The eight bytes of a counter. */
        static long read(int descriptor) throws IOException {
            Linker linker = Linker.nativeLinker();
            MethodHandle read =
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("read"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG));
            long bytes;
            long value;
            try (Arena call = Arena.ofConfined()) {
                MemorySegment buffer = call.allocate(Long.BYTES, Long.BYTES);
                bytes = (long) read.invokeExact(descriptor, buffer, (long) Long.BYTES);
                value = buffer.get(ValueLayout.JAVA_LONG, 0);
            } catch (Throwable e) {
                throw new IllegalStateException("a call of the C library failed", e);
            }
            if (bytes != Long.BYTES) {
                throw new IOException("the counter of perf cannot be read");
            }
            return value;
        }

        @Override
        public void close(int descriptor) {
            Linker linker = Linker.nativeLinker();
            MethodHandle close =
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("close"),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            try {
                int _ = (int) close.invokeExact(descriptor);
            } catch (Throwable e) {
                throw new IllegalStateException("a call of the C library failed", e);
            }
        }
    }
}
