package org.feuerprobe.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.ClaimSyntaxException;
import org.feuerprobe.model.ExactFit;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of {@code check}'s input: a claim and the data to decide it on. Format: {@code
 * docs/check.md}.
 *
 * @param id as given, a string or a number; null where the line has none
 * @param ignored keys that mean nothing here
 */
record CheckLine(JsonNode id, Claim claim, DataSet data, List<String> ignored) {
    /** The line cannot be used; the message says why. */
    static final class MalformedLineException extends Exception {
        MalformedLineException(String message) {
            super(message);
        }
    }

    private static final Set<String> KEYS = Set.of("id", "bound", "points", "metric", "mode");
    private static final Set<String> EXACT =
            Counter.ALL.stream()
                    .filter(counter -> !counter.modelled())
                    .map(Counter::metric)
                    .collect(Collectors.toSet());
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    static CheckLine parse(String text) throws MalformedLineException {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JacksonException e) {
            String message = String.valueOf(e.getOriginalMessage());
            throw new MalformedLineException(
                    "not JSON: %s (column %d)"
                            .formatted(
                                    message.lines().findFirst().orElse(""),
                                    e.getLocation() == null ? 0 : e.getLocation().getColumnNr()));
        }
        if (root == null || !root.isObject()) {
            throw new MalformedLineException("want one JSON object");
        }
        List<String> ignored =
                root.propertyNames().stream().filter(key -> !KEYS.contains(key)).toList();
        JsonNode id = root.path("id");
        if (!id.isMissingNode() && !id.isNull() && !id.isString() && !id.isNumber()) {
            throw new MalformedLineException("id: want a string or a number");
        }
        String metric = text(root, "metric", "value");
        List<Point> points = points(root.path("points"));
        DataSet plain = new DataSet(id.isString() ? id.stringValue() : "", metric, false, points);
        boolean exact = EXACT.contains(metric) && ExactFit.applies(plain);
        return new CheckLine(
                id, claim(root), new DataSet(plain.name(), metric, exact, points), ignored);
    }

    private static Claim claim(JsonNode root) throws MalformedLineException {
        String bound = text(root, "bound", "");
        if (bound.isEmpty()) {
            throw new MalformedLineException("bound: missing");
        }
        String mode = text(root, "mode", "upper");
        Claim.Mode meaning =
                switch (mode) {
                    case "upper" -> Claim.Mode.UPPER;
                    case "tight" -> Claim.Mode.TIGHT;
                    default ->
                            throw new MalformedLineException(
                                    "mode: '" + mode + "', want upper or tight");
                };
        try {
            return Claim.parse(bound, meaning);
        } catch (ClaimSyntaxException e) {
            throw new MalformedLineException(
                    "bound: '%s': %s (character %d)"
                            .formatted(bound, e.getMessage(), e.offset() + 1));
        }
    }

    private static String text(JsonNode root, String key, String otherwise)
            throws MalformedLineException {
        JsonNode node = root.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isString()) {
            throw new MalformedLineException(key + ": want a string");
        }
        return node.stringValue();
    }

    private static List<Point> points(JsonNode node) throws MalformedLineException {
        if (!node.isArray() || node.isEmpty()) {
            throw new MalformedLineException("points: want a list with at least one point");
        }
        List<Point> points = new ArrayList<>(node.size());
        for (JsonNode point : node) {
            points.add(point(point, points.size() + 1));
        }
        return points;
    }

    private static Point point(JsonNode node, int number) throws MalformedLineException {
        String where = "points[" + (number - 1) + "]";
        if (!node.isObject()) {
            throw new MalformedLineException(where + ": want an object");
        }
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getKey().equals("values")) {
                parameters.put(
                        name(entry.getKey()),
                        number(entry.getValue(), where + "." + entry.getKey()));
            }
        }
        return new Point(parameters, boots(node.path("values"), where + ".values"));
    }

    /** {@code |S|} is the size of S: the same name as in a bound. */
    private static String name(String key) {
        return key.length() > 2 && key.startsWith("|") && key.endsWith("|")
                ? key.substring(1, key.length() - 1)
                : key;
    }

    private static List<double[]> boots(JsonNode node, String where) throws MalformedLineException {
        if (!node.isArray() || node.isEmpty()) {
            throw new MalformedLineException(where + ": want a list with at least one value");
        }
        if (!node.get(0).isArray()) {
            return List.of(values(node, where));
        }
        List<double[]> boots = new ArrayList<>(node.size());
        for (JsonNode boot : node) {
            if (!boot.isArray() || boot.isEmpty()) {
                throw new MalformedLineException(
                        where + ": want every boot to be a list with at least one value");
            }
            boots.add(values(boot, where));
        }
        return boots;
    }

    private static double[] values(JsonNode node, String where) throws MalformedLineException {
        double[] values = new double[node.size()];
        int i = 0;
        for (JsonNode value : node) {
            values[i++] = number(value, where);
        }
        return values;
    }

    private static double number(JsonNode node, String where) throws MalformedLineException {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw new MalformedLineException(
                    where + ": want a finite number, not " + shortened(node.toString()));
        }
        return node.doubleValue();
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
}
