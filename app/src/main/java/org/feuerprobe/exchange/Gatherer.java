package org.feuerprobe.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Point;
import org.feuerprobe.sample.Unit;

/**
 * Collector of values by data set and point, in order of arrival. It refuses values that cannot be
 * costs.
 */
final class Gatherer {
    /** The metric of values whose unit the file does not state. */
    private static final String UNSTATED = "value";

    private record Key(String name, String metric, Optional<String> bound) {}

    private static final class Gathered {
        private final SequencedMap<Map<String, Double>, List<double[]>> points =
                new LinkedHashMap<>();
        private boolean secondary;
    }

    private final SequencedMap<Key, Gathered> sets = new LinkedHashMap<>();
    private final Map<String, Set<String>> notes = new LinkedHashMap<>();

    /** Adds the values of one boot at a point. Times are converted to ns, energies to nJ. */
    void add(String name, String metric, Map<String, Double> at, double[] values)
            throws ForeignFormatException {
        add(name, metric, Optional.empty(), at, values);
    }

    void add(
            String name,
            String unit,
            Optional<String> bound,
            Map<String, Double> at,
            double[] amounts)
            throws ForeignFormatException {
        Optional<Unit> known = Unit.of(unit);
        String metric = metric(unit);
        double[] values =
                known.isPresent()
                        ? Arrays.stream(amounts).map(known.get()::decided).toArray()
                        : amounts;
        Optional<String> refusal = Metric.of(metric).refusal(values);
        if (refusal.isPresent()) {
            throw new ForeignFormatException(0, shown(name) + ": " + refusal.get());
        }
        gathered(name, metric, bound)
                .points
                .computeIfAbsent(new LinkedHashMap<>(at), _ -> new ArrayList<>())
                .add(values);
    }

    private static String metric(String unit) {
        return Unit.of(unit).map(Unit::decidedIn).orElseGet(() -> unit.isBlank() ? UNSTATED : unit);
    }

    /** Adds values of a metric that is not the tool's main one. */
    void addSecondary(String name, String unit, Map<String, Double> at, double[] values)
            throws ForeignFormatException {
        add(name, unit, Optional.empty(), at, values);
        gathered(name, metric(unit), Optional.empty()).secondary = true;
    }

    /** Adds a note to every data set with this name. */
    void note(String name, String note) {
        notes.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(note);
    }

    /** All notes, for a message that nothing was measured; empty if there is none. */
    String notesInOneLine() {
        return notes.entrySet().stream()
                .map(entry ->
                        ": %s: %s"
                                .formatted(
                                        shown(entry.getKey()), String.join(", ", entry.getValue())))
                .collect(Collectors.joining());
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
