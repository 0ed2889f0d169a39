package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.feuerprobe.testbed.ChildProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code feuerprobe run} passes on of a program, and how it refuses wrong use. */
@Tag("boots")
class RunCommandTests {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CapturedConsole console = new CapturedConsole();

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-- /nonexistent|no program /nonexistent: name an x86-64 program of this machine",
                "--files /nonexistent -- x|--files: no folder /nonexistent",
                "--limit 0 -- x|--limit 0: want at least 1 second",
                "--limit -5 -- x|--limit -5: want at least 1 second",
                "--memory 0 -- x|--memory 0: want at least 1 MiB",
            })
    void wrongUseIsNamed(String words, String error) {
        assertThat(console.run(("run " + words).split(" "))).isEqualTo(2);
        assertThat(console.err()).isEqualTo("feuerprobe: " + error + "\n");
    }

    @Test
    void printsWhatTheProgramPrintsAndEndsAsItDoes() throws Exception {
        Path program = folder.resolve("three");
        Path source =
                Files.writeString(
                        folder.resolve("three.c"),
                        """
                        #include <stdio.h>
                        int main(int argc, char **argv)
                        {
                            printf("%d %s\\n", argc, argv[1]);
                            return 7;
                        }
                        """);
        String said =
                ChildProcess.output(
                                List.of(
                                        "gcc",
                                        "-static",
                                        "-o",
                                        program.toString(),
                                        source.toString()),
                                LIMIT)
                        .orElse("failed");
        assumeTrue(said.isEmpty(), "no gcc with a static C library: apt-get install libc6-dev");

        assertThat(console.run("run", "--quiet", "--", program.toString(), "a b"))
                .as(console.err())
                .isEqualTo(7);
        assertThat(console.out()).isEqualTo("2 a b\n");

        CapturedConsole counted = new CapturedConsole();
        assertThat(counted.run("run", "--json", "--", program.toString(), "x")).isEqualTo(7);
        JsonNode document = JsonMapper.builder().build().readTree(counted.out());
        assertThat(document.at("/exitStatus").asInt()).isEqualTo(7);
        assertThat(counted.out()).contains("2 x", "\"write\"");
    }
}
