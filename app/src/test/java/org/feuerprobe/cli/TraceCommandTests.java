package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command, with a real kernel that notes what happens. */
@Tag("boots")
class TraceCommandTests {
    private static String trace(String... arguments) {
        CapturedConsole console = new CapturedConsole();
        List<String> words = new ArrayList<>(List.of("trace"));
        words.addAll(List.of(arguments));
        assertThat(console.run(words.toArray(String[]::new))).as(console.err()).isZero();
        return console.out();
    }

    @Test
    void twoBootsGiveTheSameBytesInEachFormat(@TempDir Path folder) throws Exception {
        for (String format : List.of("text", "chrome", "perfetto", "ctf")) {
            Path first = folder.resolve("first-" + format);
            Path second = folder.resolve("second-" + format);
            trace("exo_call/round_trip", "--format", format, "--out", first.toString());
            trace("exo_call/round_trip", "--format", format, "-o", second.toString());
            List<Path> files;
            try (var found = Files.walk(first)) {
                files = found.filter(Files::isRegularFile).toList();
            }
            assertThat(files).isNotEmpty();
            for (Path file : files) {
                assertThat(second.resolve(first.relativize(file))).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void showsACallAndItsAnswerAsTheyHappen() {
        List<String> events =
                trace("exo_call/round_trip", "--samples", "1", "--format", "text")
                        .lines()
                        .map(line -> line.replaceFirst(" +[0-9]+  ", ""))
                        .toList();

        assertThat(events)
                .containsSubsequence(
                        "cpu 0  env 2    step entry=0 repetition=2",
                        "cpu 0  env 2    send to=3 length=32",
                        "cpu 0  env 3    receive from=2 length=32",
                        "cpu 0  env 2    switch to=3 state=receiving",
                        "cpu 0  env 3    result result=32 again=0",
                        "cpu 0  env 3    send to=2 length=32",
                        "cpu 0  env 2    receive from=3 length=32",
                        "cpu 0  env 3    switch to=2 state=receiving",
                        "cpu 0  env 2    result result=32 again=0",
                        "cpu 0  env 2    env_end by=2");
        assertThat(events.getLast()).isEqualTo("cpu 0  env 2    env_end by=2");
    }

    @Test
    void answersWithAsManyRequestsAsThereWereOperations() {
        JsonNode document =
                JsonMapper.builder()
                        .build()
                        .readTree(
                                trace(
                                        "exo_call/round_trip",
                                        "--samples",
                                        "8",
                                        "--query",
                                        "requests",
                                        "--json"));

        assertThat(document.get("benchmark").asString()).isEqualTo("exo_call/round_trip");
        assertThat(document.get("overwritten").asLong()).isZero();
        assertThat(document.get("unknown").asLong()).isZero();
        assertThat(
                        document.get("answer")
                                .valueStream()
                                .filter(row -> row.get("environment").asLong() == 2)
                                .map(row -> row.get("to").asLong()))
                .hasSize(8)
                .containsOnly(3L);
        assertThat(
                        document.get("answer")
                                .valueStream()
                                .filter(row -> row.get("environment").asLong() == 2)
                                .map(row -> row.get("ticks").asLong())
                                .distinct())
                .hasSize(1);
    }

    @Test
    void saysThatTheRingWasTooSmall() {
        CapturedConsole console = new CapturedConsole();

        assertThat(console.run("trace", "exo_call/round_trip", "--samples", "64", "--ring", "8"))
                .isEqualTo(3);
        assertThat(console.err())
                .containsPattern(
                        "the first repetition is not in the rings, which lost [0-9]+ events: raise --ring, or ask for fewer --samples");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    trace exo_cal|did you mean exo_call
                    trace|trace: name an operation or a benchmark, or ask for --all
                    trace exo_call --all|trace: name an operation or a benchmark, or ask for --all
                    trace exo_call --query who|--query who: want one of waits, blocked, messages, requests, environments
                    trace exo_call --format svg|--format svg: want one of text, chrome, perfetto, ctf
                    trace exo_call --format ctf|--format ctf is no text for a terminal: name a folder with --out
                    trace exo_call --out x|--out: name what to write, with --format text, chrome, perfetto, ctf
                    trace exo_call --format text --json|--format with --all, --query or --json: name a folder with --out
                    trace exo_call --samples 0|--samples 0: want 1 or more
                    trace exo_call --ring 21|--ring 21: want 8 to 20
                    trace exo_call --accel tcg|a trace is of target qemu with --accel icount, not of another one
                    trace exo_call --variant TRACE=off|--variant TRACE=off: that kernel notes nothing; leave it out
                    """)
    void refusesWrongUse(String command, String message) {
        CapturedConsole console = new CapturedConsole();

        assertThat(console.run(command.split(" "))).isEqualTo(2);
        assertThat(console.err()).contains(message);
        assertThat(Arrays.asList(console.out().split("\n"))).containsExactly("");
    }
}
