package org.feuerprobe.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.feuerprobe.json.Json;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.UnitOfTime;

/**
 * Reader of histograms from {@code rtla timerlat hist} and {@code rtla osnoise hist}, which have
 * one column per processor and kind ({@code IRQ-000}, {@code Thr-000}). A kind becomes a data set,
 * and each processor counts as a boot. Values beyond the histogram count as the largest value.
 */
final class RtlaReader {
    private static final Pattern TITLE = Pattern.compile("# RTLA (\\w+) histogram.*");
    private static final Pattern UNIT = Pattern.compile("# Time unit is .*\\((ns|us)\\).*");
    private static final Pattern COLUMN = Pattern.compile("([A-Za-z]+)-([0-9]+)");

    private String tool = "";
    private String unit = UnitOfTime.MICROSECONDS.symbol();
    private List<String> columns = List.of();
    private final List<Map<Double, Long>> counts = new ArrayList<>();
    private final Map<Integer, Long> over = new LinkedHashMap<>();
    private final Map<Integer, Double> largest = new LinkedHashMap<>();

    private RtlaReader() {}

    static void read(String text, Gatherer gatherer) throws ForeignFormatException {
        RtlaReader reader = new RtlaReader();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.startsWith("ALL:")) {
                break; // starts a summary over all columns
            }
            reader.line(line, number);
        }
        reader.gather(gatherer);
    }

    private void line(String line, int number) throws ForeignFormatException {
        Matcher title = TITLE.matcher(line);
        Matcher time = UNIT.matcher(line);
        String[] words = line.strip().split("\\s+");
        if (title.matches()) {
            tool = title.group(1);
        } else if (time.matches()) {
            unit = time.group(1);
        } else if (line.isBlank() || line.startsWith("#")) {
            return;
        } else if (words[0].equals("Index")) {
            columns = List.of(words).subList(1, words.length);
            columns.forEach(_ -> counts.add(new TreeMap<>()));
        } else if (words[0].equals("over:")) {
            cells(words, number, (column, value) -> over.put(column, count(column, value)));
        } else if (words[0].equals("max:")) {
            cells(words, number, largest::put);
        } else if (ForeignNumber.isNumber(words[0])) {
            double index = ForeignNumber.of(words[0], number);
            cells(
                    words,
                    number,
                    (column, value) -> {
                        long count = count(column, value);
                        if (count > 0) {
                            counts.get(column).put(index, count);
                        }
                    });
        } else if (!words[0].endsWith(":")) {
            throw new ForeignFormatException(
                    number, "want a row of an rtla histogram, not '" + Json.excerpt(line) + "'");
        }
    }

    private long count(int column, double value) throws ForeignFormatException {
        return Histogram.count(value, columns.get(column));
    }

    private interface Cell {
        void take(int column, double value) throws ForeignFormatException;
    }

    private void cells(String[] words, int number, Cell cell) throws ForeignFormatException {
        if (words.length - 1 != columns.size()) {
            throw new ForeignFormatException(
                    number,
                    "%d cells under %d columns".formatted(words.length - 1, columns.size()));
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!words[i + 1].equals("-")) {
                cell.take(i, ForeignNumber.of(words[i + 1], number));
            }
        }
    }

    private void gather(Gatherer gatherer) throws ForeignFormatException {
        if (tool.isEmpty() || columns.isEmpty()) {
            throw new ForeignFormatException(
                    0, "no '# RTLA … histogram' with an Index row: not rtla's histogram");
        }
        for (int i = 0; i < columns.size(); i++) {
            Matcher column = COLUMN.matcher(columns.get(i));
            String kind = column.matches() ? column.group(1) : columns.get(i);
            String name = kind.equals("CPU") ? tool : tool + " " + kind;
            long beyond = over.getOrDefault(i, 0L);
            if (beyond > 0) {
                Double most = largest.get(i);
                if (most == null) {
                    throw new ForeignFormatException(
                            0,
                            "%s: %d values lie beyond the histogram, but the row 'max:' is missing"
                                    .formatted(columns.get(i), beyond));
                }
                counts.get(i).merge(most, beyond, Math::addExact);
                gatherer.note(
                        name,
                        "%s: %d values lie beyond the histogram; each counts as the largest, %s %s"
                                .formatted(columns.get(i), beyond, Numbers.plain(most), unit));
            }
            double[] values = Histogram.values(counts.get(i), columns.get(i));
            if (values.length > 0) {
                gatherer.add(name, unit, Map.of(), values);
            }
        }
    }
}
