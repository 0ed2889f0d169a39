package org.feuerprobe.archive;

import java.nio.file.Files;
import java.nio.file.Path;

/** Opens and merges archives. */
public final class Archives {
    /** Prefix of the address of a shared archive. */
    public static final String DATABASE = "jdbc:postgresql:";

    private Archives() {}

    /**
     * Opens an archive in a folder, or in a PostgreSQL database by its address. A missing folder is
     * created.
     */
    public static Archive open(String location) throws ArchiveException {
        if (location.startsWith(DATABASE)) {
            return DatabaseArchive.open(location);
        }
        if (location.startsWith("jdbc:")) {
            throw new ArchiveException(
                    "archive %s: want a folder, or jdbc:postgresql://HOST/DATABASE"
                            .formatted(location));
        }
        return FolderArchive.open(Path.of(location));
    }

    /** Opens an existing archive; a missing folder is an error. */
    public static Archive existing(String location) throws ArchiveException {
        if (!location.startsWith("jdbc:") && !Files.isDirectory(Path.of(location))) {
            throw new ArchiveException("archive %s: no such folder".formatted(location));
        }
        return open(location);
    }

    /**
     * Copies campaigns and accepted changes into another archive; returns the number of new
     * campaigns.
     */
    public static int merge(Archive from, Archive into) throws ArchiveException {
        int added = 0;
        for (ArchivedRun run : from.runs()) {
            added += into.add(from.folder(run.id())).isNew() ? 1 : 0;
        }
        for (Acceptance acceptance : from.acceptances()) {
            into.accept(acceptance);
        }
        return added;
    }
}
