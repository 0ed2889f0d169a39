package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.change.History;
import org.feuerprobe.exchange.CsvHistory;
import org.feuerprobe.exchange.HistoryFiles;
import org.feuerprobe.exchange.HistoryReader;
import org.feuerprobe.exchange.MetricDirections;
import org.feuerprobe.exchange.Sel4benchHistory;
import org.feuerprobe.exchange.SeriesPatterns;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the gate for histories of other tools, and the reader of their files. */
@Under(Section.INPUT)
final class ImportOptions {
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
        new HistoryFiles(files).read(history);
        return history;
    }

    /** The direction in which each series is better. */
    MetricDirections directions(List<Path> files) throws LabException {
        return new MetricDirections(
                patterns().higher(),
                patterns().lower(),
                new HistoryFiles(files).metrics(Optional.ofNullable(metrics)));
    }

    private SeriesPatterns patterns() {
        return new SeriesPatterns(higher, lower);
    }

    /** Refuses patterns that match no series, and series that match both directions. */
    void check(List<History> series) throws LabException {
        Optional<String> problem =
                patterns().problem(series.stream().map(History::series).toList());
        if (problem.isPresent()) {
            throw LabException.wrongUse(problem.get());
        }
    }
}
