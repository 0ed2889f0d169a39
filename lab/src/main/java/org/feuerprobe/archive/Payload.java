package org.feuerprobe.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Buffer for a block's payload: variable-length numbers and texts. Grows as needed. */
final class Payload {
    /** Length of the longest number in bytes. */
    static final int LONGEST_NUMBER = 10;

    private byte[] bytes = new byte[1 << 12];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    /**
     * Writes a number with seven bits per byte, lowest first; the eighth bit is set if more bytes
     * follow.
     */
    void number(long value) {
        reserve(LONGEST_NUMBER);
        length = put(bytes, length, value);
    }

    /**
     * Writes a signed number, so that small absolute values take few bytes: 0, -1, 1, -2, … become
     * 0, 1, 2, 3, ….
     */
    void signed(long value) {
        number((value << 1) ^ (value >> 63));
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        reserve(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    /** Writes the difference of each value to the one before it; the first one's to zero. */
    void differences(long[] values, int from, int to) {
        reserve((to - from) * LONGEST_NUMBER);
        byte[] out = bytes;
        int at = length;
        long previous = 0;
        for (int i = from; i < to; i++) {
            long difference = values[i] - previous; // may overflow, which reading undoes
            previous = values[i];
            at = put(out, at, (difference << 1) ^ (difference >> 63));
        }
        length = at;
    }

    private static int put(byte[] out, int start, long value) {
        int at = start;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out[at++] = (byte) rest;
        return at;
    }
}
