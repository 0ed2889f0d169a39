package org.feuerprobe.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.feuerprobe.sample.Metric;
import tools.jackson.databind.JsonNode;

/**
 * Reader of sel4bench's serial output: the JSON between {@code JSON OUTPUT} and {@code END JSON
 * OUTPUT}, or that JSON alone. Numbers in a result are parameters, and words distinguish data sets.
 */
final class Sel4benchReader {
    private static final Set<String> FIGURES =
            Set.of(
                    "Min",
                    "Max",
                    "Mean",
                    "Stddev",
                    "Variance",
                    "Mode",
                    "Median",
                    "1st quantile",
                    "3rd quantile",
                    "Samples",
                    "Raw results",
                    "Metric");
    private static final String BEGIN = "JSON OUTPUT";
    private static final String END = "END JSON OUTPUT";

    private Sel4benchReader() {}

    static void read(String text, Gatherer gatherer) throws ForeignFormatException {
        JsonNode root = ForeignJson.parse(json(text));
        if (!root.isArray()) {
            throw new ForeignFormatException(0, "not a list of benchmarks: not sel4bench's JSON");
        }
        for (JsonNode benchmark : root) {
            String name = benchmark.path("Benchmark").asString("");
            if (name.isEmpty() || !benchmark.path("Results").isArray()) {
                throw new ForeignFormatException(
                        0, "want objects with Benchmark and Results: not sel4bench's JSON");
            }
            for (JsonNode result : benchmark.path("Results")) {
                result(name, result, gatherer);
            }
        }
    }

    private static String json(String text) throws ForeignFormatException {
        int begin = text.indexOf(BEGIN);
        if (begin < 0) {
            return text;
        }
        int end = text.indexOf(END, begin + BEGIN.length());
        if (end < 0) {
            throw new ForeignFormatException(
                    0, "'" + BEGIN + "' without '" + END + "': the log is cut short");
        }
        return text.substring(begin + BEGIN.length(), end);
    }

    private static void result(String benchmark, JsonNode result, Gatherer gatherer)
            throws ForeignFormatException {
        StringBuilder name = new StringBuilder(benchmark);
        Map<String, Double> at = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : result.properties()) {
            JsonNode value = field.getValue();
            if (FIGURES.contains(field.getKey())) {
                continue;
            }
            if (value.isNumber()) {
                at.put(field.getKey(), ForeignJson.number(value, field.getKey()));
            } else if (value.isString()) {
                name.append(" / ").append(value.stringValue());
            } else if (value.isBoolean() && value.booleanValue()) {
                name.append(" / ").append(field.getKey().replaceFirst("\\?$", ""));
            }
        }
        String metric = result.path("Metric").asString(Metric.CYCLES.name());
        String full = name.toString();
        if (result.path("Raw results").isArray()) {
            gatherer.add(
                    full,
                    metric,
                    at,
                    ForeignJson.numbers(result.path("Raw results"), full + ": Raw results"));
        } else {
            gatherer.add(
                    full,
                    metric,
                    at,
                    new double[] {ForeignJson.number(result.path("Median"), full + ": Median")});
            gatherer.note(full, "no raw results: each point is one median");
        }
    }
}
