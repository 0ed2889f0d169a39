package org.feuerprobe.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.feuerprobe.sample.DataSet;

/**
 * CSV with a heading row. The column {@code value} holds the measured values; {@code name} (or
 * {@code benchmark}) and {@code metric} (or {@code unit}) tell data sets apart; {@code boot} parts
 * boots; every other column is a parameter.
 */
final class CsvReader {
    private static final Set<String> NAME = Set.of("name", "benchmark", "id");
    private static final Set<String> METRIC = Set.of("metric", "unit");

    private CsvReader() {}

    static List<DataSet> read(String text) throws ForeignFormatException {
        List<List<String>> rows = rows(text);
        if (rows.isEmpty()) {
            throw new ForeignFormatException(0, "the file is empty");
        }
        List<String> head = rows.getFirst().stream().map(String::strip).toList();
        int value = head.indexOf("value");
        if (value < 0) {
            throw new ForeignFormatException(1, "no column 'value' in " + head);
        }
        if (Set.copyOf(head).size() < head.size()) {
            throw new ForeignFormatException(1, "two columns have the same name");
        }
        record Place(String name, String metric, Map<String, Double> at, String boot) {}

        Map<Place, List<Double>> places = new LinkedHashMap<>();
        for (int r = 1; r < rows.size(); r++) {
            List<String> row = rows.get(r);
            if (row.size() != head.size()) {
                throw new ForeignFormatException(
                        r + 1, "%d cells under %d headings".formatted(row.size(), head.size()));
            }
            String name = "";
            String metric = "value";
            String boot = "";
            Map<String, Double> at = new LinkedHashMap<>();
            for (int c = 0; c < head.size(); c++) {
                String column = head.get(c);
                if (NAME.contains(column)) {
                    name = row.get(c);
                } else if (METRIC.contains(column)) {
                    metric = row.get(c);
                } else if (column.equals("boot")) {
                    boot = row.get(c);
                } else if (c != value) {
                    at.put(column, Gatherer.number(row.get(c), r + 1));
                }
            }
            places.computeIfAbsent(new Place(name, metric, at, boot), _ -> new ArrayList<>())
                    .add(Gatherer.number(row.get(value), r + 1));
        }
        Gatherer gatherer = new Gatherer();
        places.forEach((place, values) ->
                gatherer.add(
                        place.name(),
                        place.metric(),
                        place.at(),
                        values.stream().mapToDouble(Double::doubleValue).toArray()));
        return gatherer.sets();
    }

    /** RFC 4180: quotes may hold commas, line ends and doubled quotes. */
    static List<List<String>> rows(String text) throws ForeignFormatException {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        String all = text.startsWith("\ufeff") ? text.substring(1) : text;
        for (int i = 0; i < all.length(); i++) {
            char c = all.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < all.length() && all.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                row.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n') {
                end(rows, row, cell);
                row = new ArrayList<>();
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new ForeignFormatException(rows.size() + 1, "a quote is not closed");
        }
        end(rows, row, cell);
        return rows;
    }

    private static void end(List<List<String>> rows, List<String> row, StringBuilder cell) {
        if (!row.isEmpty() || !cell.isEmpty()) {
            row.add(cell.toString());
            rows.add(row);
        }
        cell.setLength(0);
    }
}
