package org.feuerprobe.probe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Counts of the emulator's plugin in the marked regions of each plan entry. The file format is in
 * {@code docs/probe.md} section 8. Any bytes lead to counts or to an error. Cost: linear in the
 * rows.
 */
public final class RegionCounts {
    public static final int HEADER_SIZE = 32;
    public static final int ROW_SIZE = 8 + 8 * Counter.ALL.size();
    private static final byte[] MAGIC = {'F', 'P', 'C', 'O', 'U', 'N', 'T', '\n'};
    private static final int MAJOR = 1;
    private static final int KIND_ENTRY = 1;
    private static final int KIND_REGION = 2;

    private final List<List<long[]>> entries;

    private RegionCounts(List<List<long[]>> entries) {
        this.entries = entries;
    }

    /** Counts that were kept: for each plan entry its regions, each with a count per counter. */
    public static RegionCounts of(List<List<long[]>> regions) {
        for (List<long[]> entry : regions) {
            for (long[] counts : entry) {
                if (counts.length != Counter.ALL.size()) {
                    throw new IllegalArgumentException(
                            "%d counters, want %d".formatted(counts.length, Counter.ALL.size()));
                }
            }
        }
        return new RegionCounts(regions);
    }

    /** For each plan entry its regions, each with a count per counter, to be kept. */
    public List<List<long[]>> regions() {
        return entries;
    }

    /** Reads a file that the plugin has finished. */
    public static RegionCounts read(ByteBuffer file) throws ProbeFormatException {
        ByteBuffer bytes = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[MAGIC.length];
        if (bytes.limit() < HEADER_SIZE) {
            throw new ProbeFormatException(0, "counts of %d bytes".formatted(bytes.limit()));
        }
        bytes.get(0, magic);
        if (!Arrays.equals(magic, MAGIC) || bytes.getInt(8) != MAJOR) {
            throw new ProbeFormatException(0, "the plugin's file has a wrong magic or version");
        }
        if (bytes.getInt(12) != Counter.ALL.size()) {
            throw new ProbeFormatException(
                    12, "%d counters, want %d".formatted(bytes.getInt(12), Counter.ALL.size()));
        }
        long rows = bytes.getLong(24);
        if (bytes.getInt(20) != 1) {
            throw new ProbeFormatException(20, "the plugin did not finish its file");
        }
        if (rows < 0 || rows > (bytes.limit() - HEADER_SIZE) / ROW_SIZE) {
            throw new ProbeFormatException(
                    24, "%d rows in %d bytes".formatted(rows, bytes.limit()));
        }
        return new RegionCounts(rows(bytes, (int) rows));
    }

    private static List<List<long[]>> rows(ByteBuffer bytes, int rows) throws ProbeFormatException {
        List<List<long[]>> entries = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int at = HEADER_SIZE + row * ROW_SIZE;
            int kind = bytes.getInt(at);
            if (kind == KIND_ENTRY) {
                entries.add(new ArrayList<>());
            } else if (kind == KIND_REGION && !entries.isEmpty()) {
                entries.getLast().add(counts(bytes, at + 8));
            } else {
                throw new ProbeFormatException(at, "row %d of kind %d".formatted(row, kind));
            }
        }
        return entries;
    }

    private static long[] counts(ByteBuffer bytes, int at) throws ProbeFormatException {
        long[] counts = new long[Counter.ALL.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = bytes.getLong(at + 8 * i);
            if (counts[i] < 0) {
                throw new ProbeFormatException(at + 8 * i, "negative count");
            }
        }
        return counts;
    }

    /**
     * Only the entries with these indices, in this order. An index without an entry yields an empty
     * one.
     */
    public RegionCounts only(List<Integer> chosen) {
        return new RegionCounts(
                chosen.stream()
                        .map(i -> i >= 0 && i < entries.size() ? entries.get(i) : List.<long[]>of())
                        .toList());
    }

    /**
     * The entries of several boots as one: each entry is the next one of the boot that owns it.
     *
     * @param owners index of a boot for each entry
     */
    public static RegionCounts interleaved(List<RegionCounts> boots, List<Integer> owners) {
        int[] next = new int[boots.size()];
        return new RegionCounts(
                owners.stream()
                        .map(owner -> {
                            List<List<long[]>> own = boots.get(owner).entries;
                            int at = next[owner]++;
                            return at < own.size() ? own.get(at) : List.<long[]>of();
                        })
                        .toList());
    }

    /** Number of plan entries that the kernel started. */
    public int entries() {
        return entries.size();
    }

    /**
     * Values of one counter for one stream of a plan entry, without the warm-up. Operation and twin
     * alternate, so the entry must have one region per repetition, or one per operation of a batch.
     * Empty if the number of regions is neither, and for a batch of a counter that is a maximum.
     */
    public Optional<long[]> values(
            int entry, Counter counter, int stream, int warmup, int samples, int batch) {
        int repetitions = 2 * (warmup + samples);
        int regions = entry < entries.size() ? entries.get(entry).size() : 0;
        int each = regions / repetitions;
        boolean known = (each == 1 || each == batch) && !(counter.largest() && batch > 1);
        if (regions == 0 || regions % repetitions != 0 || !known) {
            return Optional.empty();
        }
        int column = Counter.ALL.indexOf(counter);
        long[] values = new long[samples];
        for (int i = 0; i < samples; i++) {
            int first = (2 * (warmup + i) + stream) * each;
            for (long[] region : entries.get(entry).subList(first, first + each)) {
                values[i] += region[column];
            }
        }
        return Optional.of(values);
    }
}
