package org.feuerprobe.kit;

import java.nio.file.Path;
import java.util.List;

/**
 * A file of foreign code.
 *
 * @param file absolute path of a source, an object or a library
 * @param name its name in the kit, such as {@code zone.o} or {@code libz.a}
 * @param flags flags with which a source is compiled
 */
record ForeignFile(Path file, String name, List<String> flags) {
    ForeignFile {
        flags = List.copyOf(flags);
    }

    boolean library() {
        return name.endsWith(".a");
    }

    boolean source() {
        return !library() && !file.toString().endsWith(".o");
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
