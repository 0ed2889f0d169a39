package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.results.Figures;
import org.feuerprobe.results.Throughput;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Summary;

/** Benchmarks and what was measured of them, as tables for a terminal. */
public final class BenchTable {
    private BenchTable() {}

    /** One row a benchmark. */
    public static String catalogue(List<Benchmark> benchmarks) {
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
        return TextTable.of(rows);
    }

    /** Any rows, the first of them headings. */
    public static String rows(List<List<String>> rows) {
        return TextTable.of(rows);
    }

    /** As {@link #measurements}, of several targets. */
    public static String together(List<Measurement> measurements) {
        List<List<String>> rows = points(measurements);
        for (int row = 0; row < rows.size(); row++) {
            List<String> wider = new ArrayList<>();
            wider.add(row == 0 ? "TARGET" : measurements.get(row - 1).target());
            wider.addAll(rows.get(row));
            rows.set(row, wider);
        }
        return TextTable.of(rows);
    }

    /** One row a point, net of the overhead twin. */
    public static String measurements(List<Measurement> measurements) {
        return TextTable.of(points(measurements));
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
                            Figures.number(summary.min()),
                            Figures.number(summary.median()),
                            Figures.number(summary.p99()),
                            Figures.number(summary.max()),
                            Figures.number(summary.mean()),
                            Figures.number(measurement.overhead().median())));
        }
        return rows;
    }

    /** One row a point that has a rate: operations, and bytes where they are a parameter. */
    public static String throughput(List<Measurement> measurements) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("BENCHMARK", "POINT", "OPERATIONS", "BYTES", "PER"));
        for (Measurement measurement : measurements) {
            Throughput.of(measurement)
                    .ifPresent(rate ->
                            rows.add(
                                    List.of(
                                            measurement.benchmark(),
                                            point(measurement),
                                            Figures.number(rate.operations()),
                                            rate.bytes().isPresent()
                                                    ? Figures.number(rate.bytes().getAsDouble())
                                                    : "–",
                                            rate.per())));
        }
        return TextTable.of(rows);
    }

    private static String point(Measurement measurement) {
        return measurement.parameters().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
