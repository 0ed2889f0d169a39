package org.feuerprobe.kit;

import java.nio.file.Path;
import java.util.List;

/**
 * A file of foreign code.
 *
 * @param file absolute path of a source, an object or a library
 * @param name its name in the kit, such as {@code zone.o} or {@code libz.a}
 * @param source whether it is compiled; other files are copied
 * @param flags flags with which a source is compiled
 */
record ForeignFile(Path file, String name, boolean source, List<String> flags) {
    ForeignFile {
        flags = List.copyOf(flags);
    }

    boolean library() {
        return name.endsWith(".a");
    }

    /** Path of the unchanged file: copied, or compiled from source. */
    String raw() {
        return "build/raw/" + name;
    }

    /** Path of the file that is linked. */
    String linked() {
        return "build/foreign/" + name;
    }
}
