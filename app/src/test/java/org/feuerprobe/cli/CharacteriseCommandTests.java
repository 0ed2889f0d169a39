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

/** What {@code feuerprobe characterise} shows of a program, and how it refuses wrong use. */
@Tag("boots")
class CharacteriseCommandTests {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CapturedConsole console = new CapturedConsole();

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-- /nonexistent|no program /nonexistent: name an x86-64 program of this machine",
                "--limit 0 -- x|--limit 0: want at least 1 second",
            })
    void wrongUseIsNamed(String words, String error) {
        assertThat(console.run(("characterise " + words).split(" "))).isEqualTo(2);
        assertThat(console.err()).isEqualTo("feuerprobe: " + error + "\n");
    }

    /** 1 + 100 * 2 + 3 instructions. */
    @Test
    void showsTheProgramAndWritesItsFigures() throws Exception {
        Path source =
                Files.writeString(
                        folder.resolve("loop.S"),
                        """
                        .globl _start
                        _start:
                            mov $100, %ecx
                        1:  dec %ecx
                            jnz 1b
                            mov $60, %eax
                            xor %edi, %edi
                            syscall
                        """);
        Path program = folder.resolve("loop");
        String said =
                ChildProcess.output(
                                List.of(
                                        "gcc",
                                        "-nostdlib",
                                        "-static",
                                        "-o",
                                        program.toString(),
                                        source.toString()),
                                LIMIT)
                        .orElse("failed");
        assumeTrue(said.isEmpty(), "no gcc that links static programs: " + said);
        Path out = folder.resolve("workload.json");

        assertThat(console.run("characterise", "--out", out.toString(), "--", program.toString()))
                .as(console.err())
                .isZero();
        assertThat(console.out().lines())
                .anyMatch(line -> line.matches("program +204 .*0 +0"))
                .contains(
                        "mix          arithmetic 49.0 %, branch 49.0 %, move 1.0 %, logic 0.5 %, system 0.5 %",
                        "memory       0.0 loads and 0.0 stores in 100 instructions",
                        "working set  data 0 lines (0 B), 0 pages; code 1 line (64 B), 1 page",
                        "reuse        no access",
                        "branches     100, taken 99.0 %; a two-bit counter mispredicts 3.0 %, gshare 15.0 % (modelled)",
                        "phases       1 in 1 interval of 10,000 instructions: 100.0 % at 0x401005");
        JsonNode json = JsonMapper.builder().build().readTree(Files.readString(out));
        assertThat(json.at("/parts/program/instructions").asLong()).isEqualTo(204);
        assertThat(json.at("/linuxCalls/0/name").asString()).isEqualTo("exit");
        assertThat(json.at("/phases/of").toString()).isEqualTo("[0]");
    }
}
