package org.feuerprobe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.feuerprobe.change.History;
import org.feuerprobe.exchange.CsvHistory;
import org.feuerprobe.exchange.ForeignFormatException;
import org.feuerprobe.exchange.ForeignText;
import org.feuerprobe.exchange.HistoryReader;
import org.feuerprobe.exchange.MetricDirections;
import org.feuerprobe.exchange.Sel4benchHistory;
import org.feuerprobe.harness.Glob;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the gate for histories of other tools, and the reader of their files. */
@Under(Section.INPUT)
final class ImportOptions {
    private static final String METRICS = "metrics.yml";

    /**
     * Number of folders above a file in which {@value #METRICS} is searched: YEAR/PLATFORM/FILE.
     */
    private static final int FOLDERS = 3;

    private static final int LARGEST_FILE = 1 << 28;

    private static final int FEW = 5;

    @Option(
            names = "--import",
            paramLabel = "FORMAT",
            description = "Read the history of another tool: sel4bench, csv.")
    @Nullable String format;

    @Option(
            names = "--metrics",
            paramLabel = "FILE",
            description =
                    "With --import: units and directions of the metrics (default: metrics.yml beside the files or above).")
    private @Nullable Path metrics;

    @Option(
            names = "--higher-is-better",
            paramLabel = "GLOB",
            arity = "1..*",
            description = "With --import: series that are better when they rise (* and ? match).")
    private List<String> higher = List.of();

    @Option(
            names = "--lower-is-better",
            paramLabel = "GLOB",
            arity = "1..*",
            description = "With --import: series that are better when they fall (* and ? match).")
    private List<String> lower = List.of();

    @Option(
            names = "--value",
            paramLabel = "COLUMN",
            description = "With --import csv: the column that holds the values (default: by name).")
    private @Nullable String value;

    /** Refuses these options without {@code --import}, where they would have no effect. */
    void refuseOthers() throws LabException {
        if (metrics != null || !higher.isEmpty() || !lower.isEmpty() || value != null) {
            throw LabException.wrongUse(
                    "--metrics, --higher-is-better, --lower-is-better and --value belong to --import FORMAT");
        }
    }

    /** Reads all files. */
    HistoryReader read(String format, List<Path> files) throws LabException {
        HistoryReader history =
                switch (format) {
                    case "sel4bench" -> new Sel4benchHistory();
                    case "csv" -> new CsvHistory(Optional.ofNullable(value));
                    default ->
                            throw LabException.wrongUse(
                                    "--import: unknown format '%s', want sel4bench or csv"
                                            .formatted(format));
                };
        for (Path file : files) {
            try {
                history.add(file.toString(), configuration(file), text(file));
            } catch (HistoryReader.MalformedHistoryException e) {
                throw LabException.wrongUse(String.valueOf(e.getMessage()));
            }
        }
        return history;
    }

    /** The direction in which each series is better. */
    MetricDirections directions(List<Path> files) throws LabException {
        Optional<Path> described = metrics != null ? Optional.of(metrics) : described(files);
        Map<String, MetricDirections.Described> known = Map.of();
        if (described.isPresent()) {
            try {
                known = MetricDirections.read(text(described.get()));
            } catch (ForeignFormatException e) {
                throw LabException.wrongUse(described.get() + ": " + e.getMessage());
            }
        }
        return new MetricDirections(any(higher), any(lower), known);
    }

    private static Predicate<String> any(List<String> patterns) {
        return name -> patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    /** Whether the pattern matches the series' name, or a part of it that follows a slash. */
    private static boolean matches(String pattern, String series) {
        Glob glob = new Glob(pattern);
        return glob.matches(series)
                || IntStream.range(0, series.length())
                        .filter(i -> series.charAt(i) == '/')
                        .anyMatch(i -> glob.matches(series.substring(i + 1)));
    }

    /** Refuses patterns that match no series, and series that match both directions. */
    void check(List<History> series) throws LabException {
        List<String> names = series.stream().map(History::series).toList();
        for (String pattern : Stream.concat(higher.stream(), lower.stream()).toList()) {
            if (!names.isEmpty() && names.stream().noneMatch(name -> matches(pattern, name))) {
                throw LabException.wrongUse(
                        "'%s' matches no series; there are: %s%s"
                                .formatted(
                                        pattern,
                                        names.stream().limit(FEW).collect(Collectors.joining(", ")),
                                        names.size() > FEW ? ", …" : ""));
            }
        }
        for (String name : names) {
            if (any(higher).test(name) && any(lower).test(name)) {
                throw LabException.wrongUse(
                        "%s: both --higher-is-better and --lower-is-better match it"
                                .formatted(name));
            }
        }
    }

    /** Finds {@value #METRICS} in the folder of a file or above it. */
    private static Optional<Path> described(List<Path> files) {
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
            byte[] bytes = stream.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw LabException.wrongUse(file + ": larger than 256 MiB: name a shorter history");
            }
            return ForeignText.decode(bytes);
        } catch (java.nio.file.NoSuchFileException e) {
            throw LabException.wrongUse(file + ": no such file");
        } catch (ForeignFormatException e) {
            throw LabException.wrongUse(file + ": " + e.getMessage());
        } catch (IOException e) {
            throw LabException.wrongUse(file + ": cannot be read: " + e.getMessage());
        }
    }
}
