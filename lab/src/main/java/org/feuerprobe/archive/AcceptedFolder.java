package org.feuerprobe.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The accepted changes of a folder archive, one file per change in {@code accepted/}. A file is
 * named after its content and renamed into place, so that several processes may write at once, and
 * writing a change twice stores it once.
 */
record AcceptedFolder(Path folder) {
    private static final String ENDING = ".accepted.json";

    static AcceptedFolder of(Path archive) {
        return new AcceptedFolder(archive.resolve("accepted"));
    }

    void add(Acceptance acceptance) throws IOException {
        Files.createDirectories(folder);
        Path place = folder.resolve(acceptance.id() + ENDING);
        Path partial = Files.createTempDirectory(folder, ".new");
        try {
            try (OutputStream out = new SyncedFile(partial.resolve("json"), _ -> {})) {
                out.write((acceptance.json() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            Files.move(partial.resolve("json"), place, StandardCopyOption.ATOMIC_MOVE);
            SyncedFile.syncFolder(folder);
        } finally {
            ResultsFolder.delete(partial);
        }
    }

    /** All accepted changes, in the order of their campaigns. */
    List<Acceptance> all() throws IOException, ArchiveException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
        }
        List<Acceptance> acceptances = new ArrayList<>();
        for (Path file : files) {
            try {
                acceptances.add(Acceptance.read(file.toString(), PlainFile.text(file)));
            } catch (NoSuchFileException e) {
                // Deleted since the folder was listed, which withdraws the acceptance.
            }
        }
        acceptances.sort(java.util.Comparator.comparing(Acceptance::began));
        return acceptances;
    }
}
