package org.feuerprobe.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A mapping in a YAML file. The caller must read every key: a key that is left over is an error.
 */
final class StrictYaml {
    private final String place;
    private final Map<String, Object> left;

    private StrictYaml(String place, Map<?, ?> content) {
        this.place = place;
        this.left = new LinkedHashMap<>();
        content.forEach((key, value) -> left.put(String.valueOf(key), value));
    }

    /** All {@code *.yaml} files of a folder, sorted by name. */
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    static StrictYaml read(Path file) throws IOException {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file.toString()).setUseMarks(true).build();
        try {
            Object content = new Load(settings).loadFromString(Files.readString(file));
            if (content instanceof Map<?, ?> map) {
                return new StrictYaml(file.toString(), map);
            }
            throw new IOException(file + ": want a mapping");
        } catch (YamlEngineException e) {
            throw new IOException(String.valueOf(e.getMessage()).replace('\n', ' '), e);
        }
    }

    String text(String key) throws IOException {
        return optional(key).orElseThrow(() -> new IOException(missing(key)));
    }

    Optional<String> optional(String key) {
        return Optional.ofNullable(left.remove(key)).map(String::valueOf);
    }

    double number(String key) throws IOException {
        String text = text(key);
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IOException("%s: '%s' is '%s', want a number".formatted(place, key, text), e);
        }
        throw new IOException("%s: '%s' is not finite".formatted(place, key));
    }

    StrictYaml mapping(String key) throws IOException {
        if (left.remove(key) instanceof Map<?, ?> map) {
            return new StrictYaml(place + ": " + key, map);
        }
        throw new IOException(missing(key));
    }

    List<StrictYaml> list(String key) throws IOException {
        if (!(left.remove(key) instanceof List<?> list)) {
            throw new IOException(missing(key));
        }
        List<StrictYaml> all = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> map)) {
                throw new IOException("%s: '%s' wants mappings".formatted(place, key));
            }
            all.add(new StrictYaml(place + ": " + key + "[" + all.size() + "]", map));
        }
        return all;
    }

    List<String> keys() {
        return List.copyOf(left.keySet());
    }

    /** Checks that all keys have been read. */
    void end() throws IOException {
        if (!left.isEmpty()) {
            throw new IOException(
                    "%s: unknown key '%s'".formatted(place, left.keySet().iterator().next()));
        }
    }

    /** An error at this place in the file. */
    IOException refused(String what) {
        return new IOException(place + ": " + what);
    }

    private String missing(String key) {
        return "%s: missing key '%s'".formatted(place, key);
    }
}
