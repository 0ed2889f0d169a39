package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.feuerprobe.results.OtherTestbed;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredResults;
import org.feuerprobe.results.StoredSeries;
import org.feuerprobe.results.TestbedDifference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two real campaigns of the kernel and of its variant with the linear scan. */
@Tag("boots")
class CompareCommandTests {
    private static final Path FIRST = CapTableCampaigns.of("first");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir private Path folder;

    private final CapturedConsole console = new CapturedConsole();

    private int compare(Path base, Path now, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("compare", base.toString(), now.toString()));
        arguments.addAll(List.of(more));
        return console.run(arguments.toArray(String[]::new));
    }

    @Test
    void theSameKernelIsTheSame() {
        assertThat(compare(FIRST, CapTableCampaigns.of("second"))).as(console.err()).isZero();
        assertThat(console.out())
                .matches(
                        "no regression: (\\d+) same of \\1 points \\(instructions\\);"
                                + " 0 cost models and 0 verdicts changed\n");
    }

    @Test
    void namesOperationPointSizeModelAndVerdict() {
        assertThat(compare(FIRST, CapTableCampaigns.of("scan"))).isEqualTo(1);
        assertThat(console.out())
                .contains("CHANGE", "BENCHMARK", "POINT", "BASE", "NEW", "BY", "RATIO")
                .containsPattern("✗ worse +cap_table_alloc/\\S+ +N_caps=16 +median +22 ")
                .contains("cost model O(1) → O(N_caps)")
                .contains("✗ cap_table_alloc/target (O(1)): HOLDS → VIOLATED")
                .contains("REGRESSION: ");
        assertThat(console.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void theOtherWayRoundIsNoRegression() {
        assertThat(compare(CapTableCampaigns.of("scan"), FIRST)).isZero();
        assertThat(console.out()).contains("✓ better", "O(N_caps) → O(1)", "no regression: ");
    }

    @Test
    void saysTheSameInJson() throws Exception {
        assertThat(compare(FIRST, CapTableCampaigns.of("scan"), "--json")).isEqualTo(1);
        JsonNode document = MAPPER.readTree(console.out());
        assertThat(document.get("regression").asBoolean()).isTrue();
        assertThat(document.get("counts").get("worse").asInt()).isPositive();
        List<JsonNode> worst =
                document.get("points")
                        .valueStream()
                        .filter(point -> point.get("change").asString().equals("worse"))
                        .filter(point -> point.get("params").get("N_caps").asLong() == 65_535)
                        .toList();
        assertThat(worst).isNotEmpty();
        JsonNode worse = worst.getFirst();
        assertThat(worse.get("operation").asString()).isEqualTo("cap_table_alloc");
        assertThat(worse.get("by").asLong())
                .isEqualTo(worse.get("new").asLong() - worse.get("base").asLong());
        assertThat(worse.get("ratio").asDouble()).isGreaterThan(1_000);
        assertThat(document.get("models").get(0).get("new_class").asString())
                .isEqualTo("O(N_caps)");
    }

    /** The base as a folder of format 1, which has no seal: a test may change its manifest. */
    private Path changed(String name, UnaryOperator<String> manifest) throws Exception {
        Path other = folder.resolve(name);
        Files.createDirectories(other);
        CapturedConsole lines = new CapturedConsole();
        assertThat(lines.run("report", FIRST.toString(), "--format", "samples")).isZero();
        Files.writeString(other.resolve("samples.jsonl"), lines.out());
        Files.copy(FIRST.resolve("verdicts.json"), other.resolve("verdicts.json"));
        Files.writeString(
                other.resolve("manifest.json"),
                manifest.apply(
                        Files.readString(FIRST.resolve("manifest.json"))
                                .replace("\"schema\" : 2", "\"schema\" : 1")));
        return other;
    }

    /** Timed figures are of the machine: the same but for the fingerprint's hash. */
    @Test
    void refusesOtherFingerprintsOfTimedFiguresUnlessAsked() throws Exception {
        Path here = changed("here", text -> timed(text));
        Path there =
                changed(
                        "there",
                        text ->
                                timed(text)
                                        .replaceFirst(
                                                "\"hash\" : \"[0-9a-f]{16}\"",
                                                "\"hash\" : \"0123456789abcdef\""));

        assertThat(compare(here, there)).isEqualTo(2);
        assertThat(console.err())
                .startsWith("feuerprobe: the testbeds differ (fingerprint: \"")
                .contains("and \"0123456789abcdef\"")
                .contains("or add --across-testbeds");
        CapturedConsole asked = new CapturedConsole();
        assertThat(asked.run("compare", here.toString(), there.toString(), "--across-testbeds"))
                .isZero();
        assertThat(asked.out()).contains("testbeds differ: fingerprint: ");
        CapturedConsole beside = new CapturedConsole();
        assertThat(beside.run("report", here.toString(), there.toString(), "--format", "figures"))
                .isZero();
        assertThat(beside.err()).contains("is of another testbed (fingerprint: \"");
    }

    /** A page travels without the terminal that it was made on. */
    @Test
    void thePageSaysWhichFactsOfTwoTestbedsDiffer() throws Exception {
        Path here = changed("here", text -> microcode(timed(text), "0x1"));
        Path there =
                changed(
                        "there",
                        text ->
                                microcode(timed(text), "<0xdead>")
                                        .replaceFirst(
                                                "\"hash\" : \"[0-9a-f]{16}\"",
                                                "\"hash\" : \"0123456789abcdef\""));

        String warning =
                "there is of another testbed: it differs in fingerprint, cpu microcode. Its timed figures are not to be compared with those beside them.";
        assertThat(report(here, there, "html"))
                .contains(warning)
                .contains("<th scope=\"row\">cpu microcode</th>")
                .contains("<td>&lt;0xdead&gt;</td>")
                .doesNotContain("<th scope=\"row\">cpu family</th>");
        assertThat(report(here, there, "md"))
                .contains("**" + warning + "**")
                .contains("| cpu microcode | 0x1 | &lt;0xdead&gt; |");
        assertThat(report(here, here, "html")).doesNotContain("another testbed");
        assertThat(report(here, here, "md")).doesNotContain("another testbed");
    }

    /** Though no measurement is of both, its columns must not pass for those of the first. */
    @Test
    void everySeriesOfAnotherTestbedBearsItsName() throws Exception {
        StoredCampaign first = StoredResults.read(FIRST);
        StoredCampaign alloc = first.only(s -> s.operation().equals("cap_table_alloc"));
        StoredCampaign others = first.only(s -> !s.operation().equals("cap_table_alloc"));
        OtherTestbed elsewhere =
                new OtherTestbed(
                        "there", List.of(new TestbedDifference("cpu", "here's", "there's")));

        assertThat(alloc.series()).isNotEmpty();
        assertThat(others.series()).isNotEmpty();
        assertThat(alloc.with("there", others, Optional.empty()).series())
                .extracting(StoredSeries::target)
                .containsOnly("qemu");
        assertThat(alloc.with("there", others, Optional.of(elsewhere)).series())
                .filteredOn(s -> !s.operation().equals("cap_table_alloc"))
                .extracting(StoredSeries::target)
                .containsOnly("qemu (there)");
    }

    private static String report(Path here, Path there, String format) {
        CapturedConsole page = new CapturedConsole();
        assertThat(
                        page.run(
                                "report",
                                here.toString(),
                                there.toString(),
                                "--format",
                                format,
                                "--out",
                                "-"))
                .isZero();
        return page.out();
    }

    /** This machine may not tell its own. */
    private static String microcode(String manifest, String version) {
        return manifest.replaceFirst(
                "(\"cpu microcode\") : \"[^\"]*\"", "$1 : \"" + version + "\"");
    }

    private static String timed(String manifest) {
        return manifest.replaceFirst("\"exact\" : true", "\"exact\" : false");
    }

    @Test
    void refusesOtherTestbedsUnlessAsked() throws Exception {
        Path other = changed("other", text -> text.replace("QEMU emulator", "Other emulator"));

        assertThat(compare(FIRST, other)).isEqualTo(2);
        assertThat(console.err())
                .startsWith("feuerprobe: the testbeds differ (emulator: \"QEMU")
                .contains("--across-testbeds");
        assertThat(console.out()).isEmpty();
        CapturedConsole asked = new CapturedConsole();
        assertThat(asked.run("compare", FIRST.toString(), other.toString(), "--across-testbeds"))
                .isZero();
        assertThat(asked.out()).contains("testbeds differ: emulator: ", "no regression: ");
    }

    @Test
    void takesCampaignsOfAnArchive() {
        assertThat(
                        console.run(
                                "compare",
                                "first",
                                "second",
                                "--archive",
                                CapTableCampaigns.folder().toString()))
                .as(console.err())
                .isZero();
        assertThat(console.out()).contains("no regression: ");
    }

    @Test
    void namesWhatCannotBeRead() {
        assertThat(
                        console.run(
                                "compare",
                                FIRST.toString(),
                                "nothing",
                                "--archive",
                                folder.toString()))
                .isEqualTo(2);
        assertThat(console.err())
                .startsWith("feuerprobe: nothing: no such results folder, and archive ")
                .contains("has no campaign 'nothing'");
    }
}
