package org.feuerprobe.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * Buffered output to a file that is safely on the disk once {@link #close} returns. It then reports
 * the file's SHA-256.
 */
final class SyncedFile extends OutputStream {
    private final FileChannel channel;
    private final MessageDigest digest = Seal.sha256();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private final Consumer<String> sum;
    private boolean closed;

    SyncedFile(Path file, Consumer<String> sum) throws IOException {
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.sum = sum;
    }

    @Override
    public void write(int octet) throws IOException {
        if (!buffer.hasRemaining()) {
            drain();
        }
        buffer.put((byte) octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int part = Math.min(end - from, buffer.remaining());
            buffer.put(bytes, from, part);
            from += part;
        }
    }

    private void drain() throws IOException {
        buffer.flip();
        digest.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            drain();
            channel.force(true);
        }
        sum.accept(HexFormat.of().formatHex(digest.digest()));
    }

    /** Writes a folder's entries to the disk, so that new names survive a crash. */
    static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
