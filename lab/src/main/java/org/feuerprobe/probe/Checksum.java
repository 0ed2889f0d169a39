package org.feuerprobe.probe;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C of bytes that contain their own checksum. */
final class Checksum {
    private static final byte[] ZERO = new byte[4];

    private Checksum() {}

    /**
     * Computes the CRC of {@code length} bytes from {@code start}. The four bytes at {@code start +
     * hole}, where the checksum itself stands, count as zero.
     */
    static int withZeroAt(ByteBuffer bytes, int start, int length, int hole) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(start, hole));
        crc.update(ZERO);
        crc.update(bytes.slice(start + hole + 4, length - hole - 4));
        return (int) crc.getValue();
    }
}
