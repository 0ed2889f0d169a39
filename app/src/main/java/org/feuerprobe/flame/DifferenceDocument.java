package org.feuerprobe.flame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.profile.ProfileDifference;
import org.feuerprobe.profile.ProfileDifference.FunctionChange;
import org.feuerprobe.profile.ProfileDifference.LineChange;
import org.feuerprobe.results.Documents;

/** The difference of two profiles as one JSON object; costs are those of one operation. */
public final class DifferenceDocument {
    private DifferenceDocument() {}

    /** The object as text, without a line end: the new profile's fields, and what changed. */
    public static String of(ProfileDifference difference, String base) {
        Map<String, Object> document =
                ProfileDocument.fields(difference.now(), Counter.INSTRUCTIONS);
        PerOperation mean = new PerOperation(difference.now().samples());
        document.put("against", base);
        document.put("base_total", mean.of(difference.base().total()));
        document.put("by", mean.of(difference.by()));
        document.putAll(changes(difference));
        return Documents.pretty(document);
    }

    /** What changed, by function and by line. */
    public static Map<String, Object> changes(ProfileDifference difference) {
        PerOperation mean = new PerOperation(difference.now().samples());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "changed_functions",
                difference.functions().stream().map(change -> function(change, mean)).toList());
        fields.put(
                "changed_lines",
                difference.lines().stream().map(change -> line(change, mean)).toList());
        return fields;
    }

    /** Several differences, as {@code compare --json} has them. */
    public static List<Map<String, Object>> explanations(List<ProfileDifference> differences) {
        return differences.stream()
                .map(difference -> {
                    Map<String, Object> fields = ProfileDocument.identity(difference.now());
                    PerOperation mean = new PerOperation(difference.now().samples());
                    fields.put("base_total", mean.of(difference.base().total()));
                    fields.put("total", mean.of(difference.now().total()));
                    fields.putAll(changes(difference));
                    return fields;
                })
                .toList();
    }

    private static Map<String, Object> function(FunctionChange change, PerOperation mean) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", change.function());
        fields.put("base", mean.of(change.before()));
        fields.put("new", mean.of(change.after()));
        fields.put("by", mean.of(change.by()));
        return fields;
    }

    private static Map<String, Object> line(LineChange change, PerOperation mean) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("function", change.function());
        fields.put("file", change.file());
        fields.put("line", change.line());
        fields.put("text", change.text());
        fields.put("base", mean.of(change.before()));
        fields.put("new", mean.of(change.after()));
        fields.put("by", mean.of(change.by()));
        return fields;
    }
}
