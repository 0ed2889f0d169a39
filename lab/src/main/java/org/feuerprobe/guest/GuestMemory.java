package org.feuerprobe.guest;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The file that backs a guest's memory, with a part of it mapped into this process.
 *
 * <p>The file is deleted as soon as it is open, and the emulator opens it as {@code
 * /proc/PID/fd/N}. Linux frees it when the last process that uses it ends, so nothing stays behind
 * even if this process is killed.
 */
final class GuestMemory implements AutoCloseable {
    private static final List<Path> PLACES =
            List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")));

    private final FileChannel channel;
    private final Arena arena;
    private final Path descriptor;
    private final MemorySegment mapped;

    private GuestMemory(FileChannel channel, Arena arena, Path descriptor, MemorySegment mapped) {
        this.channel = channel;
        this.arena = arena;
        this.descriptor = descriptor;
        this.mapped = mapped;
    }

    /**
     * Creates a file without a name and maps part of it.
     *
     * @param size size of the file in bytes
     * @param from first byte that is mapped
     * @param length number of bytes to map; at most 2 GiB
     * @param touched number of bytes that the guest is expected to write
     */
    @SuppressWarnings("MustBeClosed") // closed by close()
    static GuestMemory create(long size, long from, long length, long touched) throws IOException {
        Path file =
                place(touched)
                        .resolve(
                                "feuerprobe-%d-%s"
                                        .formatted(
                                                ProcessHandle.current().pid(), UUID.randomUUID()));
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        Arena arena = Arena.ofShared();
        try {
            channel.write(ByteBuffer.allocate(1), size - 1);
            Path descriptor = descriptorOf(file);
            Files.delete(file);
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_WRITE, from, length, arena);
            return new GuestMemory(channel, arena, descriptor, mapped);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            channel.close();
            arena.close();
            throw e;
        }
    }

    /** A file without a name that contains {@code content}. */
    static GuestMemory holding(byte[] content) throws IOException {
        GuestMemory memory = create(content.length, 0, content.length, content.length);
        memory.bytes().put(content);
        return memory;
    }

    /** Path under which the emulator can open the file while this object is open. */
    Path path() {
        return descriptor;
    }

    /** The mapped part, shared with the guest while it runs. */
    ByteBuffer bytes() {
        return mapped.asByteBuffer();
    }

    /** Bytes of the file, mapped or not. */
    ByteBuffer read(long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new IOException(
                        "the guest has no memory at 0x%x".formatted(at + bytes.position()));
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        arena.close();
        channel.close();
    }

    private static Path place(long touched) throws IOException {
        long most = 0;
        for (Path place : PLACES) {
            if (Files.isWritable(place)) {
                // Not by Files.getFileStore, which fails in a chroot: no mount is listed there.
                long usable = place.toFile().getUsableSpace();
                most = Math.max(most, usable);
                if (usable >= touched) {
                    return place;
                }
            }
        }
        throw new IOException(
                "need %d MiB in one of %s, found at most %d MiB: free some, or ask for fewer samples"
                        .formatted((touched >> 20) + 1, PLACES, most >> 20));
    }

    private static Path descriptorOf(Path file) throws IOException {
        Path self = Path.of("/proc/" + ProcessHandle.current().pid() + "/fd");
        try (Stream<Path> open = Files.list(self)) {
            for (Path candidate : (Iterable<Path>) open::iterator) {
                if (Files.isSymbolicLink(candidate) && leadsTo(candidate, file)) {
                    return candidate;
                }
            }
        }
        throw new IOException("cannot find the descriptor of " + file + " under " + self);
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException e) {
            return false; // closed by another thread since it was listed
        }
    }
}
