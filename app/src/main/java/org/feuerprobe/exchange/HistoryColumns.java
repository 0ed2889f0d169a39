package org.feuerprobe.exchange;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.feuerprobe.json.Json;

/**
 * What each column of a table of runs means, by its name and content.
 *
 * @param table the table
 * @param time the column with the time of the run; -1 if there is none
 * @param run the column with the run's own name; -1 if there is none
 * @param revision the column with the commit; -1 if there is none
 * @param unit the column with the unit; -1 if there is none
 * @param values the columns with values, each a series
 * @param isLong whether one column contains all values, so that its name is no metric
 * @param labels the columns that distinguish series
 * @param ignored names of columns that would make every run a series of its own
 */
record HistoryColumns(
        CsvTable table,
        int time,
        int run,
        int revision,
        int unit,
        List<Integer> values,
        boolean isLong,
        List<Integer> labels,
        List<String> ignored) {
    private static final Set<String> TIME =
            Set.of("time", "timestamp", "ts", "date", "datetime", "created", "createdat", "when");
    private static final Set<String> RUN =
            Set.of("run", "runid", "build", "buildid", "buildnumber", "job", "jobid");
    private static final Set<String> REVISION =
            Set.of(
                    "commit",
                    "commitid",
                    "commithash",
                    "sha",
                    "hash",
                    "revision",
                    "rev",
                    "version",
                    "gitcommit",
                    "gitsha",
                    "changeset");
    private static final Set<String> NAME = Set.of("name", "benchmark", "id", "test");
    private static final Set<String> VALUE = Set.of("value", "measurement", "result");
    private static final Set<String> SKIPPED =
            Set.of("boot", "bound", "author", "message", "comment", "note", "url", "link");

    static HistoryColumns of(CsvTable table, Optional<String> value) throws ForeignFormatException {
        int time = time(table, value);
        int run = find(table, RUN);
        int revision = find(table, REVISION);
        if (run < 0) {
            run = numbered(table);
        }
        int unit = find(table, Set.of("unit"));
        List<List<String>> keys = keys(table, Stream.of(time, run, revision));
        Set<Integer> taken = new HashSet<>(List.of(time, run, revision, unit));
        int column = value(table, value);
        List<Integer> values = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        if (column >= 0) {
            values.add(column);
            taken.add(column);
        }
        for (int c = 0; c < table.head().size(); c++) {
            String name = plain(table.head().get(c));
            if (taken.contains(c) || SKIPPED.contains(name)) {
                continue;
            }
            boolean label = column >= 0 || table.isWords(c) || NAME.contains(name);
            if (!label) {
                values.add(c);
            } else if (NAME.contains(name) || distinguishes(table, c, keys)) {
                labels.add(c);
            } else if (!isBlank(table, c)) {
                ignored.add(table.head().get(c));
            }
        }
        if (values.isEmpty()) {
            throw new ForeignFormatException(
                    table.headLine(),
                    "no column of numbers: columns: " + String.join(", ", table.head()));
        }
        return new HistoryColumns(
                table, time, run, revision, unit, values, column >= 0, labels, ignored);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
    }

    private static int find(CsvTable table, Set<String> names) {
        return IntStream.range(0, table.head().size())
                .filter(c -> names.contains(plain(table.head().get(c))))
                .findFirst()
                .orElse(-1);
    }

    private static int value(CsvTable table, Optional<String> value) throws ForeignFormatException {
        if (value.isEmpty()) {
            return find(table, VALUE);
        }
        int wanted = table.head().indexOf(value.get());
        if (wanted < 0) {
            throw new ForeignFormatException(
                    table.headLine(), "no column '%s' in %s".formatted(value.get(), table.head()));
        }
        return wanted;
    }

    /** The column of times. A column {@code time} of other numbers contains durations. */
    private static int time(CsvTable table, Optional<String> value) throws ForeignFormatException {
        for (int c = 0; c < table.head().size(); c++) {
            String name = table.head().get(c);
            if (!TIME.contains(plain(name)) || value.filter(name::equals).isPresent()) {
                continue;
            }
            Optional<CsvRecord> wrong = Optional.empty();
            for (CsvRecord row : table.rows()) {
                if (wrong.isEmpty() && HistoryTime.of(CsvTable.cell(row, c)).isEmpty()) {
                    wrong = Optional.of(row);
                }
            }
            if (wrong.isEmpty()) {
                return c;
            }
            if (table.isWords(c) || !plain(name).equals("time")) {
                throw new ForeignFormatException(
                        wrong.get().getStartingLineNumber(),
                        "column %s: want a time like 2026-01-31T03:00:00Z, not '%s'"
                                .formatted(name, Json.excerpt(CsvTable.cell(wrong.get(), c))));
            }
        }
        return -1;
    }

    /** A column {@code id} of numbers, which names runs rather than benchmarks; -1 if none. */
    private static int numbered(CsvTable table) {
        int id = find(table, Set.of("id"));
        return id >= 0 && !table.isWords(id) ? id : -1;
    }

    /** What identifies the run of each row; empty lists if no column does. */
    private static List<List<String>> keys(CsvTable table, Stream<Integer> columns) {
        List<Integer> known = columns.filter(c -> c >= 0).toList();
        return table.rows().stream()
                .map(row -> known.stream().map(c -> CsvTable.cell(row, c)).toList())
                .toList();
    }

    /**
     * Whether a column distinguishes series. It does if its values return in other rows, if rows of
     * one run differ in its words, or if there is only one run.
     */
    private static boolean distinguishes(CsvTable table, int column, List<List<String>> keys) {
        List<String> cells = table.rows().stream().map(row -> CsvTable.cell(row, column)).toList();
        if (2 * cells.stream().distinct().count() <= cells.size()) {
            return true;
        }
        if (keys.stream().allMatch(List::isEmpty)) {
            return false;
        }
        if (keys.stream().distinct().count() == 1) {
            return true;
        }
        Map<List<String>, Set<String>> ofRun = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            ofRun.computeIfAbsent(keys.get(i), _ -> new HashSet<>()).add(cells.get(i));
        }
        return table.isWords(column) && ofRun.values().stream().anyMatch(seen -> seen.size() > 1);
    }

    private static boolean isBlank(CsvTable table, int column) {
        return table.rows().stream().allMatch(row -> CsvTable.cell(row, column).isEmpty());
    }

    Optional<HistoryTime> time(CsvRecord row) {
        return time < 0 ? Optional.empty() : HistoryTime.of(CsvTable.cell(row, time));
    }

    Optional<String> run(CsvRecord row) {
        return run < 0
                ? Optional.empty()
                : Optional.of(CsvTable.cell(row, run)).filter(name -> !name.isEmpty());
    }

    String revision(CsvRecord row) {
        return revision < 0 ? "" : CsvTable.cell(row, revision);
    }

    /** The unit of a value: of its row, or in brackets behind the column's name. */
    String unit(CsvRecord row, int column) {
        return unit < 0 ? table.head().get(column) : CsvTable.cell(row, unit);
    }

    /** What is measured: the column's name, or the labels where one column contains all values. */
    String metric(CsvRecord row, int column) {
        return isLong ? series(row, column) : table.head().get(column);
    }

    /** The name of the series of a value: labels, and the column where it is a metric. */
    String series(CsvRecord row, int column) {
        List<String> parts = new ArrayList<>();
        for (int label : labels) {
            String cell = CsvTable.cell(row, label);
            if (!cell.isEmpty()) {
                String name = table.head().get(label);
                parts.add(
                        NAME.contains(plain(name)) || plain(name).equals("metric")
                                ? cell
                                : name + "=" + cell);
            }
        }
        if (!isLong || parts.isEmpty()) {
            parts.add(table.head().get(column));
        }
        return parts.stream().collect(Collectors.joining(" "));
    }
}
