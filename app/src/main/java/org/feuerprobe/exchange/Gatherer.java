package org.feuerprobe.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.Point;

/**
 * Collector of values by data set and point, in order of arrival. It refuses values that cannot be
 * costs.
 */
final class Gatherer {
    /** Metrics that are never below zero; other metrics may be differences. */
    private static final Set<String> NEVER_NEGATIVE =
            Set.of("ns", "us", "ms", "s", "cycles", "instructions");

    private record Key(String name, String metric, Optional<String> bound) {}

    private static final class Gathered {
        private final SequencedMap<Map<String, Double>, List<double[]>> points =
                new LinkedHashMap<>();
        private boolean secondary;
    }

    private final SequencedMap<Key, Gathered> sets = new LinkedHashMap<>();
    private final Map<String, Set<String>> notes = new LinkedHashMap<>();

    /** Adds the values of one boot at a point. */
    void add(String name, String metric, Map<String, Double> at, double[] values)
            throws ForeignFormatException {
        add(name, metric, Optional.empty(), at, values);
    }

    void add(
            String name,
            String metric,
            Optional<String> bound,
            Map<String, Double> at,
            double[] values)
            throws ForeignFormatException {
        if (NEVER_NEGATIVE.contains(metric)) {
            for (double value : values) {
                if (value < 0) {
                    throw new ForeignFormatException(
                            0,
                            "%s: %s %s is below zero: the clock ran backwards, or the value is a difference"
                                    .formatted(shown(name), Numbers.plain(value), metric));
                }
            }
        }
        gathered(name, metric, bound)
                .points
                .computeIfAbsent(new LinkedHashMap<>(at), _ -> new ArrayList<>())
                .add(values);
    }

    /** Adds values of a metric that is not the tool's main one. */
    void addSecondary(String name, String metric, Map<String, Double> at, double[] values)
            throws ForeignFormatException {
        add(name, metric, Optional.empty(), at, values);
        gathered(name, metric, Optional.empty()).secondary = true;
    }

    /** Adds a note to every data set with this name. */
    void note(String name, String note) {
        notes.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(note);
    }

    List<MeasuredSet> sets() {
        List<MeasuredSet> found = new ArrayList<>();
        sets.forEach((key, gathered) ->
                found.add(
                        new MeasuredSet(
                                new DataSet(
                                        key.name(),
                                        key.metric(),
                                        false,
                                        gathered.points.entrySet().stream()
                                                .map(e -> new Point(e.getKey(), e.getValue()))
                                                .toList()),
                                key.bound(),
                                gathered.secondary,
                                List.copyOf(notes.getOrDefault(key.name(), Set.of())))));
        return found;
    }

    private Gathered gathered(String name, String metric, Optional<String> bound) {
        return sets.computeIfAbsent(new Key(name, metric, bound), _ -> new Gathered());
    }

    private static String shown(String name) {
        return name.isEmpty() ? "a data set without a name" : name;
    }
}
