package org.feuerprobe.cli;

import org.feuerprobe.archive.Archive;
import org.feuerprobe.archive.ArchiveException;
import org.feuerprobe.archive.Archives;
import org.feuerprobe.harness.LabException;
import org.jspecify.annotations.Nullable;

/** Opens the archive that {@code --archive} names, or the default one. */
final class ArchivePlace {
    /** Environment variable that names the archive if no option does. */
    private static final String VARIABLE = "FEUERPROBE_ARCHIVE";

    private ArchivePlace() {}

    /** The default archive. */
    static String usual() {
        String named = System.getenv(VARIABLE);
        return named == null || named.isEmpty() ? Installation.results().toString() : named;
    }

    /** Opens the archive, or creates it. */
    static Archive open(@Nullable String place) throws LabException {
        try {
            return Archives.open(place == null ? usual() : place);
        } catch (ArchiveException e) {
            throw failed(e);
        }
    }

    /** Opens an archive that must exist. */
    static Archive existing(String place) throws LabException {
        try {
            return Archives.existing(place);
        } catch (ArchiveException e) {
            throw failed(e);
        }
    }

    static LabException failed(ArchiveException e) {
        return LabException.wrongUse(String.valueOf(e.getMessage()));
    }
}
