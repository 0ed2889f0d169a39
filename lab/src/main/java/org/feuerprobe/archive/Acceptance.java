package org.feuerprobe.archive;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A change that a person has accepted. For its points, campaigns from before the change are no
 * longer compared with later ones.
 *
 * @param at when the change was accepted, ISO 8601, UTC
 * @param began start of the campaign that shows the change
 * @param why the reason that the person gave
 * @param points benchmark and point, in the form in which the gate names its findings
 */
public record Acceptance(
        String at, String began, String target, String metric, String why, List<String> points) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int DIGITS = 16;

    public Acceptance {
        points = List.copyOf(points);
    }

    /** An identifier that only equal acceptances share. */
    String id() {
        return HexFormat.of()
                .formatHex(Seal.sha256().digest(json().getBytes(StandardCharsets.UTF_8)))
                .substring(0, DIGITS);
    }

    String json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", 1);
        fields.put("at", at);
        fields.put("began", began);
        fields.put("target", target);
        fields.put("metric", metric);
        fields.put("why", why);
        fields.put("points", points);
        return MAPPER.writeValueAsString(fields);
    }

    /** Reads the output of {@link #json}; {@code place} appears in messages. */
    static Acceptance read(String place, String json) throws ArchiveException {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node.path("schema").asInt(0) != 1 || !node.path("points").isArray()) {
                throw new ArchiveException(
                        place
                                + ": is not an acceptance that this version can read: remove or mend it");
            }
            return new Acceptance(
                    node.path("at").asString(""),
                    node.path("began").asString(""),
                    node.path("target").asString(""),
                    node.path("metric").asString(""),
                    node.path("why").asString(""),
                    node.path("points").valueStream().map(point -> point.asString("")).toList());
        } catch (JacksonException e) {
            throw new ArchiveException(place + ": is not JSON: remove or mend it", e);
        }
    }
}
