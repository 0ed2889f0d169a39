package org.feuerprobe.exchange;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.feuerprobe.sample.UnitOfTime;
import tools.jackson.databind.JsonNode;

/**
 * Reader of JMH's JSON. A fork counts as a boot. JMH's parameters are strings: numbers become
 * parameters, and other words distinguish data sets, as do several modes. Throughput is converted
 * to time per operation, because a bound is about costs. Secondary metrics, such as a profiler's,
 * are data sets of their own.
 */
final class JmhReader {
    /** JMH's own words for minutes and hours, which are something else elsewhere. */
    private static final Map<String, UnitOfTime> LONG =
            Map.of("min", UnitOfTime.MINUTES, "hr", UnitOfTime.HOURS, "day", UnitOfTime.DAYS);

    /** JMH's mode in which a primary metric is a rate, also one in MB/sec. */
    private static final String THROUGHPUT = "thrpt";

    private JmhReader() {}

    static void read(String text, Gatherer gatherer) throws ForeignFormatException {
        JsonNode root = ForeignJson.parse(text);
        if (!root.isArray()) {
            throw new ForeignFormatException(0, "not a list of results: not JMH's JSON");
        }
        Map<String, Set<String>> modes = new HashMap<>();
        for (JsonNode result : root) {
            modes.computeIfAbsent(result.path("benchmark").asString(""), _ -> new HashSet<>())
                    .add(result.path("mode").asString(""));
        }
        for (JsonNode result : root) {
            String name = result.path("benchmark").asString("");
            String mode = result.path("mode").asString("");
            if (!result.path("primaryMetric").isObject()) {
                throw new ForeignFormatException(0, name + ": no primaryMetric: not JMH's JSON");
            }
            Map<String, Double> at = new LinkedHashMap<>();
            StringBuilder words = new StringBuilder(name);
            if (modes.getOrDefault(name, Set.of()).size() > 1) {
                words.append(' ').append(mode); // the modes of a benchmark differ in what they time
            }
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
            boolean throughput = mode.equals(THROUGHPUT);
            metric(words.toString(), at, result.path("primaryMetric"), throughput, false, gatherer);
            for (Map.Entry<String, JsonNode> other : result.path("secondaryMetrics").properties()) {
                metric(
                        words + " " + other.getKey().replaceFirst("^·", ""),
                        at,
                        other.getValue(),
                        false,
                        true,
                        gatherer);
            }
        }
    }

    private static void metric(
            String name,
            Map<String, Double> at,
            JsonNode metric,
            boolean throughput,
            boolean secondary,
            Gatherer gatherer)
            throws ForeignFormatException {
        String unit = metric.path("scoreUnit").asString("");
        String[] parts = unit.split("/", 2);
        boolean rate = false;
        String known = unit;
        if (parts.length == 2 && parts[1].equals("op")) {
            known = time(parts[0]).map(UnitOfTime::symbol).orElse(parts[0]);
        } else if (parts.length == 2
                && (parts[0].equals("ops") || throughput)
                && time(parts[1]).isPresent()) {
            rate = true;
            known = time(parts[1]).orElseThrow().symbol();
            gatherer.note(
                    name,
                    "throughput in %s was converted to ns per %s"
                            .formatted(unit, parts[0].equals("ops") ? "operation" : parts[0]));
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
                    rate,
                    secondary,
                    gatherer);
            gatherer.note(name, "no rawData: each point is one score");
            return;
        }
        for (JsonNode fork : boots) {
            if (!histogram && fork.isArray() && !hasNumbers(fork)) {
                gatherer.note(name, "a fork with values that are no numbers was left out");
                continue;
            }
            double[] values =
                    histogram
                            ? counted(fork, name + ": rawDataHistogram")
                            : ForeignJson.numbers(fork, name + ": rawData");
            add(name, known, at, values, rate, secondary, gatherer);
        }
    }

    private static boolean hasNumbers(JsonNode fork) {
        for (JsonNode value : fork) {
            if (!ForeignJson.isNumber(value)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<UnitOfTime> time(String word) {
        return UnitOfTime.of(word).or(() -> Optional.ofNullable(LONG.get(word)));
    }

    private static void add(
            String name,
            String metric,
            Map<String, Double> at,
            double[] values,
            boolean rate,
            boolean secondary,
            Gatherer gatherer)
            throws ForeignFormatException {
        double[] costs = Arrays.stream(values).map(v -> rate ? 1 / v : v).toArray();
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
                        ForeignJson.count(pair.path(1), where),
                        Math::addExact);
            }
        }
        return Histogram.values(counts, where);
    }
}
