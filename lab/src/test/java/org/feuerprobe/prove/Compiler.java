package org.feuerprobe.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.testbed.ChildProcess;

/** Programs in C for the tests, made with the host's gcc. */
final class Compiler {
    static final Path SOURCES = Path.of("lab/src/test/c/prove");
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Compiler() {}

    /** Skips the test where there is no gcc and objdump, or another processor. */
    static void assumed() throws InterruptedException {
        assumeTrue(
                System.getProperty("os.arch").equals("amd64"),
                "SKIPPED: the programs are for x86-64");
        for (String tool : List.of("gcc", "objdump")) {
            assumeTrue(
                    ChildProcess.output(List.of(tool, "--version"), LONGEST).isPresent(),
                    "SKIPPED: there is no " + tool);
        }
    }

    /** Compiles and links sources and returns the program. */
    static Path program(Path folder, String name, List<String> flags, List<Path> sources)
            throws IOException, InterruptedException {
        Path program = folder.resolve(name);
        List<String> command =
                new ArrayList<>(List.of("gcc", "-std=gnu17", "-g", "-Wall", "-Wextra", "-Iprobe"));
        command.add("-I" + SOURCES);
        command.addAll(flags);
        sources.forEach(source -> command.add(source.toString()));
        command.addAll(List.of("-o", program.toString()));
        run(command);
        return program;
    }

    /** A program without a C library, from one text. */
    static Path program(Path folder, String text, String... flags)
            throws IOException, InterruptedException {
        Path source = folder.resolve("test.c");
        Files.writeString(source, "#include <loopbound.h>\n" + text);
        List<String> all = new ArrayList<>(List.of("-nostdlib", "-ffreestanding", "-Wl,-e,task"));
        all.addAll(List.of(flags));
        return program(folder, "test", all, List.of(source));
    }

    static String run(List<String> command) throws IOException, InterruptedException {
        ChildProcess.Ended ended = ChildProcess.run(command, LONGEST, 64 << 20);
        assertThat(ended.well()).as(String.join(" ", command) + "\n" + ended.text()).isTrue();
        return ended.text();
    }
}
