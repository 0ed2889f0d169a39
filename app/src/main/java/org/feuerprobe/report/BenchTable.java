package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.fitness.SeriesTrust;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.results.Throughput;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.Summary;

/** Tables of benchmarks and their measurements for a terminal. */
public final class BenchTable {
    private BenchTable() {}

    /** Table of benchmarks, one per row. */
    public static String catalogue(List<Benchmark> benchmarks, int columns) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "BENCHMARK",
                        "OPERATION",
                        "RING",
                        "CACHE",
                        "PARAMETERS",
                        "VERIFIED EFFECT"));
        for (Benchmark benchmark : benchmarks) {
            rows.add(
                    List.of(
                            benchmark.name(),
                            benchmark.operation(),
                            Integer.toString(benchmark.ring()),
                            benchmark.cold() ? "cold" : "hot",
                            benchmark.parameters().stream()
                                    .map(p -> "%s %d…%d".formatted(p.name(), p.min(), p.max()))
                                    .collect(Collectors.joining(", ")),
                            benchmark.effect()));
        }
        return rows(rows, columns);
    }

    /**
     * Table of any rows, the first of which contains the headings. Rows wider than {@code columns}
     * are broken.
     */
    public static String rows(List<List<String>> rows, int columns) {
        return TextTable.of(rows, columns, 0, (_, _, cell) -> cell);
    }

    /** Note that names the figures that may not be believed; empty if all may be. */
    public static String doubtful(List<SeriesTrust> found, int columns) {
        return found.stream()
                .filter(series -> !series.trust().believed())
                .map(series ->
                        "\n"
                                + Paragraph.ofLines(
                                        series.warning()
                                                + "; what this machine is fit for: feuerprobe testbed\n",
                                        columns))
                .collect(Collectors.joining());
    }

    /** The same table as {@link #measurements}, for several targets. */
    public static String together(List<Measurement> measurements, int columns) {
        List<List<String>> rows = points(measurements);
        for (int row = 0; row < rows.size(); row++) {
            List<String> wider = new ArrayList<>();
            wider.add(row == 0 ? "TARGET" : measurements.get(row - 1).target());
            wider.addAll(rows.get(row));
            rows.set(row, wider);
        }
        return rows(withoutEmpty(rows), columns);
    }

    /**
     * Table with one point per row, with the overhead twin subtracted. If it is wider than {@code
     * columns}, there is one table per metric: a common number of values moves into its title, and
     * the twin is omitted if necessary. A width of 0 means no limit.
     */
    public static String measurements(List<Measurement> measurements, int columns) {
        List<List<String>> rows = withoutEmpty(points(measurements));
        if (columns == 0 || TextTable.width(rows) <= columns) {
            return TextTable.of(rows);
        }
        return measurements.stream()
                .collect(
                        Collectors.groupingBy(
                                Measurement::metric, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> narrow(entry.getKey(), entry.getValue(), columns))
                .collect(Collectors.joining("\n"));
    }

    private static String narrow(String metric, List<Measurement> measurements, int columns) {
        List<List<String>> rows = without("METRIC", withoutEmpty(points(measurements)));
        int n = rows.getFirst().indexOf("N");
        Set<String> counts =
                rows.stream().skip(1).map(row -> row.get(n)).collect(Collectors.toSet());
        String title = metric + ":\n";
        if (counts.size() == 1) {
            title = "%s, N = %s:%n".formatted(metric, counts.iterator().next());
            rows = without("N", rows);
        }
        if (TextTable.width(rows) > columns) {
            rows = without("TWIN", rows);
        }
        return title + rows(rows, columns);
    }

    /** Removes the column of parameters if no benchmark has any. */
    private static List<List<String>> withoutEmpty(List<List<String>> rows) {
        int point = rows.getFirst().indexOf("POINT");
        return rows.stream().skip(1).allMatch(row -> row.get(point).isEmpty())
                ? without("POINT", rows)
                : rows;
    }

    private static List<List<String>> without(String heading, List<List<String>> rows) {
        int column = rows.getFirst().indexOf(heading);
        return rows.stream()
                .map(row -> {
                    List<String> rest = new ArrayList<>(row);
                    rest.remove(column);
                    return rest;
                })
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<List<String>> points(List<Measurement> measurements) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "BENCHMARK",
                        "POINT",
                        "METRIC",
                        "N",
                        "MIN",
                        "MEDIAN",
                        "P99",
                        "MAX",
                        "MEAN",
                        "TWIN"));
        for (Measurement measurement : measurements) {
            Summary summary = measurement.summary();
            rows.add(
                    List.of(
                            measurement.benchmark(),
                            point(measurement),
                            measurement.metric(),
                            Integer.toString(summary.n()),
                            Numbers.grouped(summary.min()),
                            Numbers.grouped(summary.median()),
                            Numbers.grouped(summary.p99()),
                            Numbers.grouped(summary.max()),
                            Numbers.grouped(summary.mean()),
                            Numbers.grouped(measurement.overhead().median())));
        }
        return rows;
    }

    /** Rates, one point per row: operations, and bytes if they are a parameter. */
    public static String throughput(List<Measurement> measurements, int columns) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("BENCHMARK", "POINT", "OPERATIONS", "BYTES", "PER"));
        for (Measurement measurement : measurements) {
            Throughput.of(measurement)
                    .ifPresent(rate ->
                            rows.add(
                                    List.of(
                                            measurement.benchmark(),
                                            point(measurement),
                                            Numbers.grouped(rate.operations()),
                                            rate.bytes().isPresent()
                                                    ? Numbers.grouped(rate.bytes().getAsDouble())
                                                    : "–",
                                            rate.per())));
        }
        return rows(withoutEmpty(rows), columns);
    }

    private static String point(Measurement measurement) {
        return Numbers.point(measurement.parameters());
    }

    /**
     * Names the benchmarks that have no counts although others have some. The kernel marks no begin
     * and end of their operations.
     */
    public static Optional<String> uncounted(
            List<Measurement> measurements, List<Measurement> counted) {
        Set<String> names = names(measurements);
        names.removeAll(names(counted));
        return counted.isEmpty() || names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "no counts beside the clock, because the kernel does not mark these operations: "
                                + String.join(", ", names));
    }

    private static Set<String> names(List<Measurement> measurements) {
        return measurements.stream()
                .map(Measurement::benchmark)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
