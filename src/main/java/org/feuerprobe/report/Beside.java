package org.feuerprobe.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a reader wants to see beside a campaign.
 *
 * @param changes since the previous campaign; empty where there is none
 * @param published figures that others have published
 */
public record Beside(Optional<Changes> changes, List<Published> published) {
    /** Nothing. */
    public static final Beside NOTHING = new Beside(Optional.empty(), List.of());

    public Beside {
        published = List.copyOf(published);
    }

    List<Published> publishedOf(String operation) {
        return published.stream().filter(p -> p.operation().equals(operation)).toList();
    }

    Map<String, Object> document() {
        Map<String, Object> fields = new LinkedHashMap<>();
        changes.ifPresent(found -> fields.put("previous", found.document()));
        fields.put("published", published.stream().map(Published::document).toList());
        return fields;
    }

    static Beside read(JsonNode node) {
        JsonNode previous = node.path("previous");
        List<Published> published = new java.util.ArrayList<>();
        node.path("published").forEach(item -> published.add(Published.read(item)));
        return new Beside(
                previous.isObject() ? Optional.of(Changes.read(previous)) : Optional.empty(),
                published);
    }
}
