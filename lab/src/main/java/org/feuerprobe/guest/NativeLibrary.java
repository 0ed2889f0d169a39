package org.feuerprobe.guest;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The host library of {@code exokernel/native}, loaded into this process. Its functions keep state,
 * so only one thread uses an instance, and only one instance is loaded at a time. A fault in the
 * library ends this process, so it must contain only our own code.
 */
@SuppressWarnings("restricted") // calling our own library is the purpose
final class NativeLibrary implements AutoCloseable {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final int GAP_CLASSES = 64;
    private static final int SIGNATURE = 13;

    private final Arena arena = Arena.ofShared();
    private final SymbolLookup symbols;

    @SuppressWarnings("MustBeClosed") // closed by close()
    NativeLibrary(Path file) throws IOException {
        try {
            symbols = SymbolLookup.libraryLookup(file.toAbsolutePath(), arena);
        } catch (IllegalArgumentException e) {
            arena.close();
            throw new IOException("cannot load " + file + ": " + e.getMessage(), e);
        }
    }

    /** Builds the library with {@code make native} unless it is up to date. */
    static KernelImage build(Path exokernel, List<String> variant)
            throws IOException, InterruptedException {
        return build(exokernel, variant, "native");
    }

    /** Builds the library that reads a counter instead of the clock. */
    static KernelImage buildCounting(Path exokernel, List<String> variant)
            throws IOException, InterruptedException {
        return build(exokernel, variant, "counting");
    }

    private static KernelImage build(Path exokernel, List<String> variant, String goal)
            throws IOException, InterruptedException {
        List<String> build = new java.util.ArrayList<>(List.of(goal));
        build.addAll(variant);
        Make.run("the native library", exokernel, build);
        build.set(0, "print-" + goal);
        return KernelImage.read(
                exokernel.resolve(Make.run("the native library", exokernel, build).strip()));
    }

