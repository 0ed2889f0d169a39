package org.feuerprobe.probe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.plan.Benchmark;

/**
 * Decodes bytes into records. It checks the form of each record only: header, CRC, sequence number,
 * sizes and ranges.
 *
 * <p>{@link ProbeRun} checks whether the records make a complete run. Cost: linear in the bytes. A
 * size that a record claims is checked before anything is allocated for it.
 */
public final class RecordDecoder {
    private final ByteBuffer bytes;
    private int at;
    private long sequence;

    private RecordDecoder(ByteBuffer bytes) {
        this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** All records from the buffer's start to its limit. */
    public static List<ProbeRecord> decode(ByteBuffer bytes) throws ProbeFormatException {
        return new RecordDecoder(bytes).all();
    }

    /** Decodes all records; the first one must have the sequence number {@code first}. */
    public static List<ProbeRecord> decode(ByteBuffer bytes, long first)
            throws ProbeFormatException {
        RecordDecoder decoder = new RecordDecoder(bytes);
        decoder.sequence = first;
        return decoder.all();
    }

    private List<ProbeRecord> all() throws ProbeFormatException {
        List<ProbeRecord> records = new ArrayList<>();
        while (at < bytes.limit()) {
            int length = checkHeader();
            int type = Short.toUnsignedInt(bytes.getShort(at));
            if (type < ProbeLayout.FIRST_OPTIONAL_TYPE) {
                records.add(record(type, length));
            }
            at += length;
            sequence++;
        }
        return records;
    }

    private int checkHeader() throws ProbeFormatException {
        int left = bytes.limit() - at;
        if (left < ProbeLayout.RECORD_HEADER_SIZE) {
            throw error(
                    "%d bytes left, a record header needs %d"
                            .formatted(left, ProbeLayout.RECORD_HEADER_SIZE));
        }
        int version = Short.toUnsignedInt(bytes.getShort(at + 2));
        int length = bytes.getInt(at + 4);
        if (length < ProbeLayout.RECORD_HEADER_SIZE || length % 8 != 0 || length > left) {
            throw error(
                    "record length %d with %d bytes left"
                            .formatted(Integer.toUnsignedLong(length), left));
        }
        if (version != ProbeLayout.RECORD_VERSION) {
            throw error(
                    "record version %d, want %d".formatted(version, ProbeLayout.RECORD_VERSION));
        }
        if (bytes.getInt(at + ProbeLayout.RECORD_CRC)
                != Checksum.withZeroAt(bytes, at, length, ProbeLayout.RECORD_CRC)) {
            throw error("wrong checksum");
        }
        long found = Integer.toUnsignedLong(bytes.getInt(at + 12));
        if (found != sequence) {
            throw error("sequence number %d, want %d".formatted(found, sequence));
        }
        return length;
    }

    private ProbeRecord record(int type, int length) throws ProbeFormatException {
        return switch (type) {
            case 1 -> kernel(exactly(length, ProbeLayout.KERNEL_SIZE));
            case 2 -> offer(exactly(length, ProbeLayout.BENCHMARK_SIZE));
            case 3 -> samples(length);
            case 4 -> result(exactly(length, ProbeLayout.RESULT_SIZE));
            case 5 -> end(exactly(length, ProbeLayout.END_SIZE));
            case 6 ->
                    new ProbeRecord.Log(
                            HarmlessText.read(
                                    bytes, at + 16, length - ProbeLayout.RECORD_HEADER_SIZE));
            default -> throw error("unknown record type %d".formatted(type));
        };
    }

    private int exactly(int length, int wanted) throws ProbeFormatException {
        if (length != wanted) {
            throw error("record length %d, want %d".formatted(length, wanted));
        }
        return at + ProbeLayout.RECORD_HEADER_SIZE;
    }

    private ProbeRecord kernel(int p) throws ProbeFormatException {
        int cpus = bytes.getInt(p + 256);
        int clock = bytes.getInt(p + 260);
        if (cpus < 1 || cpus > 4096) {
            throw error("kernel with %d CPUs".formatted(cpus));
        }
        if (clock != 0 && clock != 1) {
            throw error("unknown clock %d".formatted(clock));
        }
        return new ProbeRecord.Kernel(
                HarmlessText.read(bytes, p, 32),
                HarmlessText.read(bytes, p + 32, 32),
                HarmlessText.read(bytes, p + 64, 192),
                cpus,
                clock == 1,
                bytes.getLong(p + 264),
                GuestCounters.of(bytes.getLong(p + 272)));
    }

    private ProbeRecord offer(int p) throws ProbeFormatException {
        int count = Byte.toUnsignedInt(bytes.get(p + 99));
        int cache = Byte.toUnsignedInt(bytes.get(p + 97));
        if (count > ProbeLayout.MOST_PARAMETERS || cache > 1) {
            throw error("benchmark with %d parameters, cache %d".formatted(count, cache));
        }
        List<Benchmark.Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int q = p + 104 + 32 * i;
            String name = HarmlessText.read(bytes, q, 16);
            long min = bytes.getLong(q + 16);
            long max = bytes.getLong(q + 24);
            if (name.isEmpty() || min < 0 || max < min) {
                throw error("parameter %d '%s' with range %d to %d".formatted(i, name, min, max));
            }
            long each = i == 0 ? Integer.toUnsignedLong(bytes.getInt(p + 336)) : 0;
            parameters.add(new Benchmark.Parameter(name, min, max, each));
        }
        String name = HarmlessText.read(bytes, p, 48);
        String operation = HarmlessText.read(bytes, p + 48, 48);
        if (name.isEmpty() || operation.isEmpty()) {
            throw error("benchmark without name or operation");
        }
        if (name.indexOf(HarmlessText.REPLACEMENT) >= 0) {
            // A plan has to send this name back to the kernel, and the replaced bytes are lost.
            throw error("benchmark name '%s' is not plain text".formatted(name));
        }
        if (parameters.stream().map(Benchmark.Parameter::name).distinct().count() < count) {
            throw error("benchmark '%s' names a parameter twice".formatted(name));
        }
        return new ProbeRecord.Offer(
                new Benchmark(
                        name,
                        operation,
                        Byte.toUnsignedInt(bytes.get(p + 96)),
                        cache == 1,
                        Byte.toUnsignedInt(bytes.get(p + 98)),
                        parameters,
                        HarmlessText.read(bytes, p + 232, 104)));
    }

