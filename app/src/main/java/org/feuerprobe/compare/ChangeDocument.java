package org.feuerprobe.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.results.DecisionDocument;
import org.feuerprobe.results.Documents;

/** Writer of a comparison as JSON, schema 1. {@code docs/compare.md} lists its fields. */
public final class ChangeDocument {
    private static final int SCHEMA = 1;

    private ChangeDocument() {}

    public static String of(Comparison comparison) {
        return Documents.pretty(fields(comparison));
    }

    /** The same with the functions and lines that changed, one object for each benchmark. */
    public static String of(Comparison comparison, List<Map<String, Object>> explanations) {
        Map<String, Object> document = fields(comparison);
        document.put("explanations", explanations);
        return Documents.pretty(document);
    }

    private static Map<String, Object> fields(Comparison comparison) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("base", side(comparison.base()));
        document.put("new", side(comparison.now()));
        document.put("testbed_differences", comparison.differences());
        document.put("regression", comparison.regression());
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Direction direction : Direction.values()) {
            counts.put(direction.word(), comparison.count(direction));
        }
        document.put("counts", counts);
        document.put("points", comparison.points().stream().map(ChangeDocument::point).toList());
        document.put("models", comparison.models().stream().map(ChangeDocument::model).toList());
        document.put(
                "verdicts", comparison.verdicts().stream().map(ChangeDocument::verdict).toList());
        document.put("other_claims", comparison.otherClaims());
        document.put("only_base", comparison.onlyBase());
        document.put("only_new", comparison.onlyNew());
        document.put("notes", comparison.notes());
        return document;
    }

    private static Map<String, Object> side(LabelledCampaign side) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", side.label());
        fields.put("began", side.campaign().provenance().began());
        fields.put("subject", side.campaign().provenance().subject());
        fields.put("target", side.manifest().target());
        fields.put("metric", side.manifest().metric());
        fields.put("exact", side.manifest().exact());
        fields.put("image", side.manifest().image());
        fields.put("testbed", side.manifest().testbed());
        return fields;
    }

    private static Map<String, Object> point(PointChange point) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("operation", point.now().operation());
        fields.put("benchmark", point.now().benchmark());
        fields.put("metric", point.now().metric());
        fields.put("params", point.now().parameters());
        fields.put("change", point.direction().word());
        fields.put("exact", point.exact());
        fields.put("statistic", point.statistic());
        fields.put("base", DecisionDocument.number(point.before()));
        fields.put("new", DecisionDocument.number(point.after()));
        fields.put("by", DecisionDocument.number(point.after() - point.before()));
        point.ratio()
                .ifPresent(ratio -> {
                    fields.put("ratio", DecisionDocument.number(ratio.value()));
                    fields.put(
                            "interval",
                            List.of(
                                    DecisionDocument.number(ratio.low()),
                                    DecisionDocument.number(ratio.high())));
                });
        point.p().ifPresent(p -> fields.put("p", DecisionDocument.number(p)));
        if (!point.reason().isEmpty()) {
            fields.put("reason", point.reason());
        }
        return fields;
    }

    private static Map<String, Object> model(ModelChange change) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("operation", change.operation());
        fields.put("benchmark", change.benchmark());
        fields.put("change", change.direction().word());
        fields.put("base_class", change.growthBefore());
        fields.put("new_class", change.growthAfter());
        fields.put("base", change.was());
        fields.put("new", change.is());
        return fields;
    }

    private static Map<String, Object> verdict(VerdictChange change) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("bound", change.bound());
        fields.put("claim", change.claim());
        fields.put("change", change.direction().word());
        fields.put("base", change.before().name());
        fields.put("new", change.after().name());
        fields.put("reason", change.now().reason());
        return fields;
    }
}
