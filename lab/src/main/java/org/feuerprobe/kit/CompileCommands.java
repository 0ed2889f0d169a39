package org.feuerprobe.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.json.Json;
import org.feuerprobe.json.MalformedJsonException;

/**
 * Flags of each source, from a {@code compile_commands.json} (Clang's JSON compilation database).
 * Only flags for headers, macros and the language are used, because the kit chooses the processor.
 */
record CompileCommands(Map<Path, List<String>> flags) {
    private static final Set<String> WITH_VALUE =
            Set.of("-I", "-D", "-U", "-include", "-isystem", "-iquote");
    private static final Set<String> FOLDERS = Set.of("-I", "-include", "-isystem", "-iquote");

    static CompileCommands read(Optional<Path> file) throws LabException {
        Map<Path, List<String>> flags = new HashMap<>();
        if (file.isPresent()) {
            try {
                for (Json entry : Json.parse(Files.readString(file.get())).items()) {
                    Path folder = Path.of(entry.at("directory").raw());
                    flags.put(
                            folder.resolve(entry.at("file").raw()).toAbsolutePath().normalize(),
                            taken(folder, words(entry)));
                }
            } catch (IOException e) {
                throw FileTrouble.read(file.get(), e);
            } catch (MalformedJsonException e) {
                throw LabException.wrongUse("%s: %s".formatted(file.get(), e.getMessage()));
            }
        }
        return new CompileCommands(Map.copyOf(flags));
    }

    List<String> flags(Path source) {
        return flags.getOrDefault(source.toAbsolutePath().normalize(), List.of());
    }

    private static List<String> words(Json entry) {
        List<String> words = new ArrayList<>();
        entry.at("arguments").items().forEach(word -> words.add(word.raw()));
        return words.isEmpty() ? List.of(entry.at("command").raw().trim().split("\\s+")) : words;
    }

    private static List<String> taken(Path folder, List<String> words) {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            Optional<String> flag = WITH_VALUE.stream().filter(word::startsWith).findFirst();
            if (word.startsWith("-std=")) {
                taken.add(word);
            } else if (flag.isPresent()) {
                boolean apart = word.equals(flag.get());
                String value =
                        apart && i + 1 < words.size()
                                ? words.get(++i)
                                : word.substring(flag.get().length());
                taken.add(
                        flag.get()
                                + (FOLDERS.contains(flag.get())
                                        ? " " + folder.resolve(value).normalize()
                                        : value));
            }
        }
        return taken;
    }
}
