package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.feuerprobe.gate.Baseline;
import org.feuerprobe.gate.BaselineFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts of real boots held against a baseline. */
@Tag("boots")
class BaselineCommandTests {
    @TempDir private static Path folder;

    private final CapturedConsole console = new CapturedConsole();

    @BeforeAll
    static void measure() {
        bench("now");
        bench("scan", "--variant", "CAP_ALLOC=scan");
    }

    private static void bench(String out, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "bench",
                                "--quick",
                                "--only",
                                "cap_table_alloc",
                                "--out",
                                folder.resolve(out).toString()));
        arguments.addAll(List.of(more));
        CapturedConsole console = new CapturedConsole();
        assertThat(console.run(arguments.toArray(String[]::new))).as(console.err()).isZero();
    }

    private static int gate(
            CapturedConsole console, String results, Path baseline, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "gate",
                                folder.resolve(results).toString(),
                                "--baseline",
                                baseline.toString()));
        arguments.addAll(List.of(more));
        return console.run(arguments.toArray(String[]::new));
    }

    private static Path accepted(String name) {
        Path file = folder.resolve(name);
        CapturedConsole console = new CapturedConsole();
        assertThat(gate(console, "now", file, "--accept", "a \"first\" one"))
                .as(console.err())
                .isZero();
        assertThat(console.out()).startsWith("accepted in ").contains(": first: ");
        return file;
    }

    @Test
    void theSameKernelPasses() throws Exception {
        Path file = accepted("same.json");
        assertThat(gate(console, "now", file)).as(console.err()).isZero();
        assertThat(console.out()).matches("changes passed: (\\d+) passed\n");
        assertThat(BaselineFile.read(file).accepted().getFirst().why())
                .isEqualTo("a \"first\" one");
    }

    /** The file as it would be had the kernel been one instruction cheaper. */
    @Test
    void oneInstructionMoreFailsUntilItIsAccepted() throws Exception {
        Path file = accepted("cheaper.json");
        String text = Files.readString(file);
        String line =
                text.lines()
                        .filter(l -> l.contains("\"point\":\"N_caps=16\""))
                        .findFirst()
                        .orElseThrow();
        String cheaper =
                line.replace("\"max\":22,\"mean\":22", "\"max\":21,\"mean\":21")
                        .replaceFirst("\"digest\":\"[0-9a-f]+\"", "\"digest\":\"0\"");
        assertThat(cheaper).isNotEqualTo(line);
        Files.writeString(file, text.replace(line, cheaper));

        Path junit = folder.resolve("gate.xml");
        assertThat(gate(console, "now", file, "--annotations", "--junit", junit.toString()))
                .isEqualTo(1);
        assertThat(console.out())
                .containsPattern(
                        "✗ cap_table_alloc/\\w+ N_caps=16  worse: max 21 → 22 \\(\\+1\\)\n")
                .containsPattern(
                        "::error title=cap_table_alloc/\\w+ N_caps=16::worse: max 21 → 22");
        assertThat(console.err()).contains("--accept");
        assertThat(
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(junit.toFile())
                                .getElementsByTagName("failure")
                                .getLength())
                .isEqualTo(1);

        CapturedConsole accepting = new CapturedConsole();
        assertThat(gate(accepting, "now", file, "--accept", "dearer on purpose")).isZero();
        Baseline fresh = BaselineFile.read(file);
        assertThat(fresh.accepted()).hasSize(2);
        assertThat(fresh.accepted().getLast().summary())
                .startsWith("1 worse, 0 better")
                .contains("21 → 22");
        assertThat(gate(new CapturedConsole(), "now", file)).isZero();
    }

    @Test
    void anotherVariantIsUnknownAndNoAlarm() throws Exception {
        assertThat(gate(console, "scan", accepted("variant.json"))).isZero();
        assertThat(console.out())
                .contains(
                        "? UNKNOWN baseline  counts are not comparable",
                        "variant: ",
                        "CAP_ALLOC=scan")
                .contains("changes UNKNOWN: 1 skipped");
    }

    @Test
    void saysWhatIsWrongWithABaseline() throws Exception {
        Path file = folder.resolve("broken.json");
        assertThat(gate(console, "now", file)).isEqualTo(2);
        assertThat(console.err()).contains("no such baseline");
        for (String text : List.of("{\n\"schema\"", "[]", "{\"schema\":1,\"points\":[{}]}")) {
            Files.writeString(file, text);
            CapturedConsole broken = new CapturedConsole();
            assertThat(gate(broken, "now", file)).as(text).isEqualTo(2);
            assertThat(broken.err()).startsWith("feuerprobe: " + file).hasLineCount(1);
        }
    }

    @Test
    void theCommittedBaselineHoldsTheKernel() throws Exception {
        Baseline committed = BaselineFile.read(Path.of("baseline/instructions.json"));
        assertThat(committed.points()).hasSizeGreaterThan(400);
        assertThat(committed.identity())
                .containsKeys("compiler", "linker", "cflags", "variant", "emulator");
        assertThat(committed.accepted()).isNotEmpty();
    }
}
