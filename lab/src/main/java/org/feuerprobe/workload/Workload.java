package org.feuerprobe.workload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.feuerprobe.probe.Counter;

/**
 * What the plugin counted of a program, from its first instruction to its last.
 *
 * @param parts the program, the LibOS with its server, and the kernel
 * @param counters what the plugin always counts, of all three parts
 * @param halts how often the processor waited for an interrupt
 * @param data lines and pages of memory that the program accessed
 * @param code lines and pages of its instructions
 * @param reuse accesses by reuse distance: 0; 1; 2 to 3; 4 to 7; …; the last one: never before
 * @param strides accesses by distance from the last access of the same instruction: 0; up to 8, 64,
 *     512, 4096 bytes; more
 * @param vectors basic-block vectors of consecutive intervals
 * @param blocks address of each basic block, by its number
 * @param kernel executions of the kernel's instructions, by address
 */
public record Workload(
        SequencedMap<String, Part> parts,
        Map<Counter, Long> counters,
        long halts,
        Footprint data,
        Footprint code,
        List<Long> reuse,
        List<Long> strides,
        Branches branches,
        long interval,
        List<Vector> vectors,
        Map<Integer, Long> blocks,
        Map<Long, Long> kernel) {
    /** Bytes of a line. */
    public static final int LINE = 64;

    /** Bytes of a page. */
    public static final int PAGE = 4096;

    /** Labels of {@link #strides}. */
    public static final List<String> STRIDES =
            List.of("0", "to 8 B", "to 64 B", "to 512 B", "to 4 KiB", "more");

    private static final String PROGRAM = "program";

    public Workload {
        parts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parts));
        counters = Map.copyOf(counters);
        reuse = List.copyOf(reuse);
        strides = List.copyOf(strides);
        vectors = List.copyOf(vectors);
        blocks = Map.copyOf(blocks);
        kernel = Map.copyOf(kernel);
    }

    /**
     * Instructions of one part, by class.
     *
     * @param loads memory accesses that read; one instruction may have several
     * @param stores memory accesses that write
     */
    public record Part(SequencedMap<String, Long> mix, long loads, long stores) {
        public Part {
            mix = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(mix));
        }

        /** All instructions. */
        public long instructions() {
            return mix.values().stream().mapToLong(Long::longValue).sum();
        }

        /** All accesses. */
        public long accesses() {
            return loads + stores;
        }
    }

    /** Distinct lines and pages. */
    public record Footprint(long lines, long pages) {}

    /**
     * Conditional branches of the program.
     *
     * @param changed how often a branch went another way than the time before
     * @param simpleMisses what a counter of two bits for each branch mispredicts
     * @param historyMisses what gshare with a history of 12 branches mispredicts
     * @param unknown whose outcome could not be seen, because another thread went on
     */
    public record Branches(
            long executed,
            long taken,
            long changed,
            long simpleMisses,
            long historyMisses,
            long unknown) {}

    /** Instructions of each basic block in one interval, and of the interval. */
    public record Vector(long instructions, Map<Integer, Long> blocks) {
        public Vector {
            blocks = Map.copyOf(blocks);
        }
    }

    /** The program itself. */
    public Part program() {
        Part part = parts.get(PROGRAM);
        if (part == null) {
            throw new IllegalStateException("a workload has a program");
        }
        return part;
    }

    /** Instructions of all parts. */
    public long instructions() {
        return parts.values().stream().mapToLong(Part::instructions).sum();
    }

    /** Smallest reuse distance of a bucket. */
    public static long least(int bucket) {
        return bucket == 0 ? 0 : 1L << (bucket - 1);
    }

    /** Accesses to lines in all. */
    public long lineAccesses() {
        return reuse.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Misses of a fully associative LRU cache of so many lines, a power of two: the accesses whose
     * reuse distance is at least that.
     */
    public long misses(long lines) {
        long misses = reuse.getLast();
        for (int bucket = 1; bucket < reuse.size() - 1; bucket++) {
            misses += least(bucket) >= lines ? reuse.get(bucket) : 0;
        }
        return misses;
    }
}
