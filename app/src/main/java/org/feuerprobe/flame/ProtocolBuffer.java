package org.feuerprobe.flame;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writer of a protocol buffer's message: the few kinds of fields that our messages have. */
public final class ProtocolBuffer {
    private static final int VARINT = 0;
    private static final int FIXED = 1;
    private static final int BYTES = 2;
    private static final int SEVEN = 7;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A number; 0 is the default, and is left out. */
    public ProtocolBuffer number(int field, long value) {
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

    /** A text, also an empty one. */
    public ProtocolBuffer text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Another message. */
    public ProtocolBuffer message(int field, ProtocolBuffer message) {
        return bytes(field, message.toBytes());
    }

    /** A number of eight bytes. */
    public ProtocolBuffer fixed(int field, long value) {
        varint((long) field << 3 | FIXED);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    /** The message so far. */
    public byte[] toBytes() {
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
