package org.feuerprobe.results;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.json.Json;
import org.feuerprobe.results.StoredResults.UnreadableResultsException;

/**
 * What a campaign was measured with. It decides whether two campaigns may be compared.
 *
 * @param exact whether its counts repeat exactly
 * @param commit commit of the kernel's sources; empty if there is none, or if they were changed
 * @param compiler compiler of the kernel, with its flags; empty for a user's own image
 * @param build variant, compiler, linker and flags of the kernel, as far as they were recorded
 * @param testbed recorded facts of the testbed, and the hash of its fingerprint
 * @param fingerprint the facts that the hash covers; empty if they were not recorded
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

    static StoredManifest of(Json manifest) {
        SequencedMap<String, String> testbed = facts(manifest.at("testbed"));
        Json hash = manifest.at("fingerprint").at("hash");
        if (hash.isText()) {
            testbed.put("fingerprint", hash.fact());
        }
        Json kernel = manifest.at("kernel");
        Json build = kernel.at("build");
        SequencedMap<String, String> made = new LinkedHashMap<>();
        put(made, "variant", kernel.at("variant"));
        put(made, "compiler", build.at("compiler"));
        put(made, "linker", build.at("linker"));
        put(made, "cflags", build.at("cflags"));
        return new StoredManifest(
                manifest.at("target").fact(),
                manifest.at("metric").fact(),
                manifest.flag("exact"),
                kernel.at("sha256").fact(),
                build.at("commit").fact(),
                (build.at("compiler").fact() + " " + build.at("cflags").fact()).strip(),
                made,
                testbed,
                facts(manifest.at("fingerprint").at("facts")));
    }

    private static SequencedMap<String, String> facts(Json object) {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        object.fields().forEach((key, value) -> facts.put(ForeignText.of(key), value.fact()));
        return facts;
    }

    private static void put(SequencedMap<String, String> facts, String name, Json value) {
        if (!value.isAbsent()) {
            facts.put(name, value.fact());
        }
    }
}
