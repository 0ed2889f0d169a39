package org.feuerprobe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Is the text still what it was? Compares it with a file of the test resources; {@code
 * -Dgolden.update=true} writes the file instead, for a person to review.
 */
public final class Golden {
    private static final List<String> MODULES = List.of("engine", "lab", "app");

    private Golden() {}

    /** Asserts that {@code actual} is what {@code name}, relative to the test resources, holds. */
    public static void check(String name, String actual) throws IOException {
        Path file = file(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, actual);
        }
        assertThat(file).as("golden file; make it with -Dgolden.update=true").exists();
        assertThat(actual).as(name).isEqualTo(Files.readString(file));
    }

    /** The module whose test resources have the folder. */
    private static Path file(String name) {
        return MODULES.stream()
                .map(module -> Path.of(module, "src", "test", "resources").resolve(name))
                .filter(file -> Files.isDirectory(file.resolveSibling(".")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no module has " + name));
    }
}
