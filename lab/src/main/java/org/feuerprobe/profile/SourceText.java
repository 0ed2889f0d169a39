package org.feuerprobe.profile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.probe.HarmlessText;

/**
 * The sources of a kernel that this project built, for the text of a line. Nothing outside of the
 * project is read, whatever the debug information names.
 */
public final class SourceText {
    private static final long LARGEST = 4L << 20;

    private final Optional<Path> folder;
    private final Map<String, List<String>> files = new HashMap<>();

    private SourceText(Optional<Path> folder) {
        this.folder = folder;
    }

    /** The sources in the folder where the compiler ran. */
    public static SourceText in(Path folder) {
        return new SourceText(Optional.of(folder.toAbsolutePath().normalize()));
    }

    /** The sources of an image, if it lies in the {@code build} folder next to them. */
    public static SourceText of(Path image) {
        Path variant = image.toAbsolutePath().normalize().getParent();
        Path build = variant == null ? null : variant.getParent();
        Path sources = build == null ? null : build.getParent();
        return build != null
                        && sources != null
                        && build.endsWith("build")
                        && Files.isRegularFile(sources.resolve("Makefile"))
                ? in(sources)
                : new SourceText(Optional.empty());
    }

    /** A line without the spaces around it; empty where it cannot be read. */
    public Optional<String> line(String file, int number) {
        List<String> lines = files.computeIfAbsent(file, this::read);
        return number >= 1 && number <= lines.size()
                ? Optional.of(HarmlessText.of(lines.get(number - 1).strip()))
                : Optional.empty();
    }

    /** All lines of a file as they are; none where it cannot be read. */
    public List<String> lines(String file) {
        return files.computeIfAbsent(file, this::read).stream()
                .map(line -> HarmlessText.of(line.replace("\t", "        ")))
                .toList();
    }

    private List<String> read(String file) {
        if (folder.isEmpty()) {
            return List.of();
        }
        Path project = folder.get().getParent();
        Path path = folder.get().resolve(file).normalize();
        try {
            return project != null
                            && path.startsWith(project)
                            && Files.isRegularFile(path)
                            && Files.size(path) <= LARGEST
                    ? Files.readString(path, StandardCharsets.ISO_8859_1).lines().toList()
                    : List.of();
        } catch (IOException e) {
            return List.of(); // the profile stays right without its text
        }
    }
}
