package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Real campaigns and their bounds, counts and history. */
@Tag("boots")
class CampaignGateTests {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir private static Path folder;

    private final CapturedConsole console = new CapturedConsole();

    private int gate(Path results, String... more) {
        List<String> arguments = new ArrayList<>(List.of("gate", results.toString()));
        arguments.addAll(List.of(more));
        return console.run(arguments.toArray(String[]::new));
    }

    @Test
    void boundsNeedNoHistory() throws Exception {
        Path junit = folder.resolve("bounds.xml");
        assertThat(gate(CapTableCampaigns.of("first"), "--junit", junit.toString()))
                .as(console.err())
                .isZero();
        assertThat(console.out())
                .contains("note: changes were not asked for")
                .containsPattern("bounds passed: \\d+ skipped, \\d+ passed\n");
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(junit.toFile());
        assertThat(document.getElementsByTagName("failure").getLength()).isZero();
        assertThat(document.getElementsByTagName("skipped").getLength()).isPositive();
    }

    @Test
    void aViolatedBoundFails() throws Exception {
        Path markdown = folder.resolve("scan.md");
        assertThat(
                        gate(
                                CapTableCampaigns.of("scan"),
                                "--annotations",
                                "--markdown",
                                markdown.toString()))
                .isEqualTo(1);
        assertThat(console.out())
                .contains("✗ cap_table_alloc/target  O(1): VIOLATED")
                .contains("::error title=cap_table_alloc/target::O(1): VIOLATED")
                .contains("bounds FAILED: ");
        assertThat(Files.readString(markdown))
                .contains("| failed | bounds | cap\\_table\\_alloc/target |");
    }

    @Test
    void exactCountsAreHeldAgainstTheArchivesNewestOfTheSameBuild() {
        assertThat(
                        gate(
                                CapTableCampaigns.of("second"),
                                "--history",
                                CapTableCampaigns.folder().toString()))
                .as(console.err())
                .isZero();
        assertThat(console.out()).containsPattern("changes passed: \\d+ passed\n");
        CapturedConsole scan = new CapturedConsole();
        assertThat(
                        scan.run(
                                "gate",
                                CapTableCampaigns.of("scan").toString(),
                                "--history",
                                CapTableCampaigns.of("first").toString(),
                                "--json"))
                .isEqualTo(1);
        JsonNode document = MAPPER.readTree(scan.out());
        assertThat(document.path("verdicts").get(1).asString())
                .isEqualTo("changes UNKNOWN: 1 skipped");
        assertThat(document.path("notes").get(0).asString()).contains("built differently");
    }

    /** Eight runs of a timed target that scatter by one, and one that costs half as much again. */
    @Test
    void aTimedCostIsHeldAgainstItsRuns() throws Exception {
        List<String> history = new ArrayList<>(List.of("--history"));
        for (int i = 1; i <= 8; i++) {
            int by = i % 3;
            history.add(timed("run" + i, "2026-01-0" + i, value -> value + by).toString());
        }
        String[] places = history.toArray(String[]::new);
        assertThat(gate(timed("same", "2026-01-09", value -> value + 1), places))
                .as(console.err() + console.out())
                .isZero();
        assertThat(console.out()).containsPattern("changes passed: \\d+ passed\n");

        CapturedConsole dear = new CapturedConsole();
        List<String> arguments = new ArrayList<>(history);
        Path now = timed("dear", "2026-01-09", value -> value + value / 2);
        arguments.addAll(0, List.of("gate", now.toString()));
        assertThat(dear.run(arguments.toArray(String[]::new))).isEqualTo(1);
        assertThat(dear.out())
                .containsPattern(
                        "✗ cap_table_alloc/\\w+ N_caps=16  worse: median \\d+ instructions, where 8 earlier campaigns predict")
                .containsPattern("bounds passed: ");

        CapturedConsole restarted = new CapturedConsole();
        arguments.addAll(List.of("--since", "2026-01-06"));
        assertThat(restarted.run(arguments.toArray(String[]::new))).isZero();
        assertThat(restarted.out())
                .containsPattern("changes UNKNOWN: \\d+ skipped")
                .contains("3 earlier campaigns: too few to test, 5 are needed");
    }

    /**
     * What a copy of the kernel's counts pretends is not what the kernel costs when asked again.
     */
    @Test
    void onlyWhatPersistsInARerunIsAnAlert() throws Exception {
        List<String> low = new ArrayList<>(List.of("--history"));
        List<String> real = new ArrayList<>(List.of("--history"));
        for (int i = 1; i <= 8; i++) {
            int by = i % 3;
            low.add(timed("low" + i, "2026-02-0" + i, value -> value * 2 / 3 + by).toString());
            real.add(timed("real" + i, "2026-02-0" + i, value -> value + by).toString());
        }
        low.add("--rerun");
        Path step = timed("step", "2026-02-09", value -> value);
        assertThat(gate(step, low.toArray(String[]::new))).as(console.err()).isEqualTo(1);
        assertThat(console.out())
                .containsPattern(
                        "✗ cap_table_\\S+ .*worse: .*; confirmed by rerun: median \\d+ instructions")
                .containsPattern("note: suspects measured again: \\d+ confirmed, 0 did");

        Path once = timed("once", "2026-02-09", value -> value + value / 2);
        CapturedConsole unasked = new CapturedConsole();
        real.addAll(0, List.of("gate", once.toString()));
        assertThat(unasked.run(real.toArray(String[]::new))).isEqualTo(1);
        assertThat(unasked.out())
                .contains("note: --rerun measures these changes again before the gate fails");
        CapturedConsole asked = new CapturedConsole();
        real.add("--rerun");
        assertThat(asked.run(real.toArray(String[]::new))).as(asked.err()).isZero();
        assertThat(asked.out()).containsPattern("again: 0 confirmed, \\d+ did not persist, 0 open");
    }

