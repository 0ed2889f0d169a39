package org.feuerprobe.probe;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.feuerprobe.plan.Benchmark;

/**
 * What would a kernel write? A second, independent writer of section 3 of {@code docs/probe.md}:
 * offsets are spelled out here, so that an error in {@link ProbeLayout} shows.
 */
public final class RecordWriter {
    public static final int KERNEL = 1;
    public static final int BENCHMARK = 2;
    public static final int SAMPLES = 3;
    public static final int RESULT = 4;
    public static final int END = 5;
    public static final int LOG = 6;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int sequence;

    public RecordWriter kernel() {
        return kernel("FeuerBird", 2, 1);
    }

    public RecordWriter kernel(String name, int cpus, int clock) {
        ByteBuffer payload = payload(288);
        text(payload, 0, 32, name);
        text(payload, 32, 32, "0.1");
        text(payload, 64, 192, "CAP_ALLOC=scan");
        payload.putInt(256, cpus).putInt(260, clock).putLong(264, 1_000_000_000);
        return record(KERNEL, payload);
    }

    public RecordWriter benchmark(Benchmark benchmark) {
        ByteBuffer payload = payload(384);
        text(payload, 0, 48, benchmark.name());
        text(payload, 48, 48, benchmark.operation());
        payload.put(96, (byte) benchmark.ring())
                .put(97, (byte) (benchmark.cold() ? 1 : 0))
                .put(98, (byte) benchmark.cpus())
                .put(99, (byte) benchmark.parameters().size());
        int at = 104;
        for (Benchmark.Parameter parameter : benchmark.parameters()) {
            text(payload, at, 16, parameter.name());
            payload.putLong(at + 16, parameter.min()).putLong(at + 24, parameter.max());
            at += 32;
        }
        text(payload, 232, 104, benchmark.effect());
        return record(BENCHMARK, payload);
    }

    public RecordWriter samples(int entry, int stream, int first, int batch, long... values) {
        ByteBuffer payload = payload(24 + 8 * values.length);
        payload.putInt(entry)
                .putShort((short) stream)
                .putShort((short) 1)
                .putInt(0)
                .putInt(first)
                .putInt(values.length)
                .putInt(batch);
        for (long value : values) {
            payload.putLong(value);
        }
        return record(SAMPLES, payload);
    }

    public RecordWriter result(int entry, int status, long checks, long failures, String message) {
        ByteBuffer payload = payload(160);
        payload.putInt(entry).putInt(status).putLong(checks).putLong(failures);
        text(payload, 32, 128, message);
        return record(RESULT, payload);
    }

    public RecordWriter end(int entries) {
        return end(sequence + 1, entries);
    }

    public RecordWriter end(int records, int entries) {
        return record(END, payload(16).putInt(records).putInt(entries).putLong(123_456));
    }

    public RecordWriter log(String line) {
        int size = line.getBytes(StandardCharsets.UTF_8).length;
        ByteBuffer payload = payload((size + 7) / 8 * 8);
        text(payload, 0, size, line);
        return record(LOG, payload);
    }

    /** A record of any type around a payload, which {@link #payload} made. */
    @SuppressWarnings("ByteBufferBackingArray")
    public RecordWriter record(int type, ByteBuffer payload) {
        ByteBuffer record = payload(16 + payload.capacity());
        record.putShort((short) type)
                .putShort((short) 1)
                .putInt(record.capacity())
                .putInt(0)
                .putInt(sequence++)
                .put(payload.array());
        seal(record.array(), 0, record.capacity());
        out.writeBytes(record.array());
        return this;
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    public static ByteBuffer payload(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Gives every record that can be found a fitting checksum and sequence number. */
    public static byte[] sealed(byte[] stream) {
        byte[] copy = stream.clone();
        ByteBuffer bytes = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        int sequence = 0;
        for (int at = 0; at + 16 <= bytes.capacity(); ) {
            int length = bytes.getInt(at + 4);
            if (length < 16 || length > bytes.capacity() - at) {
                break;
            }
            bytes.putInt(at + 12, sequence++);
            seal(copy, at, length);
            at += length;
        }
        return copy;
    }

    private static void seal(byte[] stream, int at, int length) {
        ByteBuffer bytes = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(at + 8, 0);
        CRC32C crc = new CRC32C();
        crc.update(stream, at, length);
        bytes.putInt(at + 8, (int) crc.getValue());
    }

    private static void text(ByteBuffer payload, int at, int size, String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        if (raw.length > size) {
            throw new IllegalArgumentException("text longer than " + size + " bytes");
        }
        payload.put(at, raw);
    }
}
