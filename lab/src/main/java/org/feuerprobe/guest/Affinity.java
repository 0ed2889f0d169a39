package org.feuerprobe.guest;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Binds a thread of any process of this user to one processor, with {@code sched_setaffinity}. */
@SuppressWarnings("restricted") // one call of the C library
final class Affinity {
    private static final int MOST_PROCESSORS = 1024;

    private Affinity() {}

    /**
     * Binds a thread, which moves to the processor before the call returns; the exception says why
     * it could not.
     */
    static void bind(long thread, int processor) throws IOException {
        if (processor < 0 || processor >= MOST_PROCESSORS) {
            throw new IOException(
                    "processor %d cannot be bound: its number is too large".formatted(processor));
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle set =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("sched_setaffinity"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS),
                        Linker.Option.captureCallState("errno"));
        int answer;
        int errno;
        try (Arena call = Arena.ofConfined()) {
            MemorySegment mask = call.allocate(MOST_PROCESSORS / 8, 8);
            mask.set(ValueLayout.JAVA_BYTE, processor / 8, (byte) (1 << processor % 8));
            MemorySegment state = call.allocate(Linker.Option.captureStateLayout());
            answer = (int) set.invokeExact(state, (int) thread, (long) MOST_PROCESSORS / 8, mask);
            errno = state.get(ValueLayout.JAVA_INT, 0);
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the C library failed", e);
        }
        if (answer != 0) {
            throw new IOException(
                    "thread %d cannot be bound to processor %d: errno %d"
                            .formatted(thread, processor, errno));
        }
    }
}
