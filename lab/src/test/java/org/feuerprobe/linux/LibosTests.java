package org.feuerprobe.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.feuerprobe.guest.KernelFixture;
import org.feuerprobe.guest.LibosBoot;
import org.feuerprobe.testbed.ChildProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each program of {@code exokernel/libos/test} does the same on the LibOS as on Linux: what it
 * prints, and how it ends. Linux's answers are recorded, because they depend on who starts the
 * program. To add a test, add a file, and record it: {@code scripts/linux-answers NAME}.
 */
@Tag("boots")
class LibosTests {
    private static final Path SOURCES = Path.of("exokernel/libos/test");
    private static final Path ANSWERS = SOURCES.resolve("answers");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> ARGUMENTS = List.of("one", "two words");

    @TempDir Path folder;

    @Test
    void programsDoTheSameAsOnLinux() throws IOException, InterruptedException {
        Map<String, Path> programs = compiled(sources());
        Map<String, String> seen = onLibos(programs);
        assertAll(seen.entrySet().stream().map(LibosTests::sameAsLinux));
    }

    @Test
    void everyAnswerHasItsProgram() throws IOException {
        try (Stream<Path> answers = Files.list(ANSWERS)) {
            assertThat(answers.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            sources().stream().map(LibosTests::name).toList());
        }
    }

    @Test
    void whatIsNoProgramEndsWithTheStatusOfAShell() throws Exception {
        LinuxArchive archive = new LinuxArchive();
        Path text = Files.writeString(folder.resolve("text"), "no program");
        archive.file("/text", text).command(List.of("/text")).command(List.of("/none"));
        LibosRun run = boot(archive, OutputStream.nullOutputStream());
        assertThat(run.failure()).isEmpty();
        assertThat(run.ended()).extracting(EndedProgram::status).containsExactly(126, 127);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".c")).sorted().toList();
        }
    }

    private static String name(Path source) {
        return source.getFileName().toString().replaceFirst("\\.c$", "");
    }

    private Map<String, Path> compiled(List<Path> sources) throws InterruptedException {
        Map<String, Path> programs = new LinkedHashMap<>();
        for (Path source : sources) {
            Path program = folder.resolve(name(source));
            String said =
                    ChildProcess.output(
                                    List.of(
                                            "gcc",
                                            "-O1",
                                            "-w",
                                            "-static",
                                            "-pthread",
                                            "-o",
                                            program.toString(),
                                            source.toString(),
                                            "-lm"),
                                    LIMIT)
                            .orElse("failed");
            assumeTrue(said.isEmpty(), "no gcc with a static C library: apt-get install libc6-dev");
            programs.put(name(source), program);
        }
        return programs;
    }

    private static Executable sameAsLinux(Map.Entry<String, String> program) {
        return () ->
                assertThat(program.getValue().lines())
                        .as(program.getKey())
                        .containsExactlyElementsOf(
                                Files.readAllLines(
                                        ANSWERS.resolve(program.getKey()),
                                        StandardCharsets.ISO_8859_1));
    }

    private static Map<String, String> onLibos(Map<String, Path> programs)
            throws IOException, InterruptedException {
        LinuxArchive archive = new LinuxArchive().variable("PATH=/usr/bin:/bin");
        for (Map.Entry<String, Path> program : programs.entrySet()) {
            String path = "/" + program.getKey();
            List<String> words = new ArrayList<>(List.of(path));
            words.addAll(ARGUMENTS);
            archive.file(path, program.getValue()).command(words);
        }
        Parts parts = new Parts();
        LibosRun run = boot(archive, parts);
        assertThat(run.failure()).as(run.log()).isEmpty();
        Map<String, String> seen = new LinkedHashMap<>();
        int number = 0;
        for (String name : programs.keySet()) {
            int status = run.ended().get(number).status();
            seen.put(name, parts.text.get(number) + "status " + status + "\n");
            number++;
        }
        return seen;
    }

    private static LibosRun boot(LinuxArchive archive, OutputStream console)
            throws IOException, InterruptedException {
        LibosBoot boot = new LibosBoot("qemu-system-x86_64", KernelFixture.image(), 256, LIMIT);
        return LibosRun.of(boot, archive, false, console);
    }

    /** What each program printed: the splitter flushes when one ends. */
    private static final class Parts extends OutputStream {
        private final List<String> text = new ArrayList<>();
        private final ByteArrayOutputStream now = new ByteArrayOutputStream();

        @Override
        public void write(int value) {
            now.write(value);
        }

        @Override
        public void flush() {
            text.add(now.toString(StandardCharsets.ISO_8859_1));
            now.reset();
        }
    }
}
