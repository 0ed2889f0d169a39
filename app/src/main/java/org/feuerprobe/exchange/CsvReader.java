package org.feuerprobe.exchange;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.feuerprobe.sample.Unit;

/**
 * Reader of a table with a heading row, whose cells are separated by commas, semicolons, tabs or
 * bars. One column contains the measured values. The columns {@code name} (or {@code benchmark},
 * {@code id}) and {@code metric} (or {@code unit}) and columns of words distinguish data sets.
 * {@code bound} contains claims, and {@code boot} distinguishes boots. Every other column is a
 * parameter.
 */
final class CsvReader {
    private static final Set<String> NAME = Set.of("name", "benchmark", "id");
    private static final Set<String> METRIC = Set.of("metric", "unit");
    private static final String BOUND = "bound";
    private static final String BOOT = "boot";

    /**
     * Names of a column of values, the likeliest first. A name that is a unit is the metric too.
     */
    private static final List<String> VALUE =
            List.of(
                    "value",
                    "ns",
                    "us",
                    "ms",
                    "s",
                    "cycles",
                    "instructions",
                    "real_time",
                    "time",
                    "latency",
                    "duration",
                    "elapsed",
                    "cost",
                    "measurement",
                    "result");

    /** The last word of a column that counts: {@code total_cycles}, but not {@code per_cycle}. */
    private static final Pattern COUNT =
            Pattern.compile("(?i)(?:(?!.*per[\\s_]).*[\\s_.(\\[-])?(cycles|instructions)[)\\]]?");

    private final CsvTable table;
    private final List<String> head;
    private final int value;

    /** Columns of further figures, which are no parameters. */
    private final Set<Integer> figures = new TreeSet<>();

    private CsvReader(CsvTable table, ForeignOptions reading) throws ForeignFormatException {
        this.table = table;
        head = table.head();
        for (String heading : head) {
            if (CsvTable.isNumber(heading)) {
                throw CsvTable.noHeading(table.headLine(), heading);
            }
        }
        for (String parameter : reading.parameters()) {
            mustBeNumbers(parameter);
        }
        value = value(reading, table.headLine());
        for (int c = 0; c < head.size(); c++) {
            if (reading.growth()
                    && c != value
                    && !isLabel(head.get(c))
                    && !reading.parameters().contains(head.get(c))
                    && FigureColumn.is(table, c)) {
                figures.add(c);
            }
        }
    }

    /** Refuses a claim about a column that is missing, or that has words. */
    private void mustBeNumbers(String parameter) throws ForeignFormatException {
        int column = names().indexOf(parameter);
        if (column < 0) {
            throw new ForeignFormatException(
                    table.headLine(),
                    "the claim is about %s, which is no column: columns: %s"
                            .formatted(parameter, String.join(", ", head)));
        }
        if (table.isWords(column) && !table.rows().isEmpty()) {
            table.number(table.rows().getFirst(), column);
        }
    }

    private List<String> names() {
        return head.stream().map(ParameterName::of).toList();
    }

    static void read(String text, ForeignOptions reading, Gatherer gatherer)
            throws ForeignFormatException {
        new CsvReader(CsvTable.read(text), reading).gather(gatherer);
    }

    /**
     * Index of the column of values: the requested one, one with a known name, or the only one
     * left.
     */
    private int value(ForeignOptions reading, long line) throws ForeignFormatException {
        if (reading.value().isPresent()) {
            int wanted = head.indexOf(reading.value().get());
            if (wanted < 0) {
                throw new ForeignFormatException(
                        line, "no column '%s' in %s".formatted(reading.value().get(), head));
            }
            return wanted;
        }
        for (String name : VALUE) {
            for (int c = 0; c < head.size(); c++) {
                if (head.get(c).toLowerCase(Locale.ROOT).equals(name)
                        && !reading.parameters().contains(head.get(c))) {
                    return c;
                }
            }
        }
        List<Integer> left = new ArrayList<>();
        for (int c = 0; c < head.size(); c++) {
            if (!table.isWords(c)
                    && !isLabel(head.get(c))
                    && !reading.parameters().contains(head.get(c))) {
                left.add(c);
            }
        }
        List<Integer> measured = left.stream().filter(c -> unit(head.get(c)).isPresent()).toList();
        if (measured.size() == 1) {
            return measured.getFirst();
        }
        if (left.size() == 1 && !reading.parameters().isEmpty()) {
            return left.getFirst();
        }
        throw new ForeignFormatException(
                line,
                "cannot tell which column contains the values: name it with --value %s; columns: %s"
                        .formatted(
                                left.isEmpty() ? "COLUMN" : head.get(left.getLast()),
                                String.join(", ", head)));
    }

