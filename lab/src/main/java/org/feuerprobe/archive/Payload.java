package org.feuerprobe.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The inside of a block in the making: variable-length numbers and texts. Grows as needed. */
final class Payload {
    /** Bytes that the longest number takes. */
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

    /** Seven bits a byte, lowest first, the eighth set where more follow. */
    void number(long value) {
        reserve(LONGEST_NUMBER);
        length = put(bytes, length, value);
    }

    /** Small numbers of either sign in few bytes: 0, -1, 1, -2, … become 0, 1, 2, 3, …. */
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

    /** Differences from one value to the next; the first from zero. */
    void differences(long[] values, int from, int to) {
        reserve((to - from) * LONGEST_NUMBER);
        byte[] out = bytes;
        int at = length;
        long previous = 0;
        for (int i = from; i < to; i++) {
            long difference = values[i] - previous; // may wrap, and wraps back when read
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
