package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A block of a document that begins with {@code ```console}: commands behind {@code $}, each with
 * what it prints to both streams. In the output {@code …} stands for what varies from machine to
 * machine or was left out: on a line of its own for any lines, elsewhere for any text of the line.
 * A command succeeds unless {@code $ echo $?} follows with another status.
 *
 * @param where the document and the line, for messages
 */
record DocumentedSession(String where, List<Command> commands) {
    /** A command line, what it prints, and its exit status. */
    record Command(String line, List<String> output, int status) {
        boolean isOurs() {
            return line.matches("(\\./)?feuerprobe( .*)?");
        }

        /** Whether it boots nothing and reads no results of another command. */
        boolean isQuick() {
            return words().stream().anyMatch(Set.of("check", "--help", "--version")::contains);
        }

        List<String> words() {
            List<String> words = new ArrayList<>();
            Matcher word = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)").matcher(line);
            while (word.find()) {
                words.add(
                        Stream.of(1, 2, 3)
                                .map(word::group)
                                .filter(text -> text != null)
                                .findFirst()
                                .orElseThrow());
            }
            return words;
        }
    }

    private static final String PROMPT = "$ ";
    private static final String STATUS = "$ echo $?";

    /** Every session of the documents, in their order. */
    static List<DocumentedSession> all() throws IOException {
        List<DocumentedSession> sessions = new ArrayList<>();
        try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
            List<Path> documents =
                    Stream.concat(Stream.of(Path.of("README.md")), pages.sorted())
                            .filter(page -> page.toString().endsWith(".md"))
                            .toList();
            for (Path document : documents) {
                sessions.addAll(of(document.toString(), Files.readString(document)));
            }
        }
        return sessions;
    }

    static List<DocumentedSession> of(String document, String text) {
        List<DocumentedSession> sessions = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("```console")) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
                sessions.add(
                        new DocumentedSession(
                                document + ":" + (i + 1), commands(lines.subList(i + 1, end))));
                i = end;
            }
        }
        return sessions;
    }

    private static List<Command> commands(List<String> lines) {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.equals(STATUS)) {
                Command last = commands.removeLast();
                commands.add(new Command(last.line, last.output, Integer.parseInt(lines.get(++i))));
            } else if (line.startsWith(PROMPT)) {
                List<String> output =
                        lines.subList(i + 1, lines.size()).stream()
                                .takeWhile(next -> !next.startsWith(PROMPT))
                                .toList();
                commands.add(new Command(line.substring(PROMPT.length()), output, 0));
                i += output.size();
            } else {
                throw new IllegalArgumentException("a session begins with '$ ': " + line);
            }
        }
        return commands;
    }

    boolean isQuick() {
        return commands.stream().allMatch(Command::isQuick);
    }

    /** Runs every command with {@code folder} in place of {@code /tmp}, and compares. */
    void check(Path folder) throws Exception {
        for (Command command : commands) {
            CapturedConsole console = new CapturedConsole();
            String printed;
            int status;
            if (command.isOurs()) {
                status =
                        console.run(
                                command.words().stream()
                                        .skip(1)
                                        .map(word -> moved(word, "/tmp", folder.toString()))
                                        .toArray(String[]::new));
                printed = console.out() + console.err();
            } else {
                Process process =
                        new ProcessBuilder(
                                        "sh", "-c", moved(command.line, "/tmp", folder.toString()))
                                .redirectErrorStream(true)
                                .start();
                printed =
                        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                status = process.waitFor();
            }
            printed = moved(printed, folder.toString(), "/tmp");
            assertThat(printed.stripTrailing() + "\n")
                    .as("%s: $ %s (take the new output into the page)", where, command.line)
                    .matches(pattern(command.output));
            assertThat(status)
                    .as("%s: exit status of %s", where, command.line)
                    .isEqualTo(command.status);
        }
    }

    private static String moved(String text, String from, String to) {
        return text.replace(from + "/", to + "/");
    }

    static Pattern pattern(List<String> output) {
        return Pattern.compile(
                output.stream()
                                .map(line -> line.equals("…") ? "(?:.*\n)*?" : literal(line) + "\n")
                                .collect(Collectors.joining())
                        + (output.isEmpty() ? "\n" : ""));
    }

    private static String literal(String line) {
        return Stream.of(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }

    @Override
    public String toString() {
        return where;
    }
}
