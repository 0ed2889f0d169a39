package org.feuerprobe.results;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.feuerprobe.results.StoredResults.UnreadableResultsException;
import tools.jackson.databind.JsonNode;

/**
 * What a campaign was measured with: what decides whether two may be compared.
 *
 * @param exact whether its counts repeat exactly
 * @param commit that its sources were of; empty where they were of none, or changed
 * @param compiler what built the kernel, with its flags; empty for a stranger's image
 * @param build what made the kernel what it is: variant, compiler, linker, flags; what is not
 *     recorded is left out
 * @param testbed its facts, as recorded, and the hash of its fingerprint
 * @param fingerprint the facts that the hash is of; empty where they were not recorded
 */
public record StoredManifest(
        String target,
        String metric,
        boolean exact,
        String image,
        String commit,
        String compiler,
        SequencedMap<String, String> build,
        SequencedMap<String, String> testbed,
        SequencedMap<String, String> fingerprint) {
    public StoredManifest {
        build = new LinkedHashMap<>(build);
        testbed = new LinkedHashMap<>(testbed);
        fingerprint = new LinkedHashMap<>(fingerprint);
    }

    /** Reads {@code manifest.json} of a folder. */
    public static StoredManifest read(Path folder) throws UnreadableResultsException {
        return of(StoredResults.manifest(folder));
    }

    static StoredManifest of(JsonNode manifest) {
        SequencedMap<String, String> testbed = facts(manifest.path("testbed"));
        JsonNode hash = manifest.path("fingerprint").path("hash");
        if (hash.isString()) {
            testbed.put("fingerprint", text(hash));
        }
        JsonNode kernel = manifest.path("kernel");
        JsonNode build = kernel.path("build");
        SequencedMap<String, String> made = new LinkedHashMap<>();
        put(made, "variant", kernel.path("variant"));
        put(made, "compiler", build.path("compiler"));
        put(made, "linker", build.path("linker"));
        put(made, "cflags", build.path("cflags"));
        return new StoredManifest(
                text(manifest.path("target")),
                text(manifest.path("metric")),
                manifest.path("exact").asBoolean(false),
                text(kernel.path("sha256")),
                text(build.path("commit")),
                (text(build.path("compiler")) + " " + text(build.path("cflags"))).strip(),
                made,
                testbed,
                facts(manifest.path("fingerprint").path("facts")));
    }

    private static SequencedMap<String, String> facts(JsonNode object) {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        object.properties().forEach(e -> facts.put(Names.of(e.getKey()), text(e.getValue())));
        return facts;
    }

    private static void put(SequencedMap<String, String> facts, String name, JsonNode value) {
        if (!value.isMissingNode()) {
            facts.put(name, text(value));
        }
    }

    private static String text(JsonNode node) {
        return Names.prose(node.isString() ? node.stringValue() : node.toString());
    }
}
