package org.feuerprobe.exchange;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.feuerprobe.change.ChangeDetector;
import org.feuerprobe.change.History;
import org.feuerprobe.change.HistoryRun;
import org.feuerprobe.json.Json;
import org.feuerprobe.json.JsonFault;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reader of the published history of sel4bench. There is one file per platform and configuration,
 * and each line is a JSON object for one run. It contains {@code ts}, {@code run_id}, revisions
 * ({@code sha…}) and, for each metric, {@code [min, q1, median, mean, q3, max, sd, n]}. A run's
 * value is its median or its mean, whichever varies less over the series; it is the mean if any run
 * has no quartiles (zeros). Several files of a platform form one series, and a run that occurs
 * twice counts once.
 */
public final class Sel4benchHistory implements HistoryReader {
    private static final int FIGURES = 8;
    private static final int QUARTILE = 1;
    private static final int MEDIAN = 2;
    private static final int MEAN = 3;
    private static final int UPPER_QUARTILE = 4;
    private static final int COUNT = 7;

    /** Metrics of the SMP benchmark count the operations of a fixed time; others are cycles. */
    private static final String SMP = "smp_";

    private static final String THROUGHPUT = "throughput";

    private final JsonMapper mapper =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private final Map<String, Map<String, Run>> configurations = new LinkedHashMap<>();

    private record Run(Instant time, String id, String revision, Map<String, double[]> metrics) {}

    @Override
    public void add(String file, String configuration, String text)
            throws MalformedHistoryException {
        Map<String, Run> runs =
                configurations.computeIfAbsent(configuration, _ -> new LinkedHashMap<>());
        long number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                Run run = run(line);
                runs.putIfAbsent(run.id(), run);
            } catch (IllegalArgumentException e) {
                throw new MalformedHistoryException(file, number, String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    public int runs() {
        return configurations.values().stream().mapToInt(Map::size).sum();
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public List<History> series(MetricDirections directions) {
        List<History> all = new ArrayList<>();
        configurations.forEach((configuration, runs) -> {
            List<Run> ordered =
                    runs.values().stream().sorted(Comparator.comparing(Run::time)).toList();
            ordered.stream()
                    .flatMap(run -> run.metrics().keySet().stream())
                    .distinct()
                    .forEach(metric ->
                            all.add(
                                    history(
                                            configuration + "/" + metric,
                                            metric,
                                            ordered,
                                            directions)));
        });
        return all;
    }

    private static History history(
            String series, String metric, List<Run> runs, MetricDirections directions) {
        List<Run> measured =
                runs.stream().filter(run -> run.metrics().containsKey(metric)).toList();
        boolean quartiles =
                measured.stream()
                        .map(run -> run.metrics().get(metric))
                        .allMatch(f -> hasQuartiles(f));
        double[] medians = column(measured, metric, MEDIAN);
        double[] means = column(measured, metric, MEAN);
        boolean median =
                quartiles && ChangeDetector.spread(medians) <= ChangeDetector.spread(means);
        double[] values = median ? medians : means;
        return new History(
                series,
                directions.of(series, metric, metric.startsWith(SMP) ? THROUGHPUT : ""),
                IntStream.range(0, values.length)
                        .mapToObj(i ->
                                new HistoryRun(
                                        measured.get(i).id(),
                                        measured.get(i).revision(),
                                        values[i]))
                        .toList());
    }

    private static double[] column(List<Run> runs, String metric, int figure) {
        return runs.stream().mapToDouble(run -> figures(run, metric)[figure]).toArray();
    }

    private static double[] figures(Run run, String metric) {
        double[] figures = run.metrics().get(metric);
        if (figures == null) {
            throw new IllegalStateException("run " + run.id() + " lost " + metric);
        }
        return figures;
    }

    private static boolean hasQuartiles(double[] figures) {
        return figures[QUARTILE] != 0
                || figures[MEDIAN] != 0
                || figures[UPPER_QUARTILE] != 0
                || figures[MEAN] == 0;
    }

    private Run run(String line) {
        JsonNode node;
        try {
            node = mapper.readTree(line);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(JsonFault.of(e));
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        JsonNode id = node.path("run_id");
        if (!id.isIntegralNumber() && !id.isString()) {
            throw new IllegalArgumentException("run_id is missing: want a number");
        }
        Map<String, double[]> metrics = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getValue().isArray()) {
                double[] figures = figures(field.getKey(), field.getValue());
                if (figures[COUNT] > 0) {
                    metrics.put(field.getKey(), figures);
                }
            }
        }
        String revision =
                node.path("sha_kernel").asString("") + "/" + node.path("sha_bench").asString("");
        return new Run(time(node.path("ts")), id.asString(), revision, metrics);
    }

    private static Instant time(JsonNode node) {
        if (!node.isString()) {
            throw new IllegalArgumentException(
                    "ts is missing: want a time like 2026-06-12T05:57:25Z");
        }
        try {
            return OffsetDateTime.parse(node.asString()).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "ts '" + node.asString() + "' is not a time like 2026-06-12T05:57:25Z");
        }
    }

    private static double[] figures(String metric, JsonNode array) {
        if (array.size() != FIGURES) {
            throw new IllegalArgumentException(
                    "%s has %d figures, want %d: min, q1, median, mean, q3, max, sd, n"
                            .formatted(metric, array.size(), FIGURES));
        }
        double[] figures = new double[FIGURES];
        for (int i = 0; i < FIGURES; i++) {
            JsonNode figure = array.get(i);
            if (!Json.isFinite(figure)) {
                throw new IllegalArgumentException(
                        "%s: figure %d is not a finite number".formatted(metric, i + 1));
            }
            try {
                figures[i] = Json.exact(figure);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        "%s: figure %d: %s".formatted(metric, i + 1, e.getMessage()));
            }
        }
        return figures;
    }
}
