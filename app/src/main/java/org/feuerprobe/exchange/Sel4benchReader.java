package org.feuerprobe.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
        for (String document : documents(text)) {
            JsonNode root = ForeignJson.parse(document);
            if (!root.isArray()) {
                throw new ForeignFormatException(
                        0, "not a list of benchmarks: not sel4bench's JSON");
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
    }

    /** The documents of a log. A log of several boots has several. */
    private static List<String> documents(String text) throws ForeignFormatException {
        List<String> documents = new ArrayList<>();
        int begin = text.indexOf(BEGIN);
        if (begin < 0) {
            return List.of(text);
        }
        while (begin >= 0) {
            int from = begin + BEGIN.length();
            int end = text.indexOf(END, from);
            if (end < 0) {
                throw new ForeignFormatException(
                        0, "'" + BEGIN + "' without '" + END + "': the log is cut short");
            }
            documents.add(text.substring(from, end));
            begin = text.indexOf(BEGIN, end + END.length());
        }
        return documents;
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
        if (result.path("Raw results").isArray() && !result.path("Raw results").isEmpty()) {
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
