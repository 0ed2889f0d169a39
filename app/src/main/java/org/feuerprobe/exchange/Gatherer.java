package org.feuerprobe.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;

/** Gathers values by data set and point, in the order in which they come. */
final class Gatherer {
    private record Key(String name, String metric) {}

    private final Map<Key, SequencedMap<Map<String, Double>, List<double[]>>> sets =
            new LinkedHashMap<>();

    void add(String name, String metric, Map<String, Double> at, double[] values) {
        sets.computeIfAbsent(new Key(name, metric), _ -> new LinkedHashMap<>())
                .computeIfAbsent(new LinkedHashMap<>(at), _ -> new ArrayList<>())
                .add(values);
    }

    List<DataSet> sets() {
        List<DataSet> found = new ArrayList<>();
        sets.forEach((key, points) ->
                found.add(
                        new DataSet(
                                key.name(),
                                key.metric(),
                                false,
                                points.entrySet().stream()
                                        .map(e -> new Point(e.getKey(), e.getValue()))
                                        .toList())));
        return found;
    }

    static double number(String text, int line) throws ForeignFormatException {
        try {
            double value = Double.parseDouble(text.strip());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new ForeignFormatException(line, "want a number, not '" + shortened(text) + "'");
        }
        throw new ForeignFormatException(
                line, "want a finite number, not '" + shortened(text) + "'");
    }

    static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 39) + "…";
    }
}
