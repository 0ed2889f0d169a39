package org.feuerprobe.results;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.json.Json;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.verdict.VerdictKind;

/**
 * What has changed since an earlier campaign of the same bounds, as the manifest keeps it:
 * verdicts, cost models, and what both were measured on. Package {@code compare} decides what a
 * change is.
 *
 * @param since name of the earlier results folder
 * @param began start of the earlier campaign
 * @param conditions what differs between the two, as in {@code emulator: 7.2 → 8.0}
 * @param same number of bounds that have the same claim and verdict in both
 * @param added bounds that the earlier campaign did not decide
 */
public record ChangesSince(
        String since,
        String began,
        List<String> conditions,
        List<Verdict> verdicts,
        List<Model> models,
        int same,
        List<String> added) {
    /** A bound whose verdict or growth class changed. */
    public record Verdict(
            String bound,
            String claim,
            VerdictKind before,
            VerdictKind now,
            String was,
            String is) {}

    /** A benchmark whose cost model changed. */
    public record Model(String benchmark, String was, String is) {}

    public ChangesSince {
        conditions = conditions.stream().map(ForeignText::prose).toList();
        verdicts = List.copyOf(verdicts);
        models = List.copyOf(models);
        added = List.copyOf(added);
    }

    /** Time at which the earlier campaign began, to the second. */
    public String beganShort() {
        return Provenance.shortened(began);
    }

    /** Whether no verdict and no model changed. */
    public boolean none() {
        return verdicts.isEmpty() && models.isEmpty();
    }

    /** {@code 1 verdict and 2 cost models changed, 58 verdicts are as they were}. */
    public String inWords() {
        String rest = same == 1 ? "1 verdict is as it was" : same + " verdicts are as they were";
        return none()
                ? "no verdict and no cost model changed; " + rest
                : "%s and %s changed; %s"
                        .formatted(
                                Numbers.counted(verdicts.size(), "verdict"),
                                Numbers.counted(models.size(), "cost model"),
                                rest);
    }

    Map<String, Object> document() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("results", since);
        fields.put("began", began);
        fields.put("conditions", conditions);
        fields.put("verdicts", verdicts);
        fields.put("models", models);
        fields.put("same", same);
        fields.put("added", added);
        return fields;
    }

    static ChangesSince read(Json node) {
        return new ChangesSince(
                node.name("results"),
                node.name("began"),
                node.names("conditions"),
                node.at("verdicts").items().stream()
                        .map(item ->
                                new Verdict(
                                        item.name("bound"),
                                        item.name("claim"),
                                        kind(item.at("before")),
                                        kind(item.at("now")),
                                        item.name("was"),
                                        item.name("is")))
                        .toList(),
                node.at("models").items().stream()
                        .map(item ->
                                new Model(
                                        item.name("benchmark"), item.name("was"), item.name("is")))
                        .toList(),
                (int) node.whole("same"),
                node.names("added"));
    }

    private static VerdictKind kind(Json word) {
        return word.constant(VerdictKind.class).orElse(VerdictKind.NOT_EXERCISED);
    }
}
