package org.feuerprobe.guest;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/**
 * A pseudo-terminal: what is written here comes out of a tty device, as of a board's. A test is
 * skipped where there is none.
 */
@SuppressWarnings("restricted") // the C library's own functions
final class Pty implements AutoCloseable {
    private static final int READ_WRITE_NO_CONTROL = 2 | 0x100;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private final int master;
    private final Path device;

    Pty() {
        master = number(call("posix_openpt", INT, INT), READ_WRITE_NO_CONTROL);
        if (master < 0
                || number(call("grantpt", INT, INT), master) != 0
                || number(call("unlockpt", INT, INT), master) != 0) {
            throw new TestAbortedException("this host has no pseudo-terminal");
        }
        try {
            MemorySegment name =
                    (MemorySegment) call("ptsname", ValueLayout.ADDRESS, INT).invokeExact(master);
            device = Path.of(name.reinterpret(64).getString(0));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow(name),
                        FunctionDescriptor.of(result, arguments));
    }

    private static int number(MethodHandle function, int argument) {
        try {
            return (int) function.invokeExact(argument);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The tty, for whoever listens. */
    Path device() {
        return device;
    }

    /** As a board would send; blocks while nobody listens and the line is full. */
    void send(byte[] bytes) {
        MethodHandle write =
                call(
                        "write",
                        ValueLayout.JAVA_LONG,
                        INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            for (long sent = 0; sent < bytes.length; ) {
                long now =
                        (long)
                                write.invokeExact(
                                        master, all.asSlice(sent), (long) bytes.length - sent);
                if (now <= 0) {
                    throw new IllegalStateException("the line is dead");
                }
                sent += now;
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        int _ = number(call("close", INT, INT), master);
    }
}
