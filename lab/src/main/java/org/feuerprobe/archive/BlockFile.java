package org.feuerprobe.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.feuerprobe.sample.ValueCounts;
import org.jspecify.annotations.Nullable;

/**
 * Reader of a block file, which passes one row of a boot's values at a time to a visitor. A file
 * that is changed, cut or extended leads to a {@link BlockFormatException} that names the block.
 * Everything passed on before that is as it was written.
 */
public final class BlockFile {
    private static final int BUFFER = 1 << 18;

    /** Largest number of values in one row of a boot, so that they fit in an array. */
    private static final int MOST_VALUES = 1 << 28;

    private final BlockReader blocks;
    private final Visitor visitor;
    private long delivered;
    private boolean inSeries;
    private @Nullable BootName boot;
    private final Row[] rows = {new Row(), new Row()};

    private BlockFile(BlockReader blocks, Visitor visitor) {
        this.blocks = blocks;
        this.visitor = visitor;
    }

    /** Receives the content of a file in its order. */
    public interface Visitor {
        void series(SeriesName name);

        void boot(BootName name);

        /** All values of one row of the boot, in the order of time. */
        default void values(SampleRow stream, long[] values) {}

        /** All counts of one row of the boot. */
        default void table(SampleRow stream, ValueCounts table) {}
    }

    /** The part of one row of the current boot that has been read. */
    private static final class Row {
        private long[] values = new long[0];
        private long[] counts = new long[0];
        private int filled;
        private long total;
        private boolean table;

        void clear() {
            filled = 0;
            total = 0;
            table = false;
            counts = new long[0];
        }
    }

    public static void read(Path file, Visitor visitor) throws IOException {
        try (InputStream in = new BufferedInputStream(PlainFile.open(file), BUFFER)) {
            read(in, file.toString(), visitor);
        }
    }

    /** Reads to the end; {@code name} is the file's name for messages. */
    public static void read(InputStream in, String name, Visitor visitor) throws IOException {
        new BlockFile(new BlockReader(in, name), visitor).read();
    }

    private void read() throws IOException {
        PayloadReader first = blocks.next();
        if (blocks.type() != BlockType.FILE) {
            throw blocks.broken("should be a FILE block");
        }
        long version = first.number();
        if (version != BlockFileWriter.VERSION) {
            throw blocks.broken(
                    "has version %d, but this program reads version %d: use the version that wrote it"
                            .formatted(version, BlockFileWriter.VERSION));
        }
        first.end();
        while (true) {
            PayloadReader payload = blocks.next();
            switch (blocks.type()) {
                case FILE -> throw blocks.broken("is a second FILE block");
                case SERIES -> series(payload);
                case BOOT -> boot(payload);
                case VALUES -> values(payload);
                case TABLE -> table(payload);
                case END -> {
                    end(payload);
                    return;
                }
            }
        }
    }

    private void series(PayloadReader payload) throws BlockFormatException {
        deliverBoot();
        String operation = payload.text();
        String benchmark = payload.text();
        String target = payload.text();
        String metric = payload.text();
        SequencedMap<String, Long> parameters = new LinkedHashMap<>();
        int count = payload.small(1 << 10, "the number of parameters");
        for (int i = 0; i < count; i++) {
            String parameter = payload.text();
            if (parameters.put(parameter, payload.signed()) != null) {
                throw payload.broken("a parameter occurs twice");
            }
        }
        payload.end();
        inSeries = true;
        visitor.series(new SeriesName(operation, benchmark, target, metric, parameters));
    }

    private void boot(PayloadReader payload) throws BlockFormatException {
        deliverBoot();
        if (!inSeries) {
            throw payload.broken("comes before any SERIES block");
        }
        int number = payload.small(Integer.MAX_VALUE, "the boot");
        long seed = payload.signed();
        int batch = payload.small(Integer.MAX_VALUE, "the batch");
        int operations = payload.small(MOST_VALUES, "the number of values");
        int twins = payload.small(MOST_VALUES, "the number of twin values");
        payload.end();
        if (batch < 1 || operations < 1 || twins < 1) {
            throw payload.broken("batch and numbers of values must be positive");
        }
        boot = new BootName(number, seed, batch, operations, twins);
        visitor.boot(boot);
    }

    private Row row(PayloadReader payload, boolean table) throws BlockFormatException {
        if (boot == null) {
            throw payload.broken("comes before any BOOT block");
        }
        Row row = rows[payload.small(1, "the row")];
        if (row.filled > 0 && row.table != table) {
            throw payload.broken("mixes values and counts");
        }
        row.table = table;
        return row;
    }

    private int expected(Row row) {
        BootName current = boot;
        return current == null ? 0 : row == rows[0] ? current.operations() : current.twins();
    }

    private void values(PayloadReader payload) throws BlockFormatException {
        Row row = row(payload, false);
        int count = payload.small(BlockFileWriter.MOST_VALUES, "the number of values");
        int after = row.filled + count;
        if (after > expected(row)) {
            throw payload.broken("the boot has more values than announced");
        }
        if (row.values.length < after) {
            // Grows with the data read, so that a false length cannot exhaust memory.
            row.values = Arrays.copyOf(row.values, Math.max(after, 2 * row.values.length));
        }
        payload.differences(row.values, row.filled, after);
        payload.end();
        row.filled = after;
        row.total = after;
    }

    private void table(PayloadReader payload) throws BlockFormatException {
        Row row = row(payload, true);
        int count = payload.small(BlockFileWriter.MOST_VALUES, "the number of distinct values");
        int after = row.filled + count;
        row.values = Arrays.copyOf(row.values, Math.max(after, row.values.length));
        row.counts = Arrays.copyOf(row.counts, after);
        payload.differences(row.values, row.filled, after);
        for (int i = row.filled; i < after; i++) {
            row.counts[i] = payload.number();
            row.total += row.counts[i];
            if (row.counts[i] < 1 || row.total > expected(row) || row.total < 0) {
                throw payload.broken("the counts exceed the boot's number of values");
            }
            if (i > 0 && row.values[i - 1] >= row.values[i]) {
                throw payload.broken("the distinct values are not in ascending order");
            }
        }
        payload.end();
        row.filled = after;
    }

    /** Passes the boot that ends here to the visitor, if there is one. */
    private void deliverBoot() throws BlockFormatException {
        if (boot == null) {
            return;
        }
        for (SampleRow stream : SampleRow.values()) {
            Row row = rows[stream.code()];
            if (row.total != expected(row)) {
                throw blocks.broken(
                        "follows a boot that announced %d values and has %d"
                                .formatted(expected(row), row.total));
            }
            delivered += row.total;
            long[] values = Arrays.copyOf(row.values, row.filled);
            if (row.table) {
                visitor.table(stream, new ValueCounts(values, row.counts));
            } else {
                visitor.values(stream, values);
            }
            row.clear();
        }
        boot = null;
    }

    private void end(PayloadReader payload) throws IOException {
        deliverBoot();
        long before = payload.number();
        long values = payload.number();
        payload.end();
        if (before != blocks.before() || values != delivered) {
            throw payload.broken(
                    "announces %d blocks and %d values, but the file has %d and %d"
                            .formatted(before, values, blocks.before(), delivered));
        }
        blocks.end();
    }
}
