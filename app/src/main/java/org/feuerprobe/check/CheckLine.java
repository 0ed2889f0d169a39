package org.feuerprobe.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.ClaimSyntaxException;
import org.feuerprobe.exchange.MeasuredSet;
import org.feuerprobe.exchange.ParameterName;
import org.feuerprobe.json.Json;
import org.feuerprobe.json.MalformedJsonException;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Point;
import tools.jackson.databind.JsonNode;
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
        Json root = root(text);
        Json id = root.at("id");
        if (!id.isAbsent() && !id.isText() && !id.isNumber()) {
            throw new MalformedLineException("id: want a string or a number");
        }
        List<String> ignored =
                root.fields().keySet().stream().filter(key -> !KEYS.contains(key)).toList();
        try {
            return parse(root, bound, ignored);
        } catch (MalformedJsonException e) {
            throw new MalformedLineException(String.valueOf(e.getMessage()));
        }
    }

    private static Json root(String text) throws MalformedLineException {
        try {
            Json root = Json.parseStrictly(text);
            if (!root.isObject()) {
                throw new MalformedLineException("want one JSON object");
            }
            return root;
        } catch (MalformedJsonException e) {
            throw new MalformedLineException(
                    "%s (column %d)".formatted(e.getMessage(), e.column()));
        }
    }

    private static CheckLine parse(Json root, String bound, List<String> ignored)
            throws MalformedLineException, MalformedJsonException {
        Json id = root.at("id");
        String metric = text(root, "metric", InOneUnit.UNSTATED);
        List<Point> points = points(root.at("points"));
        DataSet plain = new DataSet(id.isText() ? id.raw() : "", metric, false, points);
        return of(
                id.node(),
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

    private static Written claim(Json root, String otherwise)
            throws MalformedLineException, MalformedJsonException {
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

    private static String text(Json root, String key, String otherwise)
            throws MalformedJsonException {
        Json value = root.at(key);
        return value.isAbsent() ? otherwise : value.wantText();
    }

    private static List<Point> points(Json list) throws MalformedJsonException {
        List<Point> points = new ArrayList<>(list.size());
        for (Json point : list.wantList("point").items()) {
            points.add(point(point));
        }
        return points;
    }

    private static Point point(Json point) throws MalformedJsonException {
        if (!point.isObject()) {
            throw point.wrong("want an object");
        }
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, Json> entry : point.fields().entrySet()) {
            if (!entry.getKey().equals("values")) {
                parameters.put(ParameterName.of(entry.getKey()), entry.getValue().wantNumber());
            }
        }
        return new Point(parameters, boots(point.at("values")));
    }

    private static List<double[]> boots(Json values) throws MalformedJsonException {
        if (!values.wantList("value").at(0).isList()) {
            return List.of(values.wantNumbers());
        }
        List<double[]> boots = new ArrayList<>(values.size());
        for (Json boot : values.items()) {
            if (!boot.isList() || boot.size() == 0) {
                throw values.wrong("want every boot to be a list with at least one value");
            }
            boots.add(boot.wantNumbers());
        }
        return boots;
    }
}
