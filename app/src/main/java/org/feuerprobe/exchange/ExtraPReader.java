package org.feuerprobe.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.json.Json;
import org.feuerprobe.sample.Numbers;
import tools.jackson.databind.JsonNode;

/** Reader of Extra-P's text format, its JSON and its JSON Lines. */
final class ExtraPReader {
    private final Gatherer gatherer;
    private final List<String> parameters = new ArrayList<>();
    private final List<Map<String, Double>> points = new ArrayList<>();
    private String region = "";
    private String metric = "";
    private int row;
    private boolean data;

    private ExtraPReader(Gatherer gatherer) {
        this.gatherer = gatherer;
    }

    static void text(String text, Gatherer gatherer) throws ForeignFormatException {
        ExtraPReader reader = new ExtraPReader(gatherer);
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String words = line.strip();
            if (!words.isEmpty() && !words.startsWith("#")) {
                reader.line(words, number);
            }
        }
        reader.endOfRegion(number);
    }

    /** Checks that the region and metric that ends here has one DATA line per point. */
    private void endOfRegion(int number) throws ForeignFormatException {
        if (data && row < points.size()) {
            throw new ForeignFormatException(
                    number,
                    "%d DATA lines for %d POINTS of %s%s"
                            .formatted(
                                    row,
                                    points.size(),
                                    region.isEmpty() ? "the file" : "region " + region,
                                    metric.isEmpty() ? "" : ", metric " + metric));
        }
        row = 0;
        data = false;
    }

    private void line(String line, int number) throws ForeignFormatException {
        String[] parts = line.split("\\s+", 2);
        String rest = parts.length > 1 ? parts[1] : "";
        switch (parts[0]) {
            case "PARAMETER" -> parameters.addAll(List.of(rest.split("\\s+", -1)));
            case "POINTS" -> points(rest, number);
            case "REGION" -> {
                endOfRegion(number);
                region = rest;
            }
            case "METRIC" -> {
                endOfRegion(number);
                metric = rest;
            }
            case "EXPERIMENT" -> endOfRegion(number);
            case "DATA" -> data(rest, number);
            default ->
                    throw new ForeignFormatException(
                            number,
                            "want PARAMETER, POINTS, REGION, METRIC or DATA, not '"
                                    + Json.excerpt(parts[0])
                                    + "'");
        }
    }

    private void points(String rest, int number) throws ForeignFormatException {
        if (parameters.isEmpty()) {
            throw new ForeignFormatException(number, "POINTS before any PARAMETER");
        }
        if (rest.chars().filter(c -> c == '(').count()
                != rest.chars().filter(c -> c == ')').count()) {
            throw new ForeignFormatException(number, "a parenthesis is not closed");
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
                point.put(parameters.get(k), ForeignNumber.of(values.get(i + k), number));
            }
            points.add(point);
        }
    }

    private void data(String rest, int number) throws ForeignFormatException {
        if (points.isEmpty()) {
            throw new ForeignFormatException(number, "a DATA line before the POINTS line");
        }
        if (row >= points.size()) {
            throw new ForeignFormatException(
                    number, "more DATA lines than the %d points".formatted(points.size()));
        }
        data = true;
        List<Double> values = new ArrayList<>();
        for (String word : rest.strip().split("\\s+", -1)) {
            values.add(ForeignNumber.of(word, number));
        }
        gatherer.add(
                region,
                metric.isEmpty() ? "value" : metric,
                points.get(row++),
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * {@code {"parameters":["p"],"measurements":{"main":{"time":[{"point":[4],"values":[1,2]}]}}}}.
     */
    static void json(String text, Gatherer gatherer) throws ForeignFormatException {
        JsonNode root = ForeignJson.parse(text);
        JsonNode names = root.path("parameters");
        if (!names.isArray() || !root.path("measurements").isObject()) {
            throw new ForeignFormatException(
                    0, "want a list 'parameters' and an object 'measurements': not Extra-P's JSON");
        }
        for (Map.Entry<String, JsonNode> region : root.path("measurements").properties()) {
            for (Map.Entry<String, JsonNode> metric : region.getValue().properties()) {
                String where = region.getKey() + "." + metric.getKey();
                for (JsonNode measurement : metric.getValue()) {
                    JsonNode point = measurement.path("point");
                    if (point.size() != names.size()) {
                        throw new ForeignFormatException(
                                0,
                                "%s: %s for %s"
                                        .formatted(
                                                where,
                                                Numbers.counted(point.size(), "coordinate"),
                                                Numbers.counted(names.size(), "parameter")));
                    }
                    Map<String, Double> at = new LinkedHashMap<>();
                    for (int i = 0; i < names.size(); i++) {
                        at.put(
                                names.get(i).asString(""),
                                ForeignJson.number(point.get(i), where + ": point"));
                    }
                    JsonNode values = measurement.path("values");
                    gatherer.add(
                            region.getKey(),
                            metric.getKey(),
                            at,
                            values.isArray()
                                    ? ForeignJson.numbers(values, where + ": values")
                                    : new double[] {
                                        ForeignJson.number(
                                                measurement.path("value"), where + ": value")
                                    });
                }
            }
        }
    }

    /**
     * {@code {"params":{"p":16},"metric":"time","callpath":"main","value":1.5}} a line; a value may
     * be a list of repetitions.
     */
    static void jsonLines(String text, Gatherer gatherer) throws ForeignFormatException {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            JsonNode node = ForeignJson.parse(line, number);
            JsonNode value = node.path("value");
            if (!node.path("params").isObject() || value.isMissingNode()) {
                throw new ForeignFormatException(number, "want an object with params and value");
            }
            try {
                Map<String, Double> at = new LinkedHashMap<>();
                for (var entry : node.path("params").properties()) {
                    at.put(
                            entry.getKey(),
                            ForeignJson.number(entry.getValue(), "params." + entry.getKey()));
                }
                gatherer.add(
                        node.path("callpath").asString("main"),
                        node.path("metric").asString("value"),
                        at,
                        value.isArray()
                                ? ForeignJson.numbers(value, "value")
                                : new double[] {ForeignJson.number(value, "value")});
            } catch (ForeignFormatException e) {
                throw new ForeignFormatException(number, String.valueOf(e.getMessage()));
            }
        }
    }
}
