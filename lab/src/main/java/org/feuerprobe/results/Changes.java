package org.feuerprobe.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.feuerprobe.verdict.VerdictKind;
import tools.jackson.databind.JsonNode;

/**
 * What has changed since an earlier campaign of the same bounds: verdicts, cost models, and what
 * was measured on.
 *
 * @param since name of the earlier results folder
 * @param began when it was measured
 * @param conditions what differs between the two, {@code emulator: 7.2 → 8.0}
 * @param same how many bounds have the verdict they had
 * @param added bounds that were not decided then
 */
public record Changes(
        String since,
        String began,
        List<String> conditions,
        List<Verdict> verdicts,
        List<Model> models,
        int same,
        List<String> added) {
    /** One bound whose verdict or growth class is another. */
    public record Verdict(
            String bound,
            String claim,
            VerdictKind before,
            VerdictKind now,
            String was,
            String is) {}

    /** One benchmark whose cost model is another. */
    public record Model(String benchmark, String was, String is) {}

    private static final int LONGEST_CONDITION = 160;
    private static final Set<String> NO_CONDITIONS =
            Set.of("seed", "boots", "plan entries a boot", "target", "metric");

    public Changes {
        conditions = List.copyOf(conditions);
        verdicts = List.copyOf(verdicts);
        models = List.copyOf(models);
        added = List.copyOf(added);
    }

    /** When the earlier campaign began, to the second. */
    public String beganShort() {
        return StoredCampaign.shortened(began);
    }

    /** Whether every verdict and model is as it was. */
    public boolean none() {
        return verdicts.isEmpty() && models.isEmpty();
    }

    /** {@code 1 verdict and 2 cost models changed, 58 verdicts are as they were}. */
    public String inWords() {
        String rest = same == 1 ? "1 verdict is as it was" : same + " verdicts are as they were";
        return none()
                ? "no verdict and no cost model changed; " + rest
                : "%d verdict%s and %d cost model%s changed; %s"
                        .formatted(
                                verdicts.size(),
                                verdicts.size() == 1 ? "" : "s",
                                models.size(),
                                models.size() == 1 ? "" : "s",
                                rest);
    }

    /** Compares; {@code since} names the earlier results. */
    public static Changes between(String since, StoredCampaign before, StoredCampaign now) {
        Map<String, StoredVerdict> earlier = new LinkedHashMap<>();
        before.verdicts().forEach(v -> earlier.put(v.bound(), v));
        List<Verdict> verdicts = new ArrayList<>();
        List<String> added = new ArrayList<>();
        Set<Model> models = new LinkedHashSet<>();
        int same = 0;
        for (StoredVerdict verdict : now.verdicts()) {
            StoredVerdict old = earlier.get(verdict.bound());
            if (old == null) {
                added.add(verdict.bound());
            } else {
                if (old.verdict() != verdict.verdict() || !old.claim().equals(verdict.claim())) {
                    verdicts.add(change(old, verdict));
                } else {
                    same++;
                }
                models.addAll(models(old, verdict));
            }
        }
        return new Changes(
                Names.of(since),
                before.began(),
                conditions(before, now),
                verdicts,
                List.copyOf(models),
                same,
                added);
    }

    private static Verdict change(StoredVerdict old, StoredVerdict now) {
        String claim =
                old.claim().equals(now.claim())
                        ? now.claim()
                        : now.claim() + ", formerly " + old.claim();
        return new Verdict(now.bound(), claim, old.verdict(), now.verdict(), text(old), text(now));
    }

    private static String text(StoredVerdict verdict) {
        return verdict.model().map(StoredModel::text).orElse(verdict.growth());
    }

    private static List<Model> models(StoredVerdict old, StoredVerdict now) {
        List<Model> models = new ArrayList<>();
        for (StoredVerdict.Evidence item : now.evidence()) {
            old.evidence().stream()
                    .filter(e -> e.benchmark().equals(item.benchmark()))
                    .findFirst()
                    .ifPresent(earlier -> {
                        String was = earlier.model().map(StoredModel::text).orElse("none");
                        String is = item.model().map(StoredModel::text).orElse("none");
                        boolean differ =
                                (earlier.model().isPresent() && item.model().isPresent())
                                        ? differ(earlier.model().get(), item.model().get())
                                        : !was.equals(is);
                        if (differ) {
                            models.add(new Model(item.benchmark(), was, is));
                        }
                    });
        }
        return models;
    }

    /**
     * Exact laws differ where their text does. Fitted ones differ in their terms, or where the
     * intervals of a number do not meet.
     */
    static boolean differ(StoredModel a, StoredModel b) {
        if (a.exact() && b.exact()) {
            return !a.text().equals(b.text());
        }
        List<String> terms = a.terms().stream().map(StoredModel.Term::of).toList();
        if (!terms.equals(b.terms().stream().map(StoredModel.Term::of).toList())
                || a.regimes().size() != b.regimes().size()
                || apart(a.intercept(), b.intercept())) {
            return true;
        }
        for (int i = 0; i < terms.size(); i++) {
            if (apart(a.terms().get(i).coefficient(), b.terms().get(i).coefficient())) {
                return true;
            }
        }
        return false;
    }

    private static boolean apart(StoredModel.Amount a, StoredModel.Amount b) {
        return a.high() < b.low() || b.high() < a.low();
    }

    private static List<String> conditions(StoredCampaign before, StoredCampaign now) {
        List<String> conditions = new ArrayList<>();
        Set<String> keys = new LinkedHashSet<>(now.facts().keySet());
        keys.addAll(before.facts().keySet());
        for (String key : keys) {
            String was = before.facts().getOrDefault(key, "not recorded");
            String is = now.facts().getOrDefault(key, "not recorded");
            if (!NO_CONDITIONS.contains(key) && !Objects.equals(was, is)) {
                conditions.add(
                        key.equals("image SHA-256")
                                ? "another kernel image"
                                : Names.middle(key + ": " + was + " → " + is, LONGEST_CONDITION));
            }
        }
        return conditions;
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

    static Changes read(JsonNode node) {
        List<Verdict> verdicts = new ArrayList<>();
        for (JsonNode item : node.path("verdicts")) {
            verdicts.add(
                    new Verdict(
                            text(item, "bound"),
                            text(item, "claim"),
                            kind(item, "before"),
                            kind(item, "now"),
                            text(item, "was"),
                            text(item, "is")));
        }
        List<Model> models = new ArrayList<>();
        for (JsonNode item : node.path("models")) {
            models.add(new Model(text(item, "benchmark"), text(item, "was"), text(item, "is")));
        }
        return new Changes(
                text(node, "results"),
                text(node, "began"),
                texts(node.path("conditions")),
                verdicts,
                models,
                node.path("same").asInt(0),
                texts(node.path("added")));
    }

    private static VerdictKind kind(JsonNode node, String key) {
        String word = node.path(key).asString("");
        for (VerdictKind kind : VerdictKind.values()) {
            if (kind.name().equals(word)) {
                return kind;
            }
        }
        return VerdictKind.NOT_EXERCISED;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(Names.of(item.asString(""))));
        return texts;
    }

    private static String text(JsonNode node, String key) {
        return Names.of(node.path(key).asString(""));
    }
}
