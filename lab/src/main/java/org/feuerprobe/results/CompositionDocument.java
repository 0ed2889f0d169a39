package org.feuerprobe.results;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.feuerprobe.model.Composition;
import org.feuerprobe.verdict.Composed;
import org.jspecify.annotations.Nullable;

/** A composition as a JSON document; keys are described in {@code docs/results.md}. */
final class CompositionDocument {
    private CompositionDocument() {}

    static Map<String, @Nullable Object> of(Composed composed) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("benchmark", composed.benchmark());
        fields.put("parts", composed.parts().stream().map(CompositionDocument::part).toList());
        fields.put("adds_up", composed.composition().addsUp());
        fields.put(
                "largest_remainder",
                DecisionDocument.number(composed.composition().largestRemainder()));
        fields.put("text", composed.text());
        fields.put(
                "points",
                composed.composition().points().stream().map(CompositionDocument::line).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> part(Composed.PartModel part) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("operation", part.part().operation());
        fields.put("benchmark", part.benchmark());
        fields.put("calls", DecisionDocument.number(part.part().calls()));
        fields.put("times", part.part().times().toString());
        fields.put("model", part.model().describe(java.util.List.of()));
        return fields;
    }

    private static Map<String, @Nullable Object> line(Composition.Line line) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Map<String, @Nullable Object> point = new TreeMap<>();
        line.parameters().forEach((name, value) -> point.put(name, DecisionDocument.number(value)));
        fields.put("point", point);
        fields.put("predicted", DecisionDocument.number(line.predicted()));
        fields.put("measured", DecisionDocument.number(line.measured()));
        fields.put("remainder", DecisionDocument.estimate(line.remainder()));
        return fields;
    }
}
