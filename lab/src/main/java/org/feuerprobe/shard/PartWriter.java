package org.feuerprobe.shard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/**
 * Writer of a part: a line of JSON for the header and for each boot, each line compressed by itself
 * and on the disk before the next one. So a worker that is killed leaves all boots that it
 * completed. Thread-safe.
 */
final class PartWriter implements AutoCloseable {
    private static final int MOST_PARTS = 100_000;

    private final Path file;
    private final FileChannel channel;

    private PartWriter(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Creates a new file in this folder. */
    static PartWriter create(Path folder, PartHeader header) throws IOException {
        Files.createDirectories(folder);
        String name = (header.work() + "-" + header.host()).replaceAll("[^A-Za-z0-9.-]", "_");
        String stem = PartFiles.BEGIN + name.substring(0, Math.min(80, name.length()));
        for (int i = 1; i < MOST_PARTS; i++) {
            Path file = folder.resolve(stem + (i == 1 ? "" : "-" + i) + PartFiles.END);
            try {
                FileChannel channel =
                        FileChannel.open(
                                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                PartWriter writer = new PartWriter(file, channel);
                writer.line(BootDocument.MAPPER.writeValueAsString(header));
                return writer;
            } catch (FileAlreadyExistsException e) {
                // An earlier worker of this name wrote it.
            }
        }
        throw new IOException(folder + ": too many parts of " + stem);
    }

    void add(KeptBoot boot) throws IOException {
        line(BootDocument.MAPPER.writeValueAsString(boot));
    }

    private void line(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
        synchronized (this) {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(false);
        }
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
