package org.feuerprobe.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.sample.DataSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Extra-P's text format and its JSON Lines. */
final class ExtraPReader {
    private final Gatherer gatherer = new Gatherer();
    private final List<String> parameters = new ArrayList<>();
    private final List<Map<String, Double>> points = new ArrayList<>();
    private String region = "";
    private String metric = "";
    private int row;

    private ExtraPReader() {}

    static List<DataSet> text(String text) throws ForeignFormatException {
        ExtraPReader reader = new ExtraPReader();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String words = line.strip();
            if (!words.isEmpty() && !words.startsWith("#")) {
                reader.line(words, number);
            }
        }
        return reader.gatherer.sets();
    }

    private void line(String line, int number) throws ForeignFormatException {
        String[] parts = line.split("\\s+", 2);
        String rest = parts.length > 1 ? parts[1] : "";
        switch (parts[0]) {
            case "PARAMETER" -> parameters.addAll(List.of(rest.split("\\s+", -1)));
            case "POINTS" -> points(rest, number);
            case "REGION" -> {
                region = rest;
                row = 0;
            }
            case "METRIC" -> {
                metric = rest;
                row = 0;
            }
            case "EXPERIMENT" -> row = 0;
            case "DATA" -> data(rest, number);
            default ->
                    throw new ForeignFormatException(
                            number,
                            "want PARAMETER, POINTS, REGION, METRIC or DATA, not '"
                                    + Gatherer.shortened(parts[0])
                                    + "'");
        }
    }

    private void points(String rest, int number) throws ForeignFormatException {
        if (parameters.isEmpty()) {
            throw new ForeignFormatException(number, "POINTS before any PARAMETER");
        }
        List<String> values = List.of(rest.replaceAll("[(),]", " ").strip().split("\\s+", -1));
        if (values.size() % parameters.size() != 0) {
            throw new ForeignFormatException(
                    number,
                    "%d numbers for %d parameters".formatted(values.size(), parameters.size()));
        }
        for (int i = 0; i < values.size(); i += parameters.size()) {
            Map<String, Double> point = new LinkedHashMap<>();
            for (int k = 0; k < parameters.size(); k++) {
                point.put(parameters.get(k), Gatherer.number(values.get(i + k), number));
            }
            points.add(point);
        }
    }

    private void data(String rest, int number) throws ForeignFormatException {
        if (row >= points.size()) {
            throw new ForeignFormatException(
                    number, "more DATA than the %d points".formatted(points.size()));
        }
        List<Double> values = new ArrayList<>();
        for (String word : rest.strip().split("\\s+", -1)) {
            values.add(Gatherer.number(word, number));
        }
        gatherer.add(
                region,
                metric.isEmpty() ? "value" : metric,
                points.get(row++),
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** {@code {"params":{"p":16},"metric":"time","callpath":"main","value":1.5}} a line. */
    static List<DataSet> jsonLines(String text) throws ForeignFormatException {
        JsonMapper mapper = JsonMapper.builder().build();
        Gatherer gatherer = new Gatherer();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            JsonNode node;
            try {
                node = mapper.readTree(line);
            } catch (JacksonException e) {
                throw new ForeignFormatException(number, "not JSON");
            }
            if (!node.path("params").isObject() || !node.path("value").isNumber()) {
                throw new ForeignFormatException(number, "want an object with params and value");
            }
            Map<String, Double> at = new LinkedHashMap<>();
            for (var entry : node.path("params").properties()) {
                at.put(entry.getKey(), Gatherer.number(entry.getValue().asString(""), number));
            }
            gatherer.add(
                    node.path("callpath").asString("main"),
                    node.path("metric").asString("value"),
                    at,
                    new double[] {Gatherer.number(node.path("value").asString(""), number)});
        }
        return gatherer.sets();
    }
}
