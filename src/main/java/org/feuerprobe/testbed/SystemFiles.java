package org.feuerprobe.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files in which Linux tells about itself, under a root that tests replace. A file that is not
 * there, or cannot be read, is empty.
 */
public record SystemFiles(Path root) {
    public static final SystemFiles HOST = new SystemFiles(Path.of("/"));

    /** The text of a file, trimmed. */
    Optional<String> text(String path) {
        try {
            return Optional.of(Files.readString(at(path)).strip()).filter(text -> !text.isEmpty());
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }

    boolean exists(String path) {
        return Files.exists(at(path));
    }

    /** Names in a folder that match a regular expression, sorted. */
    List<String> names(String folder, String pattern) {
        try (Stream<Path> files = Files.list(at(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(pattern))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The value of a {@code name : value} line. */
    Optional<String> field(String path, String name) {
        return text(path).stream()
                .flatMap(String::lines)
                .filter(line -> line.indexOf(':') > 0)
                .filter(line -> line.substring(0, line.indexOf(':')).strip().equals(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    private Path at(String path) {
        return root.resolve(path.substring(1));
    }
}
