package org.feuerprobe.archive;

import java.nio.file.Files;
import java.nio.file.Path;

/** Opens archives. */
public final class Archives {
    /** How the address of a shared archive begins. */
    public static final String DATABASE = "jdbc:postgresql:";

    private Archives() {}

    /** A folder, or the address of a PostgreSQL database. */
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

    /** The same, but a folder that is not there is an error and not a new archive. */
    public static Archive existing(String location) throws ArchiveException {
        if (!location.startsWith("jdbc:") && !Files.isDirectory(Path.of(location))) {
            throw new ArchiveException("archive %s: there is no such folder".formatted(location));
        }
        return open(location);
    }

    /** Copies campaigns and accepted changes into another; says how many campaigns were new. */
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