    /** Runs a plan; the header page in {@code output} says how it ended. */
    void run(byte[] plan, MemorySegment output) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment bytes = call.allocateFrom(ValueLayout.JAVA_BYTE, plan);
            int _ =
                    (int)
                            function(
                                            "native_run",
                                            ValueLayout.JAVA_INT,
                                            ValueLayout.ADDRESS,
                                            LONG,
                                            ValueLayout.ADDRESS)
                                    .invokeExact(bytes, (long) plan.length, output);
        } catch (Throwable e) {
            throw unforeseen(e);
        }
    }

    /**
     * Reads a counter instead of the clock from now on. Reading the descriptor yields eight bytes.
     */
    void count(int descriptor) {
        MethodHandle handle =
                Linker.nativeLinker()
                        .downcallHandle(
                                symbols.findOrThrow("native_count"),
                                FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
        try {
            handle.invokeExact(descriptor);
        } catch (Throwable e) {
            throw unforeseen(e);
        }
    }

    /** Binds the calling thread to a processor; returns 0 or an errno. */
    int pin(int cpu) {
        try {
            return (int)
                    function("native_pin", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)
                            .invokeExact(cpu);
        } catch (Throwable e) {
            throw unforeseen(e);
        }
    }

    /** The hypervisor's CPUID signature; empty if there is no hypervisor. */
    String hypervisor() {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment signature = call.allocate(SIGNATURE);
            MethodHandle handle =
                    Linker.nativeLinker()
                            .downcallHandle(
                                    symbols.findOrThrow("native_hypervisor"),
                                    FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
            handle.invokeExact(signature);
            return signature.getString(0, StandardCharsets.ISO_8859_1);
        } catch (Throwable e) {
            throw unforeseen(e);
        }
    }

    /** Ticks of {@code n} empty timed pairs. */
    long[] empty(int n) {
        return longs("native_empty", n);
    }

    /** Ticks of {@code n} intervals of many lengths. */
    long[] differences(int n) {
        return longs("native_differences", n);
    }

    private long[] longs(String name, int n) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment values = call.allocate(LONG, n);
            MethodHandle handle =
                    Linker.nativeLinker()
                            .downcallHandle(
                                    symbols.findOrThrow(name),
                                    FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, LONG));
            handle.invokeExact(values, (long) n);
            return values.toArray(LONG);
        } catch (Throwable e) {
            throw unforeseen(e);
        }
    }

    /** Smallest ticks of 100,000 dependent steps: 0 additions, 1 multiplications, 2 loads. */
    long chain(int kind, int repetitions) {
        try {
            return (long)
                    function("native_chain", LONG, ValueLayout.JAVA_INT, LONG)
                            .invokeExact(kind, (long) repetitions);
        } catch (Throwable e) {
            throw unforeseen(e);
        }
    }

    /**
     * Smallest number of ticks of 256 consecutive loads, over several passes through the lines in
     * random order.
     *
     * @param lines number of lines
     * @param distance distance of the lines in bytes
     * @param how bits: 1 flushes the lines before each pass, 2 makes the loads independent of each
     *     other
     * @param between number of other bytes that are written before each pass
     * @param rounds number of passes
     */
    long misses(long lines, long distance, int how, long between, int rounds) {
        try {
            return (long)
                    function("native_misses", LONG, LONG, LONG, ValueLayout.JAVA_INT, LONG, LONG)
                            .invokeExact(lines, distance, how, between, (long) rounds);
        } catch (Throwable e) {
            throw unforeseen(e);
        }
    }

    /** Reads the counter and {@code CLOCK_MONOTONIC_RAW} now: ticks and nanoseconds. */
    long[] moment() {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment moment = call.allocate(LONG, 2);
            MethodHandle handle =
                    Linker.nativeLinker()
                            .downcallHandle(
                                    symbols.findOrThrow("native_moment"),
                                    FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
            handle.invokeExact(moment);
            return moment.toArray(LONG);
        } catch (Throwable e) {
            throw unforeseen(e);
        }
    }

    /**
     * Median number of ticks until another processor has answered an interrupt; 0 if that cannot be
     * measured.
     */
    long interruptOther(int n) {
        try {
            return (long) function("native_ipi", LONG, LONG).invokeExact((long) n);
        } catch (Throwable e) {
            throw unforeseen(e);
        }
    }

    /** Ticks of the counter during this many nanoseconds of {@code CLOCK_MONOTONIC_RAW}. */
    long ticks(long nanoseconds) {
        try {
            return (long) function("native_ticks", LONG, LONG).invokeExact(nanoseconds);
        } catch (Throwable e) {
            throw unforeseen(e);
        }
    }

    /** Gaps between clock reads in ticks: a histogram by power of two, and the longest. */
    record Gaps(Map<Integer, Long> histogram, long reads, long longest) {}

    /** Reads the clock without pause for {@code ticks}. */
    Gaps noise(long ticks) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment gaps = call.allocate(LONG, GAP_CLASSES);
            MemorySegment longest = call.allocate(LONG);
            long reads =
                    (long)
                            function(
                                            "native_noise",
                                            LONG,
                                            LONG,
                                            ValueLayout.ADDRESS,
                                            ValueLayout.ADDRESS)
                                    .invokeExact(ticks, gaps, longest);
            Map<Integer, Long> histogram = new TreeMap<>();
            for (int i = 0; i < GAP_CLASSES; i++) {
                if (gaps.getAtIndex(LONG, i) > 0) {
                    histogram.put(i, gaps.getAtIndex(LONG, i));
                }
            }
            return new Gaps(histogram, reads, longest.get(LONG, 0));
        } catch (Throwable e) {
            throw unforeseen(e);
        }
    }

    /** Allocates a region for the library's output; it lives until this library is closed. */
    MemorySegment region(long size) {
        return arena.allocate(size, 4096);
    }

    static ByteBuffer bytes(MemorySegment region) {
        return region.asByteBuffer();
    }

    private MethodHandle function(
            String name,
            java.lang.foreign.MemoryLayout result,
            java.lang.foreign.MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .downcallHandle(
                        symbols.findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    private static IllegalStateException unforeseen(Throwable e) {
        return new IllegalStateException("a call into the native library failed", e);
    }

    @Override
    public void close() {
        arena.close();
    }
}
