package org.feuerprobe.shard;

import java.nio.file.Path;
import java.util.List;

/**
 * What a worker kept.
 *
 * @param damage why the rest of the file cannot be read; empty if it is whole
 */
record Part(Path file, PartHeader header, List<KeptBoot> boots, String damage) {
    Part {
        boots = List.copyOf(boots);
    }
}
