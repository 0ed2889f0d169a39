package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories of other tools: which direction is worse, and what too few runs say. */
final class GateImportTests {
    private static final Path CASES = Path.of("app/src/test/resources/org/feuerprobe/check/cases");

    private record Run(int status, String out, String err) {}

    private static Run gate(String... arguments) {
        List<String> all = new ArrayList<>(List.of("gate", "--import"));
        all.addAll(List.of(arguments));
        CapturedConsole console = new CapturedConsole();
        int status = console.run(all.toArray(String[]::new));
        return new Run(status, console.out(), console.err());
    }

    private static String name(String file) {
        return CASES.resolve(file).toString();
    }

    /** A table of one metric, whose newest runs differ from the older ones. */
    private static String table(Path folder, String metric, int older, int newer)
            throws IOException {
        StringBuilder text = new StringBuilder("commit,\"" + metric + "\"\n");
        for (int i = 0; i < 24; i++) {
            text.append("c%02d,%d\n".formatted(i, (i < 20 ? older : newer) + i % 3));
        }
        return Files.writeString(folder.resolve("h.csv"), text).toString();
    }

    @Test
    void halvedThroughputIsARegression() {
        Run run = gate("sel4bench", name("k07-smp-throughput-halved.jsonl"));
        assertThat(run.out()).contains("regression").contains("-49.87 %");
        assertThat(run.status()).isEqualTo(ExitStatus.VIOLATED);
    }

    @ParameterizedTest
    @CsvSource({
        "ops/s, 1", "MB/s, 1", "requests per second, 1", "throughput, 1", "items_per_second, 1",
        "ns, 0", "cycles, 0", "ipc_call, 0", "ns/op, 0", "errors/s, 0"
    })
    void aFallIsWorseOfRatesAndBetterOfCosts(String metric, int status, @TempDir Path folder)
            throws IOException {
        String falls = table(folder, metric, 1000, 500);
        Run run = gate("csv", falls);
        assertThat(run.out()).contains(status == 1 ? "regression " : "improvement ");
        assertThat(run.status()).isEqualTo(status);
        assertThat(gate("csv", table(folder, metric, 500, 1000)).status()).isEqualTo(1 - status);
    }

    @Test
    void theUserAndMetricsYmlSayTheDirection(@TempDir Path folder) throws IOException {
        String falls = table(folder, "score", 1000, 500);
        assertThat(gate("csv", falls).status()).isEqualTo(ExitStatus.OK);
        assertThat(gate("csv", falls, "--higher-is-better", "score").status())
                .isEqualTo(ExitStatus.VIOLATED);
        Path metrics =
                Files.writeString(
                        folder.resolve("metrics.yml"),
                        "metrics:\n- key: score\n  better: higher\n");
        assertThat(gate("csv", falls).status()).isEqualTo(ExitStatus.VIOLATED);
        assertThat(gate("csv", falls, "--lower-is-better", "*/score").status())
                .isEqualTo(ExitStatus.OK);
        Path other = Files.createDirectory(folder.resolve("other"));
        Path moved = Files.move(metrics, other.resolve("mine.yml"));
        assertThat(gate("csv", falls).status()).isEqualTo(ExitStatus.OK);
        assertThat(gate("csv", falls, "--metrics", moved.toString()).status())
                .isEqualTo(ExitStatus.VIOLATED);
    }

    @Test
    void refusesDirectionsThatMeanNothing(@TempDir Path folder) throws IOException {
        String file = table(folder, "score", 1000, 500);
        String series = folder.getFileName() + "/h/score";
        assertThat(gate("csv", file, "--higher-is-better", "scores").err())
                .isEqualTo("feuerprobe: 'scores' matches no series; there are: " + series + "\n");
        assertThat(gate("csv", file, "--higher-is-better", "*", "--lower-is-better", "*").err())
                .isEqualTo(
                        "feuerprobe: "
                                + series
                                + ": both --higher-is-better and --lower-is-better match it\n");
        assertThat(gate("xml", file).err())
                .isEqualTo("feuerprobe: --import: unknown format 'xml', want sel4bench or csv\n");
        CapturedConsole alone = new CapturedConsole();
        assertThat(alone.run("gate", "x", "--value", "y")).isEqualTo(ExitStatus.USAGE);
        assertThat(alone.err())
                .isEqualTo(
                        "feuerprobe: --metrics, --higher-is-better, --lower-is-better and --value belong to --import FORMAT\n");
    }

    @Test
    void readsATableAsAHistory() {
        Run run = gate("csv", name("k26-history.csv"));
        assertThat(run.out())
                .contains("run a025")
                .contains("regression")
                .endsWith("1 series of 30 runs: 1 change, 1 regression of the newest runs\n");
        assertThat(run.status()).isEqualTo(ExitStatus.VIOLATED);
    }

    @Test
    void readsAHistoryWithAByteOrderMark() {
        assertThat(gate("sel4bench", name("k11-bom-history.jsonl")).out())
                .startsWith("1 series of 12 runs: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5})
    void tooFewRunsAreUnknownInEveryOutput(int runs, @TempDir Path folder) throws IOException {
        StringBuilder text = new StringBuilder("time,commit,ns\n");
        for (int i = 1; i <= runs; i++) {
            text.append("2026-01-0%d,c%d,%d\n".formatted(i, i, 100 * i));
        }
        String file = Files.writeString(folder.resolve("h.csv"), text).toString();
        String why =
                runs == 0
                        ? "there is no run"
                        : "%d run%s, and a change needs 6".formatted(runs, runs == 1 ? "" : "s");
        Path junit = folder.resolve("gate.xml");
        Path markdown = folder.resolve("gate.md");

        Run run =
                gate(
                        "csv",
                        file,
                        "--annotations",
                        "--junit",
                        junit.toString(),
                        "--markdown",
                        markdown.toString());

        assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.OK);
        assertThat(run.out())
                .contains(": UNKNOWN: nothing was compared: ")
                .contains(why)
                .contains("::warning title=changes UNKNOWN::" + why)
                .doesNotContain("passed");
        assertThat(Files.readString(junit))
                .contains("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\"")
                .contains("<property name=\"verdict\" value=\"UNKNOWN\"/>")
                .contains("<skipped message=\"" + why + "\"/>");
        assertThat(Files.readString(markdown))
                .contains("- changes UNKNOWN: 1 skipped\n")
                .contains(why);
        assertThat(gate("csv", file, "--json").out())
                .contains("\"verdict\":\"UNKNOWN\"")
                .contains(why);
        assertThat(gate("csv", file, "--strict").status()).isEqualTo(ExitStatus.UNDECIDED);
    }

    @Test
    void anEmptyFileIsUnknown() {
        Run run = gate("sel4bench", name("k22-empty-history.jsonl"));
        assertThat(run.out())
                .isEqualTo("0 series of 0 runs: UNKNOWN: nothing was compared: there is no run\n");
        assertThat(run.status()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void someSeriesThatAreTooShortAreNoted(@TempDir Path folder) throws IOException {
        String file = table(folder, "ns", 10, 10);
        String text =
                Files.readString(Path.of(file)).replace("\n", ",\n").replaceFirst(",\n", ",us\n");
        Files.writeString(Path.of(file), text.replaceFirst(",\n", ",7\n"));
        assertThat(gate("csv", file).out())
                .isEqualTo(
                        """
                        note: 1 series not compared: fewer than 6 runs
                        2 series of 24 runs: 0 changes, 0 regressions of the newest runs
                        """);
        assertThat(gate("csv", file, "--strict").status()).isEqualTo(ExitStatus.OK);
    }
}
