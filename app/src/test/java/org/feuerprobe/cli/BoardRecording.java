package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.probe.RecordWriter;

/** What a board would have said on its serial line: one operation, timed by a clock of its own. */
final class BoardRecording {
    private static final Benchmark YIELD =
            new Benchmark("yield/same", "yield", 0, false, 1, List.of(), "the other has run");
    private static final int CALIBRATION = -1;
    private static final int PAIRS = 2;

    private BoardRecording() {}

    /** A boot for each list of spans, each counted by both clocks; empty where one is all. */
    static Path write(Path file, long[]... boots) throws IOException {
        StringBuilder said = new StringBuilder();
        for (int boot = 0; boot < boots.length; boot++) {
            append(said, records(values(boot), 1, boots[boot]));
        }
        return Files.writeString(file, said);
    }

    /** One boot whose values are those of a clock with steps of so many ticks. */
    static Path scaled(Path file, double step) throws IOException {
        StringBuilder said = new StringBuilder();
        append(said, records(values(0), step));
        return Files.writeString(file, said);
    }

    /** Three boots, of which only the third differs. */
    static byte[] third(Path file) throws IOException {
        StringBuilder said = new StringBuilder();
        append(said, records(values(0), 1));
        append(said, records(values(0), 1));
        append(said, records(values(1), 1));
        return Files.readAllBytes(Files.writeString(file, said));
    }

    private static void append(StringBuilder said, byte[] records) {
        ByteBuffer bytes = ByteBuffer.wrap(records).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < records.length; at += bytes.getInt(at + 4)) {
            said.append("#fp ")
                    .append(HexFormat.of().formatHex(records, at, at + bytes.getInt(at + 4)))
                    .append('\n');
        }
        said.append("#fp-state 3 0 0 0 1 1\n");
    }

    /** No two boots take the same time. */
    private static long[] values(int boot) {
        long[] values = new long[64];
        Arrays.setAll(values, i -> 150 + (i + boot) % 3);
        return values;
    }

    private static long[] times(double step, long... values) {
        return Arrays.stream(values).map(value -> (long) (value * step)).toArray();
    }

    private static byte[] records(long[] values, double step, long... pairs) {
        RecordWriter writer =
                new RecordWriter()
                        .kernel("board", 1, 1)
                        .benchmark(YIELD)
                        .samples(CALIBRATION, 0, 0, 1, times(step, 50, 50, 51));
        if (pairs.length > 0) {
            writer.samples(CALIBRATION, PAIRS, 0, 1, pairs);
        }
        return writer.samples(0, 0, 0, 1, times(step, values))
                .samples(0, 1, 0, 1, times(step, 50, 50))
                .result(0, 0, 64, 0, "")
                .end(1)
                .bytes();
    }
}
