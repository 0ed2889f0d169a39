package org.feuerprobe.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reader of a payload that {@link Payload} wrote. It never reads beyond the end. */
final class PayloadReader {
    private static final int LONGEST_TEXT = 1 << 16;

    private final byte[] bytes;
    private final int end;
    private final String where;
    private int at;

    /** {@code where} names the block in messages. */
    PayloadReader(byte[] bytes, int length, String where) {
        this.bytes = bytes;
        this.end = length;
        this.where = where;
    }

    long number() throws BlockFormatException {
        long value = 0;
        for (int shift = 0; at < end; shift += 7) {
            byte next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                if (shift == 63 && next > 1) {
                    throw broken("a number has more than 64 bits");
                }
                return value;
            }
            if (shift == 63) {
                throw broken("a number has more than 64 bits");
            }
        }
        throw broken("ends inside a number");
    }

    long signed() throws BlockFormatException {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Reads a number from 0 to {@code most}. */
    int small(int most, String what) throws BlockFormatException {
        long value = number();
        if (value < 0 || value > most) {
            throw broken(
                    "%s is %s, at most %d".formatted(what, Long.toUnsignedString(value), most));
        }
        return (int) value;
    }

    String text() throws BlockFormatException {
        int length = small(LONGEST_TEXT, "the length of a text");
        if (length > end - at) {
            throw broken("ends inside a text");
        }
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, at, length))
                            .toString();
            at += length;
            return text;
        } catch (CharacterCodingException e) {
            throw broken("a text is not UTF-8");
        }
    }

    /** Fills {@code into} from {@code from} to {@code to} with values stored as differences. */
    void differences(long[] into, int from, int to) throws BlockFormatException {
        long previous = 0;
        for (int i = from; i < to; i++) {
            long zigzag;
            if (at < end && bytes[at] >= 0) {
                zigzag = bytes[at++]; // by far the most frequent case: one byte
            } else {
                zigzag = number();
            }
            previous += (zigzag >>> 1) ^ -(zigzag & 1);
            into[i] = previous;
        }
    }

    /** Checks that nothing is left over. */
    void end() throws BlockFormatException {
        if (at != end) {
            throw broken((end - at) + " bytes too many");
        }
    }

    BlockFormatException broken(String what) {
        return new BlockFormatException(where + ": " + what);
    }
}
