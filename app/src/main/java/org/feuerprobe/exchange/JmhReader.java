package org.feuerprobe.exchange;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Reader of JMH's JSON. A fork counts as a boot. JMH's parameters are strings: numbers become
 * parameters, and other words distinguish data sets. Throughput is converted to time per operation,
 * because a bound is about costs. Secondary metrics, such as a profiler's, are data sets of their
 * own.
 */
final class JmhReader {
    private static final Map<String, Double> NANOS =
            Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9, "min", 60e9, "hr", 3600e9);

    private JmhReader() {}

    static void read(String text, Gatherer gatherer) throws ForeignFormatException {
        JsonNode root = ForeignJson.parse(text);
        if (!root.isArray()) {
            throw new ForeignFormatException(0, "not a list of results: not JMH's JSON");
        }
        for (JsonNode result : root) {
            String name = result.path("benchmark").asString("");
            if (!result.path("primaryMetric").isObject()) {
                throw new ForeignFormatException(0, name + ": no primaryMetric: not JMH's JSON");
            }
            Map<String, Double> at = new LinkedHashMap<>();
            StringBuilder words = new StringBuilder(name);
            for (Map.Entry<String, JsonNode> parameter : result.path("params").properties()) {
                if (ForeignJson.isNumber(parameter.getValue())) {
                    at.put(
                            parameter.getKey(),
                            ForeignJson.number(parameter.getValue(), parameter.getKey()));
                } else {
                    words.append(' ')
                            .append(parameter.getKey())
                            .append('=')
                            .append(parameter.getValue().asString(""));
                }
            }
            metric(words.toString(), at, result.path("primaryMetric"), false, gatherer);
            for (Map.Entry<String, JsonNode> other : result.path("secondaryMetrics").properties()) {
                metric(
                        words + " " + other.getKey().replaceFirst("^·", ""),
                        at,
                        other.getValue(),
                        true,
                        gatherer);
            }
        }
    }

    private static void metric(
            String name,
            Map<String, Double> at,
            JsonNode metric,
            boolean secondary,
            Gatherer gatherer)
            throws ForeignFormatException {
        String unit = metric.path("scoreUnit").asString("");
        String[] parts = unit.split("/", 2);
        double factor = 1;
        boolean rate = false;
        String known = unit;
        if (parts.length == 2 && parts[1].equals("op")) {
            Double nanos = NANOS.get(parts[0]);
            known = nanos == null ? parts[0] : "ns";
            factor = nanos == null ? 1 : nanos;
        } else if (parts.length == 2 && parts[0].equals("ops") && NANOS.containsKey(parts[1])) {
            rate = true;
            known = "ns";
            factor = NANOS.getOrDefault(parts[1], 1.0);
            gatherer.note(name, "throughput in " + unit + " was converted to ns per operation");
        }
        JsonNode boots = metric.path("rawDataHistogram");
        boolean histogram = boots.isArray();
        boots = histogram ? boots : metric.path("rawData");
        if (!boots.isArray() || boots.isEmpty()) {
            boots = null;
        }
        if (boots == null) {
            if (!ForeignJson.isNumber(metric.path("score"))) {
                gatherer.note(name, "a result without rawData and score was left out");
                return;
            }
            add(
                    name,
                    known,
                    at,
                    new double[] {ForeignJson.number(metric.path("score"), name)},
                    factor,
                    rate,
                    secondary,
                    gatherer);
            gatherer.note(name, "no rawData: each point is one score");
            return;
        }
        for (JsonNode fork : boots) {
            double[] values =
                    histogram
                            ? counted(fork, name + ": rawDataHistogram")
                            : ForeignJson.numbers(fork, name + ": rawData");
            add(name, known, at, values, factor, rate, secondary, gatherer);
        }
    }

    private static void add(
            String name,
            String metric,
            Map<String, Double> at,
            double[] values,
            double factor,
            boolean rate,
            boolean secondary,
            Gatherer gatherer)
            throws ForeignFormatException {
        double[] costs = Arrays.stream(values).map(v -> rate ? factor / v : v * factor).toArray();
        if (Arrays.stream(costs).anyMatch(v -> !Double.isFinite(v))) {
            throw new ForeignFormatException(0, name + ": a throughput of 0 has no cost");
        }
        if (secondary) {
            gatherer.addSecondary(name, metric, at, costs);
        } else {
            gatherer.add(name, metric, at, costs);
        }
    }

    /** The values of a fork, whose iterations are lists of {@code [value, count]}. */
    private static double[] counted(JsonNode fork, String where) throws ForeignFormatException {
        Map<Double, Long> counts = new TreeMap<>();
        for (JsonNode iteration : fork) {
            for (JsonNode pair : iteration) {
                counts.merge(
                        ForeignJson.number(pair.path(0), where),
                        (long) ForeignJson.number(pair.path(1), where),
                        Math::addExact);
            }
        }
        return Histogram.values(counts, where);
    }
}
