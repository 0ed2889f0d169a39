package org.feuerprobe.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Reader of frames that {@link BlockWriter} wrote. It returns only frames whose checksum is right.
 */
final class BlockReader {
    private final InputStream in;
    private final String name;
    private final byte[] header = new byte[BlockWriter.HEADER];
    private byte[] payload = new byte[1 << 12];
    private int number = -1;
    private BlockType type = BlockType.FILE;

    /** Reads from {@code in}; {@code name} is the file's name for messages. */
    BlockReader(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    /** Reads the next block. Its payload stays valid until the next call. */
    PayloadReader next() throws IOException {
        number++;
        int got = in.readNBytes(header, 0, header.length);
        if (got < header.length) {
            throw broken(got == 0 ? "is missing: the file was cut" : "is cut in its header");
        }
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        if (fields.getInt(0) != BlockWriter.MAGIC) {
            throw broken("does not start with FPB1");
        }
        int length = fields.getInt(12);
        if (length < 0 || length > BlockWriter.LARGEST_PAYLOAD) {
            throw broken("claims %d bytes".formatted(length));
        }
        if (payload.length < length) {
            payload = new byte[BlockWriter.LARGEST_PAYLOAD];
        }
        if (in.readNBytes(payload, 0, length) < length) {
            throw broken("is cut");
        }
        CRC32C crc = new CRC32C();
        crc.update(header, 0, BlockWriter.CRC_AT);
        crc.update(payload, 0, length);
        if ((int) crc.getValue() != fields.getInt(BlockWriter.CRC_AT)) {
            throw broken("has a wrong checksum");
        }
        if (fields.getInt(8) != number) {
            throw broken("claims to be block " + Integer.toUnsignedString(fields.getInt(8)));
        }
        type = BlockType.of(fields.getInt(4)).orElseThrow(() -> broken("has an unknown type"));
        return new PayloadReader(payload, length, where() + " (" + type + ")");
    }

    /** Type of the block that was read last. */
    BlockType type() {
        return type;
    }

    /** Number of blocks read before this one. */
    int before() {
        return number;
    }

    /** Checks that nothing follows. */
    void end() throws IOException {
        if (in.read() >= 0) {
            throw new BlockFormatException(name + ": bytes follow the END block");
        }
    }

    private String where() {
        return name + ": block " + number;
    }

    BlockFormatException broken(String what) {
        return new BlockFormatException(where() + " " + what);
    }
}
