package org.feuerprobe.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.feuerprobe.sample.Metric;
import org.junit.jupiter.api.Test;

/** What only the sources tell. */
final class SourceTests {
    private static final int LONGEST_FILE = 400;
    private static final int FEWEST_FILES = 60;

    /** A command parses, calls a method of another package and prints; all else lies there. */
    private static final int MOST_LINES_OF_CLI = 4500;

    private static final int FEWEST_COMMANDS = 15;

    /** A method handle declares that it throws anything. */
    private static final List<Path> CALLS_C =
            List.of(
                    Path.of("guest", "NativeLibrary.java"),
                    Path.of("guest", "PerfCounters.java"),
                    Path.of("guest", "Affinity.java"));

    private static final Pattern CATCHES_ALL =
            Pattern.compile(
                    "catch\\s*\\((?:final\\s+)?[^)]*\\b(?:Exception|RuntimeException|Throwable|Error)\\b[^)]*\\)");

    /** Unmaps and deletes whatever went wrong, and throws it on. */
    private static final Path CLEANS_UP = Path.of("GuestMemory.java");

    @Test
    void noFileIsLong() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : sources()) {
            long lines = Files.readString(file).lines().count();
            if (lines > LONGEST_FILE) {
                wrong.add(file + " has " + lines + " lines");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theCommandLineIsShort() throws IOException {
        long lines = 0;
        int commands = 0;
        for (Path file : sources()) {
            if (file.toString().contains("/cli/")) {
                lines += Files.readString(file).lines().count();
                commands += file.toString().endsWith("Command.java") ? 1 : 0;
            }
        }
        assertThat(commands).as("commands seen").isGreaterThan(FEWEST_COMMANDS);
        assertThat(lines)
                .as("lines of package cli: move logic to the package that it belongs to")
                .isLessThanOrEqualTo(MOST_LINES_OF_CLI);
    }

    /** A metric has one name and one kind: who compares it, asks Metric. */
    @Test
    void noMetricIsComparedByItsLiteral() throws IOException {
        Pattern literal =
                Pattern.compile(
                        "\\bequals\\(\\s*\"(?:%s)\"\\s*\\)"
                                .formatted(
                                        Metric.all().stream()
                                                .map(Metric::name)
                                                .collect(Collectors.joining("|"))));
        assertThat(literal.matcher("metric.equals(\"unfit_cycles\")").find()).isTrue();
        List<String> wrong = new ArrayList<>();
        for (Path file : sources()) {
            if (literal.matcher(Files.readString(file)).find()) {
                wrong.add(file.toString());
            }
        }
        assertThat(wrong).as("Metric.CYCLES.is(name) instead of equals").isEmpty();
    }

    @Test
    void nothingButTheCommandLineCatchesEverything() throws IOException {
        assertThat(CATCHES_ALL.matcher("catch (final Exception e)").find()).isTrue();
        assertThat(CATCHES_ALL.matcher("catch (IOException | RuntimeException e)").find()).isTrue();
        assertThat(CATCHES_ALL.matcher("catch (ExecutionException e)").find()).isFalse();
        List<String> wrong = new ArrayList<>();
        for (Path file : sources()) {
            if (!file.toString().contains("/cli/")
                    && !file.endsWith(CLEANS_UP)
                    && CALLS_C.stream().noneMatch(file::endsWith)
                    && CATCHES_ALL.matcher(Files.readString(file)).find()) {
                wrong.add(file.toString());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPackageSaysItsQuestion() throws IOException {
        for (Path file : sources()) {
            if (file.endsWith("module-info.java")) {
                continue; // a module is in no package
            }
            Path info = file.resolveSibling("package-info.java");
            assertThat(info).exists();
            assertThat(Files.readString(info)).as(info.toString()).contains("?");
        }
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("engine", "lab", "app")) {
            try (Stream<Path> files = Files.walk(Path.of(module, "src", "main", "java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.endsWith("module-info.java"))
                        .forEach(sources::add);
            }
        }
        assertThat(sources).hasSizeGreaterThan(FEWEST_FILES);
        return sources;
    }
}
