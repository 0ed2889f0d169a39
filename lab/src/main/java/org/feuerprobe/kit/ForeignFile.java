package org.feuerprobe.kit;

import java.nio.file.Path;
import java.util.List;

/**
 * A file of the code that is to be measured.
 *
 * @param file a source, an object or a library; absolute
 * @param name what the kit calls it: {@code zone.o}, {@code libz.a}
 * @param flags with which a source is compiled
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

    /** As it was given, or compiled. */
    String raw() {
        return "build/raw/" + name;
    }

    /** As it is linked. */
    String linked() {
        return "build/foreign/" + name;
    }
}
