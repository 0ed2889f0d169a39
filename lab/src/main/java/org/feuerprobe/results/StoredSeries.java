package org.feuerprobe.results;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.Summary;

/**
 * One metric of one benchmark on one target over its grid: at least one point, sorted by the
 * parameters.
 */
public final class StoredSeries {
    private final String operation;
    private final String benchmark;
    private final String target;
    private final String metric;
    private final List<Measurement> points;
    private final IdentityHashMap<Measurement, Summary> summaries = new IdentityHashMap<>();

    public StoredSeries(
            String operation,
            String benchmark,
            String target,
            String metric,
            List<Measurement> points) {
        this.operation = operation;
        this.benchmark = benchmark;
        this.target = target;
        this.metric = metric;
        this.points =
                points.stream()
                        .sorted(
                                Comparator.comparing(
                                        (Measurement m) -> List.copyOf(m.parameters().values()),
                                        StoredSeries::compare))
                        .toList();
        if (this.points.isEmpty()) {
            throw new IllegalArgumentException("a series needs a point");
        }
        this.points.forEach(point -> summaries.put(point, point.summary()));
    }

    /** The model that these verdicts give for the series; the first one if there are several. */
    public Optional<StoredModel> modelOf(List<StoredVerdict> verdicts) {
        return verdicts.stream()
                .filter(v ->
                        v.metric().equals(metric)
                                && (v.target().isEmpty() || v.target().equals(target)))
                .flatMap(v -> v.evidence().stream())
                .filter(e -> e.benchmark().equals(benchmark))
                .flatMap(e -> e.model().stream())
                .findFirst();
    }

    public String operation() {
        return operation;
    }

    public String benchmark() {
        return benchmark;
    }

    public String target() {
        return target;
    }

    public String metric() {
        return metric;
    }

    public List<Measurement> points() {
        return points;
    }

    boolean measuresTheSame(StoredSeries other) {
        return benchmark.equals(other.benchmark)
                && target.equals(other.target)
                && metric.equals(other.metric);
    }

    /** The same series under another target's name. */
    StoredSeries onTarget(String other) {
        return new StoredSeries(operation, benchmark, other, metric, points);
    }

    /** Summary of one of the points, computed once. */
    public Summary summary(Measurement point) {
        return Objects.requireNonNull(summaries.get(point), "not a point of this series");
    }

    /** Series of equal benchmark, target and metric, in the order of their first point. */
    static List<StoredSeries> of(List<Measurement> measurements) {
        record Key(String operation, String benchmark, String target, String metric) {}

        Map<Key, List<Measurement>> grouped =
                measurements.stream()
                        .collect(
                                Collectors.groupingBy(
                                        m ->
                                                new Key(
                                                        m.operation(),
                                                        m.benchmark(),
                                                        m.target(),
                                                        m.metric()),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        return grouped.entrySet().stream()
                .map(e ->
                        new StoredSeries(
                                e.getKey().operation(),
                                e.getKey().benchmark(),
                                e.getKey().target(),
                                e.getKey().metric(),
                                e.getValue()))
                .toList();
    }

    /** Names of the parameters, in the benchmark's order. */
    public SequencedSet<String> parameters() {
        return points.getFirst().parameters().sequencedKeySet();
    }

    /** Names of the parameters that take more than one value. */
    public List<String> varied() {
        return parameters().stream().filter(name -> values(name).size() > 1).toList();
    }

    /** The values that a parameter takes, ascending. */
    public List<Long> values(String parameter) {
        TreeSet<Long> values = new TreeSet<>();
        points.forEach(point -> values.add(at(point, parameter)));
        return List.copyOf(values);
    }

    /** The point with the largest parameters, at which growth shows most. */
    public Measurement largest() {
        return points.stream()
                .max(
                        Comparator.comparingDouble(point ->
                                point.parameters().values().stream()
                                        .mapToDouble(
                                                v -> Math.log1p(Math.max(0.0, v.doubleValue())))
                                        .sum()))
                .orElseThrow();
    }

    public static long at(Measurement point, String parameter) {
        Long value = point.parameters().get(parameter);
        return value == null ? 0 : value;
    }

    public static Map<String, Double> doubles(Measurement point) {
        Map<String, Double> at = new LinkedHashMap<>();
        point.parameters().forEach((name, value) -> at.put(name, (double) value));
        return at;
    }

    /** {@code N_caps=16 K=2}; the empty point is {@code all}. */
    public static String shown(Measurement point) {
        return point.parameters().isEmpty() ? "all" : Numbers.point(point.parameters());
    }

    private static int compare(List<Long> a, List<Long> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = Long.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }
}
