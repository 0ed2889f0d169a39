package org.feuerprobe.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Writer of a results folder. It writes and syncs each file in a hidden sibling folder, then the
 * seal, and then renames the sibling in one step. So the folder contains the complete campaign or
 * does not exist, however the process ends. A leftover has {@code .partial-} in its name. Without
 * {@link #commit}, closing deletes the sibling, and so does the end of the process, unless the
 * process is killed.
 */
public final class ResultsFolder implements AutoCloseable {
    /** Part of the name of an incomplete folder. */
    public static final String PARTIAL = ".partial-";

    private final Path folder;
    private final Path partial;
    private final SequencedMap<String, String> sums = new LinkedHashMap<>();
    private final Thread cleaner = new Thread(this::discard, "discard-partial-results");
    private boolean committed;

    private ResultsFolder(Path folder, Path partial) {
        this.folder = folder;
        this.partial = partial;
    }

    /**
     * Starts a folder before anything is measured, so that a folder that cannot be written is
     * noticed early. An existing folder must be empty, because results are never overwritten.
     *
     * @throws FileAlreadyExistsException if {@code folder} is a file or a folder that is not empty
     */
    public static ResultsFolder begin(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        check(absolute);
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new IOException("cannot write results to " + absolute);
        }
        Path partial = makePartial(parent, "." + absolute.getFileName() + PARTIAL);
        ResultsFolder results = new ResultsFolder(absolute, partial);
        Runtime.getRuntime().addShutdownHook(results.cleaner);
        return results;
    }

    private static Path makePartial(Path parent, String prefix) throws IOException {
        try {
            Files.createDirectories(parent);
            return Files.createTempDirectory(parent, prefix);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(e.getFile() + " is a file, not a folder", e);
        } catch (AccessDeniedException e) {
            throw new IOException("no permission to write in " + parent, e);
        } catch (FileSystemException e) {
            throw new IOException(
                    "cannot write in %s: %s"
                            .formatted(
                                    parent,
                                    Objects.requireNonNullElse(
                                            e.getReason(), "the system refuses new files there")),
                    e);
        }
    }

    private static void check(Path folder) throws IOException {
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

    /**
     * Opens a file of the folder for writing; its name may contain folders. The seal will cover it.
     */
    public OutputStream file(String name) throws IOException {
        return new SyncedFile(place(name), sum -> sums.put(name, sum));
    }

    /** Opens a file that can be made again from the others, so that the seal does not cover it. */
    public OutputStream derived(String name) throws IOException {
        return new SyncedFile(place(name), _ -> {});
    }

    private Path place(String name) throws IOException {
        Path file = partial.resolve(name);
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return file;
    }

    /** Seals a subfolder as results of its own; {@code prefix} ends with a slash. */
    public void sealInner(String prefix) throws IOException {
        SequencedMap<String, String> inner = new LinkedHashMap<>();
        sums.forEach((name, sum) -> {
            if (name.startsWith(prefix)) {
                inner.put(name.substring(prefix.length()), sum);
            }
        });
        try (OutputStream file = file(prefix + Seal.NAME)) {
            file.write(new Seal(inner).text().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Seals the folder and renames it to its final name; all files must be closed. */
    public Path commit() throws IOException {
        Seal seal = new Seal(sums);
        try (OutputStream file = new SyncedFile(partial.resolve(Seal.NAME), _ -> {})) {
            file.write(seal.text().getBytes(StandardCharsets.UTF_8));
        }
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Stream<Path> all = Files.walk(partial)) {
            for (Path inner : all.filter(Files::isDirectory).toList()) {
                SyncedFile.syncFolder(inner);
            }
        }
        rename();
        committed = true;
        Path parent = folder.getParent();
        if (parent != null) {
            SyncedFile.syncFolder(parent);
        }
        return folder;
    }

    /** Renames in one step, which also replaces an empty folder. */
    private void rename() throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new FileAlreadyExistsException(folder + " became a file meanwhile");
        }
        try {
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException e) {
            throw new FileAlreadyExistsException(folder + " was filled by somebody else meanwhile");
        } catch (FileSystemException e) {
            if (Files.isDirectory(folder)) {
                throw new FileAlreadyExistsException(
                        folder + " was filled by somebody else meanwhile");
            }
            throw e;
        }
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
        if (!committed) {
            delete(partial);
        }
    }

    /** Deletes a temporary folder with all its files, as far as it can. */
    public static void deleteAll(Path temporary) {
        delete(temporary);
    }

    /** Deletes a folder that is partial by its name, as far as it can. */
    static void delete(Path partial) {
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
