package org.feuerprobe.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * Access to files of a results folder that may come from a stranger. Only plain files are opened,
 * because a link may lead to the reader's secrets, a pipe blocks for ever, and a device has no end.
 */
public final class PlainFile {
    /**
     * Largest size of a document. No campaign's document is as large, and a larger one would
     * exhaust memory.
     */
    private static final long LARGEST_TEXT = 1L << 30;

    private PlainFile() {}

    /**
     * Opens a file.
     *
     * @throws IOException if it is not a plain file; the message says what it is
     */
    public static InputStream open(Path file) throws IOException {
        attributes(file);
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** The text of a file, at most 1 GiB. */
    public static String text(Path file) throws IOException {
        if (attributes(file).size() > LARGEST_TEXT) {
            throw new IOException(file + ": larger than 1 GiB");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        }
    }

    /** All plain files and folders below a folder, in order; anything else is an error. */
    static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.sorted().toList();
            for (Path file : files) {
                if (!file.equals(folder) && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    attributes(file);
                }
            }
            return files;
        }
    }

    /** Attributes of a plain file; anything else is an error. */
    private static BasicFileAttributes attributes(Path file) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            String what =
                    attributes.isSymbolicLink()
                            ? "a link"
                            : attributes.isDirectory() ? "a folder" : "a pipe or device";
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "is "
                            + what
                            + "; results are plain files: remove it, or copy what it leads to");
        }
        return attributes;
    }
}
