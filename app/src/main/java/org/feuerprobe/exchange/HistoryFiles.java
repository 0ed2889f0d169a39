package org.feuerprobe.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.harness.LabException;

/** The files of another tool's history, and the file that describes its metrics. */
public record HistoryFiles(List<Path> files) {
    private static final String METRICS = "metrics.yml";

    /**
     * Number of folders above a file in which {@value #METRICS} is searched: YEAR/PLATFORM/FILE.
     */
    private static final int FOLDERS = 3;

    private static final int LARGEST_FILE = 1 << 28;

    /** Reads all files with this reader. */
    public void read(HistoryReader history) throws LabException {
        for (Path file : files) {
            try {
                history.add(file.toString(), configuration(file), text(file));
            } catch (HistoryReader.MalformedHistoryException e) {
                throw LabException.wrongUse(String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * The metrics that this file describes, or else {@value #METRICS} beside the files or above.
     */
    public Map<String, MetricDirections.Described> metrics(Optional<Path> named)
            throws LabException {
        Optional<Path> file = named.or(this::described);
        if (file.isEmpty()) {
            return Map.of();
        }
        try {
            return MetricDirections.read(text(file.get()));
        } catch (ForeignFormatException e) {
            throw LabException.wrongUse(file.get() + ": " + e.getMessage());
        }
    }

    /** Finds {@value #METRICS} in the folder of a file or above it. */
    private Optional<Path> described() {
        Set<Path> folders = new LinkedHashSet<>();
        for (Path file : files) {
            Path folder = file.toAbsolutePath().normalize().getParent();
            for (int i = 0; i < FOLDERS && folder != null; i++) {
                folders.add(folder);
                folder = folder.getParent();
            }
        }
        return folders.stream()
                .map(folder -> folder.resolve(METRICS))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Platform and configuration, from the last folder and the file's name without its ending. */
    private static String configuration(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        String name = String.valueOf(whole.getFileName()).replaceFirst("\\.[^.]*$", "");
        Path folder = whole.getParent();
        Path platform = folder == null ? null : folder.getFileName();
        return platform == null ? name : platform + "/" + name;
    }

    private static String text(Path file) throws LabException {
        if (Files.isDirectory(file)) {
            throw LabException.wrongUse(file + ": is a folder: name the files in it");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return ForeignText.read(
                    stream, LARGEST_FILE, "larger than 256 MiB: name a shorter history");
        } catch (NoSuchFileException e) {
            throw LabException.wrongUse(file + ": no such file");
        } catch (ForeignFormatException e) {
            throw LabException.wrongUse(file + ": " + e.getMessage());
        } catch (IOException e) {
            throw LabException.wrongUse(file + ": cannot be read: " + e.getMessage());
        }
    }
}
