package org.feuerprobe.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.ValueCounts;

/**
 * Writer of a block file: {@code FILE (SERIES (BOOT (VALUES | TABLE)*)*)* END}. It holds only one
 * block in memory. The caller closes the stream after {@link #end}.
 */
public final class BlockFileWriter {
    /** Version of the blocks' content. */
    static final int VERSION = 1;

    /** Largest number of values per block, so that damage can be located and memory stays small. */
    static final int MOST_VALUES = 1 << 16;

    private final BlockWriter blocks;
    private final Payload payload = new Payload();
    private long values;

    public BlockFileWriter(OutputStream out) throws IOException {
        this.blocks = new BlockWriter(out);
        payload.number(VERSION);
        blocks.block(BlockType.FILE, payload);
    }

    /** Writes all values of measurements, in the order of time. */
    public static void samples(List<Measurement> measurements, OutputStream out)
            throws IOException {
        BlockFileWriter file = new BlockFileWriter(out);
        for (Measurement measurement : measurements) {
            file.series(SeriesName.of(measurement));
            for (BootSamples boot : measurement.boots()) {
                file.boot(name(boot));
                file.values(SampleRow.OPERATION, boot.operation());
                file.values(SampleRow.TWIN, boot.twin());
            }
        }
        file.end();
    }

    /** Writes how often each value occurred, for each boot of each measurement. */
    public static void counts(List<Measurement> measurements, OutputStream out) throws IOException {
        BlockFileWriter file = new BlockFileWriter(out);
        for (Measurement measurement : measurements) {
            file.series(SeriesName.of(measurement));
            for (BootSamples boot : measurement.boots()) {
                file.boot(name(boot));
                file.table(SampleRow.OPERATION, ValueCounts.of(boot.operation()));
                file.table(SampleRow.TWIN, ValueCounts.of(boot.twin()));
            }
        }
        file.end();
    }

    static BootName name(BootSamples boot) {
        return new BootName(
                boot.boot(),
                boot.seed(),
                boot.batch(),
                boot.operation().length,
                boot.twin().length);
    }

    /** Starts a series. */
    public void series(SeriesName name) throws IOException {
        payload.clear();
        payload.text(name.operation());
        payload.text(name.benchmark());
        payload.text(name.target());
        payload.text(name.metric());
        payload.number(name.parameters().size());
        name.parameters()
                .forEach((parameter, value) -> {
                    payload.text(parameter);
                    payload.signed(value);
                });
        blocks.block(BlockType.SERIES, payload);
    }

    /** Starts a boot of the series. */
    public void boot(BootName name) throws IOException {
        payload.clear();
        payload.number(name.boot());
        payload.signed(name.seed());
        payload.number(name.batch());
        payload.number(name.operations());
        payload.number(name.twins());
        blocks.block(BlockType.BOOT, payload);
    }

    /** Writes further values of the boot. */
    public void values(SampleRow stream, long[] more) throws IOException {
        for (int from = 0; from < more.length; from += MOST_VALUES) {
            int to = Math.min(more.length, from + MOST_VALUES);
            payload.clear();
            payload.number(stream.code());
            payload.number(to - from);
            payload.differences(more, from, to);
            blocks.block(BlockType.VALUES, payload);
        }
        values += more.length;
    }

    /** Writes counts of the boot's values, in as many blocks as needed. */
    public void table(SampleRow stream, ValueCounts table) throws IOException {
        long[] distinct = table.values();
        int most = MOST_VALUES / 2;
        for (int from = 0; from < distinct.length; from += most) {
            int to = Math.min(distinct.length, from + most);
            payload.clear();
            payload.number(stream.code());
            payload.number(to - from);
            payload.differences(distinct, from, to);
            for (int i = from; i < to; i++) {
                payload.number(table.counts()[i]);
            }
            blocks.block(BlockType.TABLE, payload);
        }
        values += table.total();
    }

    /** Writes the END block; without it, the file is incomplete. */
    public void end() throws IOException {
        payload.clear();
        payload.number(blocks.written());
        payload.number(values);
        blocks.block(BlockType.END, payload);
    }
}
