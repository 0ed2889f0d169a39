package org.feuerprobe.linux;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.feuerprobe.guest.KernelFixture;
import org.feuerprobe.guest.LibosBoot;
import org.feuerprobe.testbed.ChildProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each program of {@code exokernel/libos/test} does the same on this machine's Linux and on the
 * LibOS: what it prints, and how it ends. To add a test, add a file.
 */
@Tag("boots")
class LibosTests {
    private static final Path SOURCES = Path.of("exokernel/libos/test");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> ARGUMENTS = List.of("one", "two words");

    @TempDir Path folder;

    /** What a program printed, and its status as a shell reports it. */
    private record Seen(String printed, int status) {}

    @Test
    void programsDoTheSameAsOnLinux() throws IOException, InterruptedException {
        Map<String, Path> programs = compiled(sources());
        Map<String, Seen> linux = new LinkedHashMap<>();
        for (Map.Entry<String, Path> program : programs.entrySet()) {
            linux.put(program.getKey(), onLinux(program.getKey(), program.getValue()));
        }
        assertThat(onLibos(programs)).isEqualTo(linux);
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

    private Map<String, Path> compiled(List<Path> sources) throws InterruptedException {
        Map<String, Path> programs = new LinkedHashMap<>();
        for (Path source : sources) {
            String name = source.getFileName().toString().replaceFirst("\\.c$", "");
            Path program = folder.resolve(name);
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
            programs.put(name, program);
        }
        return programs;
    }

    private Seen onLinux(String name, Path program) throws IOException, InterruptedException {
        Path place = Files.createDirectory(folder.resolve("in-" + name));
        Path printed = folder.resolve(name + ".out");
        // Whoever started this may ignore signals, such as a shell's background, and children
        // inherit that.
        List<String> words =
                new ArrayList<>(List.of("env", "--default-signal", program.toString()));
        words.addAll(ARGUMENTS);
        ProcessBuilder builder = ChildProcess.of(words).directory(place.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(name + " did not end on Linux: " + Files.readString(printed));
        }
        int status = process.exitValue();
        return new Seen(Files.readString(printed, StandardCharsets.ISO_8859_1), status);
    }

    private static Map<String, Seen> onLibos(Map<String, Path> programs)
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
        Map<String, Seen> seen = new LinkedHashMap<>();
        int number = 0;
        for (String name : programs.keySet()) {
            seen.put(name, new Seen(parts.text.get(number), run.ended().get(number).status()));
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
