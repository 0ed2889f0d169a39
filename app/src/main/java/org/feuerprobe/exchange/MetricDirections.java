package org.feuerprobe.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.feuerprobe.change.Better;
import org.feuerprobe.json.Json;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Which values of a series are better. The first of these that says it decides: the user's options,
 * the metric's {@code better} in {@code metrics.yml}, its {@code unit} there, its {@code name}
 * there, the unit in the data, and the metric's own name. Without any of them lower is better.
 *
 * @param higher accepts the series of which the user says that higher is better
 * @param lower accepts the series of which the user says that lower is better
 * @param described metrics of {@code metrics.yml}, by key
 */
public record MetricDirections(
        Predicate<String> higher, Predicate<String> lower, Map<String, Described> described) {
    /** No options and no file. */
    public static final MetricDirections NONE =
            new MetricDirections(_ -> false, _ -> false, Map.of());

    /** The entry of one metric in {@code metrics.yml}; empty if there is none. */
    public record Described(Optional<Better> better, String unit, String name) {}

    public MetricDirections {
        described = Map.copyOf(described);
    }

    /**
     * Reads {@code metrics.yml}: a list {@code metrics} of mappings with {@code key}, and {@code
     * better} ({@code higher} or {@code lower}), {@code unit} and {@code name} as far as they are
     * known. Other fields are left to their tools.
     */
    public static Map<String, Described> read(String text) throws ForeignFormatException {
        Object content;
        try {
            content = new Load(LoadSettings.builder().build()).loadFromString(text);
        } catch (YamlEngineException e) {
            throw new ForeignFormatException(
                    0, "not YAML: " + String.valueOf(e.getMessage()).replace('\n', ' '));
        }
        if (!(content instanceof Map<?, ?> map) || !(map.get("metrics") instanceof List<?> list)) {
            throw new ForeignFormatException(0, "want a list 'metrics:' of metrics with a key");
        }
        Map<String, Described> described = new LinkedHashMap<>();
        for (Object entry : list) {
            if (!(entry instanceof Map<?, ?> metric) || !metric.containsKey("key")) {
                throw new ForeignFormatException(
                        0, "metric %d has no key".formatted(described.size() + 1));
            }
            String key = String.valueOf(metric.get("key"));
            described.put(
                    key,
                    new Described(
                            better(key, text(metric, "better")),
                            text(metric, "unit"),
                            text(metric, "name")));
        }
        return described;
    }

    private static String text(Map<?, ?> metric, String field) {
        Object value = metric.get(field);
        return value == null ? "" : value.toString();
    }

    private static Optional<Better> better(String key, String word) throws ForeignFormatException {
        return switch (word) {
            case "" -> Optional.empty();
            case "higher" -> Optional.of(Better.HIGHER);
            case "lower" -> Optional.of(Better.LOWER);
            default ->
                    throw new ForeignFormatException(
                            0,
                            "metric %s: better: want higher or lower, not '%s'"
                                    .formatted(key, Json.excerpt(word)));
        };
    }

    /** Whether the name or unit of a metric alone says that more of it is better. */
    public static boolean isRate(String metric) {
        return Better.of(metric).equals(Optional.of(Better.HIGHER));
    }

    /**
     * The direction of a series.
     *
     * @param series its whole name
     * @param metric the metric's own name or key
     * @param unit the unit in the data; may be empty
     */
    Better of(String series, String metric, String unit) {
        if (higher.test(series)) {
            return Better.HIGHER;
        }
        if (lower.test(series)) {
            return Better.LOWER;
        }
        Described known = described.getOrDefault(metric, new Described(Optional.empty(), "", ""));
        return Stream.concat(
                        known.better().stream(),
                        Stream.of(known.unit(), known.name(), unit, metric)
                                .flatMap(text -> Better.of(text).stream()))
                .findFirst()
                .orElse(Better.LOWER);
    }
}
