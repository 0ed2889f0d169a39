package org.feuerprobe.results;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.feuerprobe.json.Json;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.testbed.Anchors;

/**
 * A figure that others have published for an operation like ours. Reports show both, and compute no
 * ratio.
 *
 * @param operation our operation
 * @param name what its source calls the operation
 */
public record Published(
        String operation,
        String name,
        String kernel,
        String figure,
        String way,
        String processor,
        String configuration,
        String source) {
    /**
     * Figures that a bounds file ties to these operations, in the order of the operations.
     *
     * @param ties for an operation, the published operations that are similar to it
     */
    public static List<Published> of(
            List<Anchors.Figure> figures, Map<String, List<String>> ties, List<String> operations) {
        return operations.stream()
                .flatMap(operation ->
                        Anchors.of(figures, ties.getOrDefault(operation, List.of())).stream()
                                .map(figure -> of(figure, operation)))
                .toList();
    }

    /**
     * The first figure of each operation of each kernel. Its file lists the most similar one first.
     */
    public static List<Published> chosen(List<Published> all) {
        Set<List<String>> seen = new HashSet<>();
        return all.stream().filter(p -> seen.add(List.of(p.operation, p.kernel, p.name))).toList();
    }

    /** The other figures, of further processors and configurations. */
    public static List<Published> further(List<Published> all) {
        List<Published> further = new ArrayList<>(all);
        chosen(all).forEach(further::remove);
        return further;
    }

    private static Published of(Anchors.Figure figure, String operation) {
        return new Published(
                operation,
                figure.operation(),
                figure.kernel(),
                Numbers.grouped(figure.value()) + " " + figure.unit(),
                "%s, %s, %s caches"
                        .formatted(
                                figure.way(),
                                stated("statistic", figure.statistic()),
                                figure.cache()),
                "%s, %s, %s"
                        .formatted(
                                figure.cpu(),
                                stated("clock", figure.clock()),
                                stated("year", figure.year())),
                figure.configuration(),
                figure.source());
    }

    private static String stated(String what, String value) {
        return value.equals("unstated") ? what + " unstated" : value;
    }

    Map<String, Object> document() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("operation", operation);
        fields.put("name", name);
        fields.put("kernel", kernel);
        fields.put("figure", figure);
        fields.put("way", way);
        fields.put("processor", processor);
        fields.put("configuration", configuration);
        fields.put("source", source);
        return fields;
    }

    static Published read(Json node) {
        return new Published(
                node.name("operation"),
                node.name("name"),
                node.name("kernel"),
                node.name("figure"),
                node.name("way"),
                node.name("processor"),
                node.name("configuration"),
                node.name("source"));
    }
}
