package org.feuerprobe.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Writer of framed blocks: a header of {@value #HEADER} bytes, little-endian, then the payload.
 *
 * <pre>
 *  0 u32 magic "FPB1"   4 u8 type   5 u8[3] zero   8 u32 number of the block, from 0
 * 12 u32 bytes of payload   16 u32 CRC-32C of bytes 0 to 15 and the payload   20 payload
 * </pre>
 */
final class BlockWriter {
    static final int MAGIC = 'F' | 'P' << 8 | 'B' << 16 | '1' << 24;
    static final int HEADER = 20;
    static final int CRC_AT = 16;

    /** A block of values, 65,536 numbers of at most ten bytes, is smaller than this. */
    static final int LARGEST_PAYLOAD = 1 << 20;

    private final OutputStream out;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    private int number;

    BlockWriter(OutputStream out) {
        this.out = out;
    }

    /** Number of blocks written so far. */
    int written() {
        return number;
    }

    void block(BlockType type, Payload payload) throws IOException {
        if (payload.length() > LARGEST_PAYLOAD) {
            throw new IOException(
                    "a %s of %d bytes is too large for a block".formatted(type, payload.length()));
        }
        header.clear();
        header.putInt(MAGIC).putInt(type.code()).putInt(number++).putInt(payload.length());
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, CRC_AT);
        crc.update(payload.bytes(), 0, payload.length());
        header.putInt((int) crc.getValue());
        out.write(header.array());
        out.write(payload.bytes(), 0, payload.length());
    }
}
