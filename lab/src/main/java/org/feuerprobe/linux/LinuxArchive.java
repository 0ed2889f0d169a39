package org.feuerprobe.linux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.feuerprobe.testbed.ChildProcess;

/**
 * The files that Linux programs find, and what to run: a cpio archive of the form "newc". The LibOS
 * reads {@code .feuerprobe/commands} and {@code .feuerprobe/input}, and hides them.
 */
public final class LinuxArchive {
    private static final int FOLDER = 0040755;
    private static final int LINK = 0120777;
    private static final int FILE = 0100644;
    private static final int PROGRAM = 0100755;

    private static final Path LOADER = Path.of("/lib64/ld-linux-x86-64.so.2");

    /** A line of the dynamic linker: {@code libc.so.6 => /lib/libc.so.6 (0x7f...)}. */
    private static final Pattern LIBRARY = Pattern.compile("=> (/\\S+) \\(0x");

    private record Entry(int mode, byte[] content) {}

    private final Map<String, Entry> entries = new TreeMap<>();
    private final List<List<String>> commands = new ArrayList<>();
    private final List<String> variables = new ArrayList<>();

    /** Adds a variable of the environment, NAME=value. */
    public LinuxArchive variable(String variable) {
        variables.add(variable);
        return this;
    }

    /** Adds a program to run, after those before: its path in the archive, and its arguments. */
    public LinuxArchive command(List<String> words) {
        commands.add(List.copyOf(words));
        return this;
    }

    /** What programs read on their standard input. */
    public LinuxArchive input(byte[] content) {
        entries.put(".feuerprobe/input", new Entry(FILE, content.clone()));
        return this;
    }

    /** Adds a file of this machine under an absolute path. */
    public LinuxArchive file(String path, Path file) throws IOException {
        entries.put(
                relative(path),
                new Entry(Files.isExecutable(file) ? PROGRAM : FILE, Files.readAllBytes(file)));
        return this;
    }

    /**
     * Adds a program of this machine under an absolute path, and the shared libraries that it is
     * linked with under theirs. They are not replaced if a folder brought them.
     */
    public LinuxArchive program(String path, Path file) throws IOException, InterruptedException {
        file(path, file);
        for (Path library : libraries(file)) {
            if (!has(library.toString())) {
                file(library.toString(), library);
            }
        }
        return this;
    }

    /** What the dynamic linker would load; nothing for a static program. */
    private static List<Path> libraries(Path program) throws InterruptedException {
        if (!Files.isExecutable(LOADER)) {
            return List.of();
        }
        List<Path> libraries = new ArrayList<>();
        String lines =
                ChildProcess.output(
                                List.of(
                                        LOADER.toString(),
                                        "--list",
                                        program.toAbsolutePath().toString()),
                                Duration.ofSeconds(20))
                        .orElse("");
        for (MatchResult found : LIBRARY.matcher(lines).results().toList()) {
            libraries.add(Path.of(found.group(1)));
        }
        if (!libraries.isEmpty()) {
            libraries.add(LOADER);
        }
        return libraries;
    }

    /** Adds all that is in a folder; the folder itself is the root of the programs. */
    public LinuxArchive folder(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.sorted().toList()) {
                String path = folder.relativize(file).toString();
                if (path.isEmpty()) {
                    continue;
                }
                if (Files.isSymbolicLink(file)) {
                    byte[] target =
                            Files.readSymbolicLink(file)
                                    .toString()
                                    .getBytes(StandardCharsets.UTF_8);
                    entries.put(path, new Entry(LINK, target));
                } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    entries.put(path, new Entry(FOLDER, new byte[0]));
                } else if (Files.isRegularFile(file)) {
                    file(path, file);
                }
            }
        }
        return this;
    }

    /** Whether a file or link with this absolute path was added. */
    public boolean has(String path) {
        return entries.containsKey(relative(path));
    }

    private static String relative(String path) {
        return path.replaceFirst("^/+", "");
    }

    /** The archive as the kernel's boot module. */
    public byte[] bytes() {
        Map<String, Entry> all = new TreeMap<>(entries);
        all.put(".feuerprobe/commands", new Entry(FILE, strings()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int number = 1;
        for (Map.Entry<String, Entry> entry : all.entrySet()) {
            write(out, number++, entry.getKey(), entry.getValue());
        }
        write(out, 0, "TRAILER!!!", new Entry(0, new byte[0]));
        return out.toByteArray();
    }

    private byte[] strings() {
        StringBuilder text = new StringBuilder();
        text.append(variables.size()).append('\0');
        variables.forEach(variable -> text.append(variable).append('\0'));
        for (List<String> words : commands) {
            text.append(words.size()).append('\0');
            words.forEach(word -> text.append(word).append('\0'));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(ByteArrayOutputStream out, int number, String path, Entry entry) {
        byte[] name = (path + '\0').getBytes(StandardCharsets.UTF_8);
        String head =
                String.format(
                        Locale.ROOT,
                        "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X",
                        number,
                        entry.mode,
                        0,
                        0,
                        1,
                        0,
                        entry.content.length,
                        0,
                        0,
                        0,
                        0,
                        name.length,
                        0);
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(name);
        pad(out);
        out.writeBytes(entry.content);
        pad(out);
    }

    private static void pad(ByteArrayOutputStream out) {
        while (out.size() % 4 != 0) {
            out.write(0);
        }
    }
}
