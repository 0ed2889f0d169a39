package org.feuerprobe.exchange;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.change.Better;
import org.feuerprobe.change.History;
import org.feuerprobe.change.HistoryRun;

/**
 * Reader of histories in tables, with a row for each run. Without a column of values, every column
 * of numbers is a series ({@code time,commit,ipc_call}). With one, the other columns distinguish
 * series ({@code time,name,n,value}). Runs are ordered by their time, or stay in the order of the
 * rows. Rows of the same run and series are repetitions, of which the median counts.
 */
public final class CsvHistory implements HistoryReader {
    private final Optional<String> value;
    private final Map<String, Map<String, Series>> configurations = new LinkedHashMap<>();
    private final Set<String> runs = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /**
     * Makes a reader.
     *
     * @param value the column with the values; empty to find it by its name
     */
    public CsvHistory(Optional<String> value) {
        this.value = value;
    }

    private record Run(String id, String revision, Instant time, List<Double> values) {}

    private record Series(String metric, String unit, Map<String, Run> runs) {}

    @Override
    public void add(String file, String configuration, String text)
            throws MalformedHistoryException {
        if (text.isBlank()) {
            return;
        }
        try {
            CsvTable table = CsvTable.read(text);
            if (table.rows().isEmpty()) {
                return;
            }
            HistoryColumns columns = HistoryColumns.of(table, value);
            columns.ignored()
                    .forEach(column ->
                            notes.add(
                                    "%s: column %s is ignored: it differs from run to run"
                                            .formatted(file, column)));
            Map<String, Series> series =
                    configurations.computeIfAbsent(configuration, _ -> new LinkedHashMap<>());
            int number = 0;
            for (CsvRecord row : table.rows()) {
                number++;
                add(table, columns, row, configuration + " " + number, series);
            }
        } catch (ForeignFormatException e) {
            throw new MalformedHistoryException(file, e.line(), e.reason());
        }
    }

    private void add(
            CsvTable table,
            HistoryColumns columns,
            CsvRecord row,
            String position,
            Map<String, Series> series)
            throws ForeignFormatException {
        Optional<HistoryTime> time = columns.time(row);
        String key =
                columns.run(row)
                        .or(() -> time.map(t -> t.text() + " " + columns.revision(row)))
                        .orElse(position);
        String id = columns.run(row).orElseGet(() -> firstOf(columns.revision(row), time, row));
        runs.add(position.substring(0, position.lastIndexOf(' ')) + " " + key);
        for (int column : columns.values()) {
            if (CsvTable.cell(row, column).isEmpty()) {
                continue; // a run need not have every metric
            }
            double number = table.number(row, column);
            String name = columns.series(row, column);
            series.computeIfAbsent(
                            name,
                            _ ->
                                    new Series(
                                            columns.metric(row, column),
                                            columns.unit(row, column),
                                            new LinkedHashMap<>()))
                    .runs()
                    .computeIfAbsent(
                            key,
                            _ ->
                                    new Run(
                                            id,
                                            columns.revision(row),
                                            time.map(HistoryTime::at).orElse(Instant.EPOCH),
                                            new ArrayList<>()))
                    .values()
                    .add(number);
        }
    }

    private static String firstOf(String revision, Optional<HistoryTime> time, CsvRecord row) {
        return !revision.isEmpty()
                ? revision
                : time.map(HistoryTime::text).orElse("line " + row.getStartingLineNumber());
    }

    @Override
    public int runs() {
        return runs.size();
    }

    @Override
    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public List<History> series(MetricDirections directions) {
        List<History> all = new ArrayList<>();
        configurations.forEach((configuration, found) ->
                found.forEach((name, series) -> {
                    String whole = configuration + "/" + name;
                    Better better = directions.of(whole, series.metric(), series.unit());
                    all.add(
                            new History(
                                    whole,
                                    better,
                                    series.runs().values().stream()
                                            .sorted(Comparator.comparing(Run::time))
                                            .map(CsvHistory::run)
                                            .collect(Collectors.toList())));
                }));
        return all;
    }

    private static HistoryRun run(Run run) {
        double[] sorted = run.values().stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int n = sorted.length;
        double median = sorted[(n - 1) / 2] / 2 + sorted[n / 2] / 2;
        return new HistoryRun(run.id(), run.revision(), median);
    }
}
