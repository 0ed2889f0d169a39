package org.feuerprobe.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of results in the making. Files go into a hidden sibling, which takes the folder's name
 * in one step once all are whole; without {@link #commit} it is deleted, also when the process is
 * told to end.
 */
public final class ResultsFolder implements AutoCloseable {
    private final Path folder;
    private final Path partial;
    private final Thread cleaner = new Thread(this::discard, "discard-partial-results");
    private boolean committed;

    private ResultsFolder(Path folder, Path partial) {
        this.folder = folder;
        this.partial = partial;
    }

    /**
     * Begins a folder. An existing one must be empty: results are never overwritten.
     *
     * @throws FileAlreadyExistsException when {@code folder} is a file, or a folder that holds
     *     something
     */
    public static ResultsFolder begin(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        check(absolute);
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new IOException("cannot make results at " + absolute);
        }
        Files.createDirectories(parent);
        Path partial =
                Files.createTempDirectory(parent, "." + absolute.getFileName() + ".partial-");
        ResultsFolder results = new ResultsFolder(absolute, partial);
        Runtime.getRuntime().addShutdownHook(results.cleaner);
        return results;
    }

    /** Fails as {@link #begin} would, without making anything. */
    public static void check(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new FileAlreadyExistsException(folder + " is not a folder");
        }
        try (Stream<Path> content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                throw new FileAlreadyExistsException(folder + " exists and is not empty");
            }
        }
    }

    /** Opens one file of the folder for writing. */
    public OutputStream file(String name) throws IOException {
        return Files.newOutputStream(partial.resolve(name));
    }

    /** Gives the folder its name; all files must be closed. */
    public Path commit() throws IOException {
        Files.setPosixFilePermissions(
                partial, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new FileAlreadyExistsException(folder + " became a file meanwhile");
        }
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            throw new FileAlreadyExistsException(folder + " was filled by somebody else meanwhile");
        }
        Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        committed = true;
        return folder;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException e) {
            return; // the process is ending and the cleaner runs
        }
        discard();
    }

    private void discard() {
        if (committed) {
            return;
        }
        try (Stream<Path> files = Files.walk(partial)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // Its name says that it is partial: nobody takes it for results.
        }
    }
}
