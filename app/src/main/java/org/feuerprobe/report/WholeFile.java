package org.feuerprobe.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a file that appears whole or not at all. */
public final class WholeFile {
    private WholeFile() {}

    /** Replaces the file, and makes its folder where there is none. */
    public static void write(Path file, String text) throws IOException {
        Path whole = file.toAbsolutePath();
        Path parent = whole.getParent();
        if (parent == null) {
            throw new IOException("not a file");
        }
        Files.createDirectories(parent);
        Path partial = Files.createTempFile(parent, ".feuerprobe-", ".partial");
        try {
            Files.writeString(partial, text);
            Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(partial, whole, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