    private ProbeRecord samples(int length) throws ProbeFormatException {
        if (length < ProbeLayout.SAMPLES_SIZE) {
            throw error("SAMPLES record of %d bytes".formatted(length));
        }
        int p = at + ProbeLayout.RECORD_HEADER_SIZE;
        long count = Integer.toUnsignedLong(bytes.getInt(p + 16));
        if (count != (length - ProbeLayout.SAMPLES_SIZE) / 8) {
            throw error(
                    "SAMPLES record of %d bytes claims to hold %d values".formatted(length, count));
        }
        int batch = bytes.getInt(p + 20);
        if (batch < 1) {
            throw error("batch %d".formatted(Integer.toUnsignedLong(batch)));
        }
        long[] values = new long[(int) count];
        bytes.slice(p + 24, 8 * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .get(values);
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0) {
                throw error("value %d is %s".formatted(i, Long.toUnsignedString(values[i])));
            }
        }
        return new ProbeRecord.Samples(
                bytes.getInt(p),
                Short.toUnsignedInt(bytes.getShort(p + 4)),
                Short.toUnsignedInt(bytes.getShort(p + 6)),
                bytes.getInt(p + 8),
                Integer.toUnsignedLong(bytes.getInt(p + 12)),
                batch,
                values);
    }

    private ProbeRecord result(int p) throws ProbeFormatException {
        int status = bytes.getInt(p + 4);
        if (status < 0 || status >= ProbeRecord.Status.BY_CODE.size()) {
            throw error("unknown status %d".formatted(Integer.toUnsignedLong(status)));
        }
        return new ProbeRecord.Result(
                bytes.getInt(p),
                ProbeRecord.Status.BY_CODE.get(status),
                bytes.getLong(p + 8),
                bytes.getLong(p + 16),
                HarmlessText.read(bytes, p + 32, 128));
    }

    private ProbeRecord end(int p) throws ProbeFormatException {
        long records = Integer.toUnsignedLong(bytes.getInt(p));
        if (records != sequence + 1) {
            throw error("END counts %d records, want %d".formatted(records, sequence + 1));
        }
        return new ProbeRecord.End(
                records, Integer.toUnsignedLong(bytes.getInt(p + 4)), bytes.getLong(p + 8));
    }

    private ProbeFormatException error(String message) {
        return new ProbeFormatException(at, message);
    }
}