    /** What the column of values contains: a unit, a rate such as {@code MB/s}, or plain values. */
    private static String metric(String column) {
        return MetricDirections.isRate(column) ? column : unit(column).orElse("value");
    }

    /** The unit in a column's name: {@code time_us}, {@code Time (ms)}, {@code total_cycles}. */
    private static Optional<String> unit(String column) {
        Matcher count = COUNT.matcher(column.strip());
        return count.matches()
                ? Optional.of(count.group(1).toLowerCase(Locale.ROOT))
                : Unit.in(column).map(Unit::symbol);
    }

    /** The name of a column with a meaning of its own, which does not depend on capitals. */
    private static String label(String column) {
        return column.toLowerCase(Locale.ROOT);
    }

    private static boolean isLabel(String column) {
        return NAME.contains(label(column))
                || METRIC.contains(label(column))
                || label(column).equals(BOUND)
                || label(column).equals(BOOT);
    }

    private record Place(
            String name,
            String metric,
            Optional<String> bound,
            Map<String, Double> at,
            String boot) {}

    private void gather(Gatherer gatherer) throws ForeignFormatException {
        Map<Place, List<Double>> places = new LinkedHashMap<>();
        Map<Place, Long> lines = new LinkedHashMap<>();
        for (CsvRecord row : table.rows()) {
            Place place = place(row);
            places.computeIfAbsent(place, _ -> new ArrayList<>()).add(table.number(row, value));
            lines.putIfAbsent(place, row.getStartingLineNumber());
        }
        for (Map.Entry<Place, List<Double>> entry : places.entrySet()) {
            Place place = entry.getKey();
            for (int column : figures) {
                gatherer.note(
                        place.name(),
                        "column %s is not taken for a parameter: name it in the claim if it is one"
                                .formatted(head.get(column)));
            }
            try {
                gatherer.add(
                        place.name(),
                        place.metric(),
                        place.bound(),
                        place.at(),
                        entry.getValue().stream().mapToDouble(Double::doubleValue).toArray());
            } catch (ForeignFormatException e) {
                throw new ForeignFormatException(
                        lines.getOrDefault(place, 0L), String.valueOf(e.getMessage()));
            }
        }
    }

    private Place place(CsvRecord row) throws ForeignFormatException {
        List<String> name = new ArrayList<>();
        String metric = metric(head.get(value));
        Optional<String> bound = Optional.empty();
        String boot = "";
        Map<String, Double> at = new LinkedHashMap<>();
        for (int c = 0; c < head.size(); c++) {
            String column = head.get(c);
            String cell = CsvTable.cell(row, c);
            if (c == value || figures.contains(c)) {
                continue;
            }
            if (NAME.contains(label(column))) {
                name.addFirst(cell);
            } else if (METRIC.contains(label(column))) {
                metric = cell.isEmpty() ? metric : cell;
            } else if (label(column).equals(BOUND)) {
                bound = cell.isEmpty() ? Optional.empty() : Optional.of(cell);
            } else if (label(column).equals(BOOT)) {
                boot = cell;
            } else if (table.isWords(c)) {
                if (!cell.isEmpty()) {
                    name.add(column + "=" + cell);
                }
            } else {
                at.put(ParameterName.of(column), table.number(row, c));
            }
        }
        return new Place(
                name.stream().filter(n -> !n.isEmpty()).collect(Collectors.joining(" ")),
                metric,
                bound,
                at,
                boot);
    }
}
