package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.feuerprobe.change.Better;
import org.feuerprobe.change.Change;
import org.feuerprobe.change.ChangeDetector;
import org.feuerprobe.change.History;
import org.feuerprobe.exchange.MetricDirections;
import org.feuerprobe.exchange.Sel4benchHistory;
import org.feuerprobe.terminal.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GateCommandTests {
    private static final Path EXTRACT =
            Path.of("app/src/test/resources/org/feuerprobe/gate/sel4bench-haswell.jsonl");
    private static final Path DATA = Path.of("../shared/data/sel4bench-results");

    private record Run(int status, String out, String err) {}

    private static Run run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        false);
        int status = Main.run(console, arguments);
        return new Run(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The benchmark's repair of 2026-06-16: 529,000 to 1,819,000 cycles. */
    @Test
    void findsTheStepThatTheHistoryHolds() {
        Run run = run("gate", "--import", "sel4bench", EXTRACT.toString(), "--json");
        JsonNode document = JsonMapper.builder().build().readTree(run.out());
        assertThat(document.propertyNames())
                .containsExactly("series", "runs", "not_compared", "verdict", "notes", "alerts");
        assertThat(document.path("series").asInt()).isEqualTo(4);
        assertThat(document.path("runs").asInt()).isEqualTo(59);
        List<JsonNode> protect = new ArrayList<>();
        document.path("alerts")
                .forEach(alert -> {
                    if (alert.path("series").asString().endsWith("/protect_2048")
                            && alert.path("size").asDouble() > 1_000_000) {
                        protect.add(alert);
                    }
                });
        assertThat(protect).hasSize(1);
        assertThat(protect.getFirst().path("kind").asString()).isEqualTo("step");
        assertThat(protect.getFirst().path("direction").asString()).isEqualTo("regression");
        assertThat(protect.getFirst().path("run_id").isIntegralNumber()).isTrue();
    }

    @Test
    void saysWhatIsWrongWithAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.jsonl"), "{\"run_id\":1}\n");
        Run run = run("gate", "--import", "sel4bench", file.toString());
        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err())
                .isEqualTo(
                        "feuerprobe: "
                                + file
                                + ":1: ts is missing: want a time like 2026-06-12T05:57:25Z\n");
        assertThat(run("gate", "--import", "sel4bench", "none").err())
                .isEqualTo("feuerprobe: none: no such file\n");
    }

    /** Platforms are held apart, because nobody knows the next one. */
    @ParameterizedTest
    @MethodSource("platforms")
    void cryWolfOnAtMostOneInAHundredRepetitionsOfARevision(String platform) throws Exception {
        int pairs = 0;
        int alarms = 0;
        for (History history : published(platform)) {
            List<Integer> shown =
                    ChangeDetector.changes(history.values()).stream().map(Change::shown).toList();
            for (int i = 1; i < history.runs().size(); i++) {
                String before = history.runs().get(i - 1).revision();
                boolean same = history.runs().get(i).revision().equals(before);
                pairs += same ? 1 : 0;
                alarms += same && shown.contains(i) ? 1 : 0;
            }
        }
        assertThat(pairs).isGreaterThan(500);
        assertThat((double) alarms / pairs).isLessThanOrEqualTo(0.01);
    }

    static Stream<String> platforms() {
        return Stream.of("am335x_boneblack", "hifive", "odroid_c2", "pc99-haswell3", "sabre");
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void onlyTheMulticoreBenchmarkIsBetterWhenItRises(String platform) throws Exception {
        for (History history : published(platform)) {
            boolean rate = history.series().contains("/smp_");
            assertThat(history.better())
                    .as(history.series())
                    .isEqualTo(rate ? Better.HIGHER : Better.LOWER);
        }
    }

    /** As in the table of {@code docs/change-detection.md}, by one of its seeds. */
    @Test
    void findsPlantedStepsOfThreeSpreads() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        int planted = 0;
        int found = 0;
        for (History history : published("")) {
            double[] values = history.values();
            double mean = Arrays.stream(values).average().orElse(0);
            double spread =
                    Math.sqrt(
                            Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum()
                                    / (values.length - 1));
            if (values.length < 30 || spread == 0) {
                continue;
            }
            int at = 12 + random.nextInt(values.length - 15);
            double step = (random.nextBoolean() ? 3 : -3) * spread;
            for (int i = at; i < values.length; i++) {
                values[i] += step;
            }
            planted++;
            found +=
                    ChangeDetector.changes(values).stream()
                                    .anyMatch(c -> c.shown() >= at && c.shown() < at + 3)
                            ? 1
                            : 0;
        }
        assertThat(planted).isGreaterThan(100);
        assertThat((double) found / planted).isGreaterThanOrEqualTo(0.95);
    }

    /** The history of a platform; of all for an empty name. */
    private static List<History> published(String platform) throws Exception {
        assumeThat(DATA).as("the published seL4 history").isDirectory();
        Path metrics = DATA.resolve("metrics.yml");
        Sel4benchHistory history = new Sel4benchHistory();
        try (Stream<Path> files = Files.walk(DATA.resolve("2026").resolve(platform))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                history.add(file.toString(), file.toString(), Files.readString(file));
            }
        }
        return history.series(
                new MetricDirections(
                        _ -> false, _ -> false, MetricDirections.read(Files.readString(metrics))));
    }

    @Test
    void writesAPageOfEverySeries(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("history.html");
        Run run =
                run("gate", "--import", "sel4bench", EXTRACT.toString(), "--page", page.toString());
        assertThat(run.status()).as(run.err()).isLessThanOrEqualTo(ExitStatus.VIOLATED);
        assertThat(Files.readString(page)).contains("4 series of 59 runs").contains("protect_2048");
        Run refused =
                run(
                        "gate",
                        "--import",
                        "sel4bench",
                        EXTRACT.toString(),
                        "--page",
                        folder.toString());
        assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(refused.err()).startsWith("feuerprobe: --page: cannot write " + folder);
        Run alone = run("gate", "--page", page.toString());
        assertThat(alone.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(alone.err()).startsWith("feuerprobe: --page shows a history: add --history");
    }
}
