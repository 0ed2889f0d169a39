package org.feuerprobe.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.ClaimSyntaxException;
import org.feuerprobe.exchange.ForeignNumber;
import org.feuerprobe.exchange.MeasuredSet;
import org.feuerprobe.exchange.ParameterName;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Point;
import org.feuerprobe.sample.UnitOfTime;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

/**
 * One line of {@code check}'s input: a claim, and the data on which it is decided. Format: {@code
 * docs/check.md}.
 *
 * @param id a string or a number from the line; a missing node if it has none
 * @param open why the claim cannot be decided on these data; empty if it can
 * @param notes remarks for people: ignored keys, runs that were left out
 */
public record CheckLine(JsonNode id, Claim claim, DataSet data, String open, List<String> notes) {
    /** Thrown if a line cannot be used; the message says why. */
    public static final class MalformedLineException extends Exception {
        MalformedLineException(String message) {
            super(message);
        }
    }

    private static final Set<String> KEYS = Set.of("id", "bound", "points", "metric", "mode");
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /**
     * Makes a line from a data set of another tool's file.
     *
     * @param bound the claim if the file has none; may be empty
     */
    public static CheckLine of(MeasuredSet set, String bound) throws MalformedLineException {
        DataSet data = set.data();
        if (set.bound().isPresent() && !bound.isEmpty()) {
            throw new MalformedLineException(
                    "bound: the file itself claims '%s': leave out --bound"
                            .formatted(set.bound().get()));
        }
        String text = set.bound().orElse(bound);
        if (text.isEmpty()) {
            throw new MalformedLineException("bound: missing: add it with --bound 'O(n)'");
        }
        JsonNode id =
                data.name().isEmpty() ? MissingNode.getInstance() : StringNode.valueOf(data.name());
        return of(id, new Written(text, Claim.Mode.UPPER), data, set.notes());
    }

    /** A claim as it was written. */
    private record Written(String text, Claim.Mode mode) {}

    private static CheckLine of(JsonNode id, Written written, DataSet data, List<String> notes)
            throws MalformedLineException {
        try {
            Claim claim = Claim.parse(written.text(), written.mode());
            InOneUnit same = InOneUnit.of(claim, written.text(), data);
            refuseNegative(same.data());
            List<String> all = new ArrayList<>(notes);
            all.addAll(same.notes());
            return new CheckLine(id, same.claim(), same.data(), same.open(), all);
        } catch (ClaimSyntaxException e) {
            throw new MalformedLineException(
                    "bound: '%s': %s (character %d)"
                            .formatted(written.text(), e.getMessage(), e.offset() + 1));
        }
    }

    /** The same line, with the values of {@code more} as further boots of its points. */
    CheckLine and(CheckLine more) {
        Map<Map<String, Double>, List<double[]>> boots = new LinkedHashMap<>();
        for (CheckLine line : List.of(this, more)) {
            for (Point point : line.data().points()) {
                boots.computeIfAbsent(point.parameters(), _ -> new ArrayList<>())
                        .addAll(point.boots());
            }
        }
        List<Point> points =
                boots.entrySet().stream().map(e -> new Point(e.getKey(), e.getValue())).toList();
        DataSet both = new DataSet(data.name(), data.metric(), false, points);
        return new CheckLine(id, claim, InOneUnit.exactWhereCounted(both), open, notes);
    }

    /**
     * Reads one line.
     *
     * @param bound the claim if the line has none; may be empty
     */
    public static CheckLine parse(String text, String bound) throws MalformedLineException {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JacksonException e) {
            // The text in brackets names the library's switches, which mean nothing to a user.
            String message = String.valueOf(e.getOriginalMessage());
            throw new MalformedLineException(
                    "not JSON: %s (column %d)"
                            .formatted(
                                    message.lines()
                                            .findFirst()
                                            .orElse("")
                                            .replaceFirst("\\s*\\([^)]*StreamReadFeature.*", ""),
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
        String metric = text(root, "metric", InOneUnit.UNSTATED);
        List<Point> points = points(root.path("points"));
        DataSet plain = new DataSet(id.isString() ? id.stringValue() : "", metric, false, points);
        return of(
                id,
                claim(root, bound),
                plain,
                ignored.isEmpty()
                        ? List.of()
                        : List.of("ignored keys: " + String.join(", ", ignored)));
    }

    /** Refuses times and counts below zero. */
    private static void refuseNegative(DataSet data) throws MalformedLineException {
        Metric metric = Metric.of(data.metric());
        for (Point point : data.points()) {
            Optional<String> refusal = metric.refusal(point.values());
            if (refusal.isPresent()) {
                throw new MalformedLineException("points: " + refusal.get());
            }
        }
    }

    private static Written claim(JsonNode root, String otherwise) throws MalformedLineException {
        String own = text(root, "bound", "");
        if (!own.isEmpty() && !otherwise.isEmpty()) {
            throw new MalformedLineException(
                    "bound: the line itself claims '%s': leave out --bound".formatted(own));
        }
        String bound = own.isEmpty() ? otherwise : own;
        if (bound.isEmpty()) {
            throw new MalformedLineException(
                    "bound: missing: add it to the line, or use --bound 'O(n)'");
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
        return new Written(bound, meaning);
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
                        ParameterName.of(entry.getKey()),
                        number(entry.getValue(), where + "." + entry.getKey()));
            }
        }
        return new Point(parameters, boots(node.path("values"), where + ".values"));
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
                    where + ": want a finite number, not " + ForeignNumber.excerpt(node.toString()));
        }
        return node.doubleValue();
    }
}
