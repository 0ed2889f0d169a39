package org.feuerprobe.flame;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writer of a protocol buffer's message: the few kinds of fields that pprof's messages have. */
final class ProtocolBuffer {
    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int SEVEN = 7;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A number; 0 is the default, and is left out. */
    ProtocolBuffer number(int field, long value) {
        if (value != 0) {
            varint((long) field << 3 | VARINT);
            varint(value);
        }
        return this;
    }

    /** Several numbers in one packed field. */
    ProtocolBuffer numbers(int field, Iterable<Long> values) {
        ProtocolBuffer packed = new ProtocolBuffer();
        values.forEach(packed::varint);
        return bytes(field, packed.toBytes());
    }

    ProtocolBuffer text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    ProtocolBuffer message(int field, ProtocolBuffer message) {
        return bytes(field, message.toBytes());
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private ProtocolBuffer bytes(int field, byte[] bytes) {
        varint((long) field << 3 | BYTES);
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & -1L << SEVEN) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= SEVEN;
        }
        out.write((int) rest);
    }
}
