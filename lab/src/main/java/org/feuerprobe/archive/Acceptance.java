package org.feuerprobe.archive;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.json.Json;
import org.feuerprobe.json.MalformedJsonException;
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
            Json node = Json.parse(json);
            if (node.whole("schema") != 1 || !node.at("points").isList()) {
                throw new ArchiveException(
                        place
                                + ": is not an acceptance that this version can read: remove or mend it");
            }
            return new Acceptance(
                    node.at("at").raw(),
                    node.at("began").raw(),
                    node.at("target").raw(),
                    node.at("metric").raw(),
                    node.at("why").raw(),
                    node.at("points").items().stream().map(Json::raw).toList());
        } catch (MalformedJsonException e) {
            throw new ArchiveException(place + ": is not JSON: remove or mend it", e);
        }
    }
}
