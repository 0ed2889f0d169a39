package org.feuerprobe.shard;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.probe.GuestCounters;
import org.feuerprobe.probe.ProbeRun;
import org.feuerprobe.probe.RegionCounts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that a boot gave, as a JSON value in one form: equal boots have equal texts.
 *
 * @param counts what the plugin counted; null without it
 */
record BootDocument(ProbeRun run, @Nullable List<List<long[]>> counts) {
    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .addMixIn(GuestCounters.class, NamedKind.class)
                    .build();

    /** Names which of the permitted records a value is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = GuestCounters.Shown.class, name = "shown"),
        @JsonSubTypes.Type(value = GuestCounters.None.class, name = "none"),
        @JsonSubTypes.Type(value = GuestCounters.Unreported.class, name = "unreported")
    })
    private interface NamedKind {}

    static BootDocument of(BootOutcome.Completed outcome) {
        return new BootDocument(
                outcome.run(), outcome.counts().map(RegionCounts::regions).orElse(null));
    }

    BootOutcome.Completed outcome(Duration took) {
        return new BootOutcome.Completed(
                run, took, Optional.ofNullable(counts).map(RegionCounts::of));
    }

    JsonNode tree() {
        return MAPPER.valueToTree(this);
    }

    /** Equal for equal boots only. How long the boot took is not part of it. */
    static String hash(JsonNode tree) {
        return BootKey.sha256(MAPPER.writeValueAsBytes(tree));
    }
}