    @Test
    void anotherKernelThanTheMeasuredOneIsNotRerun() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--rerun", "--history"));
        for (int i = 1; i <= 8; i++) {
            int by = i % 3;
            arguments.add(timed("l" + i, "2026-03-0" + i, value -> value * 2 / 3 + by).toString());
        }
        Path foreign = timed("foreign", "2026-03-09", value -> value);
        Path manifest = foreign.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replaceFirst("(\"sha256\" ?: ?\")[0-9a-f]{8}", "$100000000"));
        assertThat(gate(foreign, arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(console.err())
                .startsWith("feuerprobe: --rerun: the kernel here, ")
                .contains("is not the one that was measured");
    }

    /** A recording repeats itself: that confirms nothing. */
    @Test
    void aRecordingIsNotMeasuredAgain() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--rerun", "--history"));
        for (int i = 1; i <= 8; i++) {
            int by = i % 3;
            arguments.add(timed("r" + i, "2026-04-0" + i, value -> value * 2 / 3 + by).toString());
        }
        Path recorded = timed("recorded", "2026-04-09", value -> value);
        Path log = Files.writeString(folder.resolve("board.log"), "");
        Path manifest = recorded.resolve("manifest.json");
        ObjectNode document = (ObjectNode) MAPPER.readTree(Files.readString(manifest));
        ArrayNode command = MAPPER.createArrayNode();
        List.of("feuerprobe", "validate", "--target", "image", "--serial", log.toString())
                .forEach(command::add);
        document.set("command", command);
        Files.writeString(manifest, MAPPER.writeValueAsString(document));

        assertThat(gate(recorded, arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(
                        "feuerprobe: --rerun: the campaign was read from the recording %s, which gives the same values again: record the kernel again, and run validate on that\n"
                                .formatted(log));
    }

    /** Six runs, a step in the seventh that is accepted, and the eighth. */
    @Test
    void anAcceptedChangeIsWhereTheHistoryBeginsAnew() throws Exception {
        for (int i = 1; i <= 6; i++) {
            int by = i % 3;
            copy("accepted", "run" + i, "2026-04-0" + i, false, value -> value + by);
        }
        Path step = copy("accepted", "run7", "2026-04-07", false, value -> value + 40);
        String archive = folder.resolve("accepted").toString();
        assertThat(gate(step, "--history", archive)).isEqualTo(1);
        assertThat(console.err())
                .as("a command that can be typed as it stands")
                .contains(
                        "if this is meant: feuerprobe gate %s --history %s --accept \"why\""
                                .formatted(step, archive));

        CapturedConsole accepted = new CapturedConsole();
        assertThat(accepted.run("gate", step.toString(), "--history", archive, "--accept", "safer"))
                .as(accepted.err())
                .isZero();
        assertThat(accepted.out())
                .containsPattern("accepted in .* from 2026-04-07T00:00:00Z on: \\d+ points?\n");

        CapturedConsole again = new CapturedConsole();
        assertThat(again.run("gate", step.toString(), "--history", archive)).isZero();
        assertThat(again.out()).contains("accepted: safer\n").contains("changes passed: ");

        Path next = copy("accepted", "run8", "2026-04-08", false, value -> value + 40);
        CapturedConsole later = new CapturedConsole();
        assertThat(later.run("gate", next.toString(), "--history", archive, "--json")).isZero();
        assertThat(later.out())
                .contains(
                        "too few runs since its history starts again with 2026-04-07T00:00:00Z: safer");

        CapturedConsole list = new CapturedConsole();
        assertThat(list.run("archive", "list", "--archive", archive)).isZero();
        assertThat(list.err()).contains("accepted with 2026-04-07T00:00:00Z: ");
    }

    /** Counts: the accepted campaign passes, and is what the next is held against. */
    @Test
    void anAcceptedCountPassesAndIsTheNextBaseline() throws Exception {
        copy("counts", "run1", "2026-04-01", true, value -> value);
        Path more = copy("counts", "run2", "2026-04-02", true, value -> value + 1);
        String archive = folder.resolve("counts").toString();
        assertThat(gate(more, "--history", archive)).isEqualTo(1);
        assertThat(gate(more, "--history", archive, "--accept", "one check more")).isZero();
        CapturedConsole again = new CapturedConsole();
        assertThat(again.run("gate", more.toString(), "--history", archive)).isZero();
        assertThat(again.out()).containsPattern("changes passed: \\d+ passed\n");
        Path yetMore = copy("counts", "run3", "2026-04-03", true, value -> value + 2);
        assertThat(new CapturedConsole().run("gate", yetMore.toString(), "--history", archive))
                .isEqualTo(1);
    }

    @Test
    void acceptanceNeedsAnArchiveAndAChange() throws Exception {
        String first = CapTableCampaigns.of("first").toString();
        assertThat(gate(CapTableCampaigns.of("second"), "--history", first, "--accept", "why"))
                .isZero();
        assertThat(console.out()).startsWith("nothing to accept: ");
        Path dear = copy("lone", "dear", "2099-01-01", true, value -> value + 1);
        assertThat(gate(dear, "--history", first, "--accept", "why")).isEqualTo(2);
        assertThat(console.err()).contains("--accept: an archive keeps what is accepted");

        CapturedConsole nowhere = new CapturedConsole();
        assertThat(nowhere.run("gate", dear.toString(), "--accept", "why")).isEqualTo(2);
        assertThat(nowhere.err())
                .isEqualTo(
                        "feuerprobe: --accept: name the file of accepted counts with --baseline FILE, or the earlier campaigns with --history PLACE\n");
    }

    /** One instruction more in the second of three campaigns, and back in the third. */
    @Test
    void everyDifferenceOfExactCountsIsAStepOnThePage() throws Exception {
        copy("steps", "run1", "2026-05-01", true, value -> value);
        copy("steps", "run2", "2026-05-02", true, value -> value + 1);
        Path last = copy("steps", "run3", "2026-05-03", true, value -> value);
        String archive = folder.resolve("steps").toString();
        Path page = folder.resolve("page.html");
        assertThat(gate(last, "--history", archive, "--page", page.toString())).isZero();
        String html = Files.readString(page);
        assertThat(html)
                .containsPattern("\\d+ series of 3 runs: \\d+ changes; ")
                .containsPattern("Run run2 \\([0-9a-f]{12}\\): \\d+ → \\d+ \\(\\+1, ")
                .containsPattern("Run run3 \\([0-9a-f]{12}\\): \\d+ → \\d+ \\(-1, ");

        CapturedConsole report = new CapturedConsole();
        assertThat(report.run("report", last.toString(), "--history", archive))
                .as(report.err())
                .isZero();
        assertThat(Files.readString(last.resolve("report.html")))
                .contains("<a href=\"history.html\">");
        assertThat(Files.readString(last.resolve("history.html"))).isEqualTo(html);
    }

    /** The first campaign as one of format 1, which has no seal, with other times and values. */
    private static Path timed(String name, String day, LongUnaryOperator value) throws Exception {
        return copy("timed", name, day, false, value);
    }

    private static Path copy(
            String archive, String name, String day, boolean repeats, LongUnaryOperator value)
            throws Exception {
        Path copy = Files.createDirectories(folder.resolve(archive).resolve(name));
        CapturedConsole lines = new CapturedConsole();
        assertThat(
                        lines.run(
                                "report",
                                CapTableCampaigns.of("first").toString(),
                                "--format",
                                "samples"))
                .isZero();
        Files.writeString(
                copy.resolve("samples.jsonl"),
                lines.out()
                        .lines()
                        .map(line -> changed(line, value) + "\n")
                        .collect(Collectors.joining()));
        Files.copy(
                CapTableCampaigns.of("first").resolve("verdicts.json"),
                copy.resolve("verdicts.json"));
        ObjectNode manifest =
                (ObjectNode)
                        MAPPER.readTree(
                                Files.readString(
                                        CapTableCampaigns.of("first").resolve("manifest.json")));
        manifest.put("schema", 1).put("exact", repeats).put("began", day + "T00:00:00Z");
        Files.writeString(copy.resolve("manifest.json"), MAPPER.writeValueAsString(manifest));
        return copy;
    }

    private static String changed(String line, LongUnaryOperator value) {
        ObjectNode entry = (ObjectNode) MAPPER.readTree(line);
        ArrayNode changed = MAPPER.createArrayNode();
        entry.path("samples").forEach(sample -> changed.add(value.applyAsLong(sample.asLong())));
        return MAPPER.writeValueAsString(entry.set("samples", changed));
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(gate(CapTableCampaigns.of("first"), "--history", "nowhere")).isEqualTo(2);
        assertThat(gate(CapTableCampaigns.of("first"), "--since", "yesterday")).isEqualTo(2);
        assertThat(gate(CapTableCampaigns.of("first"), "--rerun")).isEqualTo(2);
        assertThat(gate(folder.resolve("nothing"))).isEqualTo(2);
        assertThat(console.run("gate", "--history", folder.toString())).isEqualTo(2);
        assertThat(console.err().lines())
                .hasSize(5)
                .allMatch(line -> line.startsWith("feuerprobe: "));
    }
}
