package org.feuerprobe.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Reads frames that {@link BlockWriter} wrote and hands out only those that are as written. */
final class BlockReader {
    private final InputStream in;
    private final String name;
    private final byte[] header = new byte[BlockWriter.HEADER];
    private byte[] payload = new byte[1 << 12];
    private int number = -1;
    private BlockType type = BlockType.FILE;

    /** {@code name} of the file, for messages. */
    BlockReader(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    /** Reads the next block; its payload is valid until the one after it. */
    PayloadReader next() throws IOException {
        number++;
        int got = in.readNBytes(header, 0, header.length);
        if (got < header.length) {
            throw broken(got == 0 ? "is missing: the file was cut" : "is cut in its header");
        }
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        if (fields.getInt(0) != BlockWriter.MAGIC) {
            throw broken("does not begin with FPB1");
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
            throw broken("says that it is block " + Integer.toUnsignedString(fields.getInt(8)));
        }
        type = BlockType.of(fields.getInt(4)).orElseThrow(() -> broken("is of unknown type"));
        return new PayloadReader(payload, length, where() + " (" + type + ")");
    }

    /** Type of the block just read. */
    BlockType type() {
        return type;
    }

    /** Blocks read before this one. */
    int before() {
        return number;
    }

    /** Nothing may follow. */
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
