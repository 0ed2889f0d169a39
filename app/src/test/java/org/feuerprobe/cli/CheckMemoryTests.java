package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Memory is bounded whatever the input's length: {@code check} in a program of its own. */
@Tag("slow")
final class CheckMemoryTests {
    private interface Input {
        void write(BufferedWriter to) throws IOException;
    }

    private record Run(int status, long lines, List<String> some) {}

    private static Run check(int megabytes, Input input) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + megabytes + "m",
                                "-XX:+UseG1GC", // one processor gets another, which keeps less
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "check",
                                "-",
                                "--json")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Thread writer =
                Thread.ofPlatform()
                        .start(() -> {
                            try (BufferedWriter to =
                                    new BufferedWriter(
                                            new OutputStreamWriter(
                                                    process.getOutputStream(),
                                                    StandardCharsets.UTF_8),
                                            1 << 16)) {
                                input.write(to);
                            } catch (IOException e) {
                                process.destroy(); // it has gone: its status tells
                            }
                        });
        long lines = 0;
        List<String> some = new ArrayList<>();
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (lines++ < 4) {
                    some.add(line);
                }
            }
        }
        writer.join();
        process.waitFor();
        return new Run(process.exitValue(), lines, some);
    }

    @Test
    void manyLinesDoNotAddUp() throws IOException, InterruptedException {
        int count = 600_000; // held, their text alone would be 86 MB
        String text =
                "{\"id\":1,\"bound\":\"O(1)\",\"points\":[],\"filler\":\""
                        + "x".repeat(100)
                        + "\"}\n";
        Run run =
                check(
                        64,
                        to -> {
                            for (int i = 0; i < count; i++) {
                                to.write(text);
                            }
                        });
        assertThat(run.lines()).isEqualTo(count);
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.some().getFirst())
                .isEqualTo(
                        "{\"line\":1,\"error\":\"points: want a list with at least one point\"}");
    }

    @Test
    void aMillionValuesAreDecidedAndALongerLineIsRefused()
            throws IOException, InterruptedException {
        Run run =
                check(
                        256,
                        to -> {
                            to.write(
                                    "{\"id\":\"million\",\"bound\":\"p99 <= 9\",\"points\":[{\"values\":[");
                            for (int i = 0; i < 1_000_000; i++) {
                                to.write(i == 0 ? "1.5" : i % 7 == 0 ? ",2.5" : ",1.5");
                            }
                            to.write("]}]}\n");
                            to.write("{\"id\":\"");
                            String filler = "x".repeat(1_000_000);
                            for (int i = 0; i < 300; i++) {
                                to.write(filler);
                            }
                            to.write(
                                    "\"}\n{\"id\":\"after\",\"bound\":\"max <= 9\",\"points\":[{\"values\":[1]}]}\n");
                        });
        assertThat(run.lines()).isEqualTo(3);
        assertThat(run.some().get(0)).startsWith("{\"id\":\"million\",\"verdict\":\"HOLDS\"");
        assertThat(run.some().get(1))
                .isEqualTo("{\"line\":2,\"error\":\"longer than 16777216 characters\"}");
        assertThat(run.some().get(2)).startsWith("{\"id\":\"after\",\"verdict\":");
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    }
}
