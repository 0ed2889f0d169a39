package org.feuerprobe.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writer of a file that appears whole or not at all. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Replaces the file, and makes its folder if there is none. A link stays, and the file that it
     * leads to is replaced. A pipe or device is written to, because replacing it would destroy it.
     */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with bytes that are no text. */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path whole = file.toAbsolutePath();
        if (Files.exists(whole) && !Files.isRegularFile(whole)) {
            if (Files.isDirectory(whole)) {
                throw new IOException("it is a folder");
            }
            try (OutputStream out = Files.newOutputStream(whole, StandardOpenOption.WRITE)) {
                out.write(bytes);
            }
            return;
        }
        replace(Files.exists(whole) ? whole.toRealPath() : whole, bytes);
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IOException("not a file");
        }
        Files.createDirectories(parent);
        Path partial = Files.createTempFile(parent, ".feuerprobe-", ".partial");
        try {
            Files.write(partial, bytes);
            Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
