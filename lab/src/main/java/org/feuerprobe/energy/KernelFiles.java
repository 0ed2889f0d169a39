package org.feuerprobe.energy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files in which Linux reports on energy. Only files that the kernel itself provides are read:
 * sysfs and devices. A file that stands in for one, in a container or for a test, is refused.
 */
public class KernelFiles {
    private static final String SYSFS = "sysfs";

    private final Path root;

    /** The files below a folder. */
    public KernelFiles(Path root) {
        this.root = root;
    }

    final Path at(String path) {
        return root.resolve(path.substring(1));
    }

    /** Whether the kernel provides the file; tests replace this. */
    boolean genuine(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).isOther()
                || Files.getFileStore(file).type().equals(SYSFS);
    }

    /** The text of a file, trimmed. */
    String text(Path file) throws IOException {
        if (!genuine(file)) {
            throw new StandInException(file);
        }
        try (var stream = Files.newInputStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** The number in a file. */
    final BigDecimal number(Path file) throws IOException {
        String text = text(file);
        if (!text.matches("[-+]?[0-9]{1,19}(?:\\.[0-9]{1,60})?(?:[eE][-+]?[0-9]{1,3})?")) {
            throw new IOException("%s has no number, but '%s'".formatted(file, excerpt(text)));
        }
        return new BigDecimal(text);
    }

    private static String excerpt(String text) {
        return text.lines()
                .findFirst()
                .orElse("")
                .transform(l -> l.length() > 40 ? l.substring(0, 40) : l);
    }

    /** The text of a file that need not be there. */
    final Optional<String> ifReadable(Path file) {
        try {
            return Optional.of(text(file)).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Eight bytes of a file, little-endian. */
    long word(Path file, long at) throws IOException {
        if (!genuine(file)) {
            throw new StandInException(file);
        }
        ByteBuffer value = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.read(value, at) != Long.BYTES) {
                throw new IOException("%s is too short for register 0x%x".formatted(file, at));
            }
            return value.getLong(0);
        }
    }

    /** The entries of a folder whose names match, sorted; none if there is no folder. */
    final List<Path> entries(Path folder, String pattern) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches(pattern))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Why a file could not be read. */
    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "may not be read: " + denied.getFile();
            case NoSuchFileException gone -> "has vanished: " + gone.getFile();
            default -> String.valueOf(e.getMessage());
        };
    }

    /** A file that the kernel does not provide. */
    static final class StandInException extends IOException {
        private static final long serialVersionUID = 1;

        StandInException(Path file) {
            super("%s is not the kernel's own file: a stand-in is never measured".formatted(file));
        }
    }
}
