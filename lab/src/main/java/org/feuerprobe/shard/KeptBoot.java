package org.feuerprobe.shard;

import tools.jackson.databind.JsonNode;

/**
 * A boot in a part.
 *
 * @param sha256 hash of {@code outcome}, which every machine should obtain
 * @param seconds how long it took
 * @param outcome a {@link BootDocument}
 */
record KeptBoot(BootKey key, String sha256, double seconds, JsonNode outcome) {
    static KeptBoot of(BootKey key, double seconds, BootDocument document) {
        JsonNode tree = document.tree();
        return new KeptBoot(key, BootDocument.hash(tree), seconds, tree);
    }
}
