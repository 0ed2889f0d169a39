package org.feuerprobe.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.feuerprobe.page.ReportPage;
import org.feuerprobe.probe.HarmlessText;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.results.Documents;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.testing.Golden;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ReportTests {
    private static final String FOLDER = "org/feuerprobe/report/";

    @Test
    void writesTheVerdictsAsJson() throws IOException {
        Golden.check(FOLDER + "verdicts.json", Documents.verdicts(Reports.plain()));
    }

    @Test
    void writesTheManifestAsJson() throws IOException {
        Golden.check(FOLDER + "manifest.json", Documents.manifest(Reports.plain()));
    }

    @Test
    void writesOneLineForEachPointAndBoot() throws IOException {
        Golden.check(FOLDER + "samples.jsonl", samples(Reports.plain()));
    }

    @Test
    void writesMeasurementsAndBenchmarksAsJson() throws IOException {
        Golden.check(
                FOLDER + "measurements.json",
                Documents.measurements(List.of(Reports.plain().result())));
        Golden.check(FOLDER + "benchmarks.json", Documents.benchmarks(List.of(Reports.ALLOC)));
    }

    @Test
    void printsMeasurementsAndBenchmarksAsTables() throws IOException {
        Golden.check(
                FOLDER + "measurements.txt",
                BenchTable.measurements(Reports.measurements("alloc", "alloc/full", "N"), 0));
        Golden.check(FOLDER + "benchmarks.txt", BenchTable.catalogue(List.of(Reports.ALLOC), 0));
        Golden.check(
                FOLDER + "throughput.txt",
                BenchTable.throughput(Reports.measurements("copy", "copy/one_way", "bytes"), 0));
    }

    @Test
    void aNarrowTableOfMeasurementsLeavesOutWhatIsTheSameInAllRows() {
        List<Measurement> measured =
                new ArrayList<>(Reports.measurements("alloc", "alloc/full", "N"));
        String text = BenchTable.measurements(measured, 50);
        assertThat(BenchTable.measurements(measured, 60)).contains("MEAN   TWIN");
        assertThat(text)
                .startsWith("instructions, N = ")
                .contains("BENCHMARK   POINT  ")
                .doesNotContain("METRIC")
                .doesNotContain("TWIN");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(50));
    }

    @Test
    void groupsLargeNumbersAndRoundsSmallOnes() {
        assertThat(Numbers.grouped(4_593_210.4)).isEqualTo("4,593,210");
        assertThat(Numbers.grouped(999.96)).isEqualTo("1,000");
        assertThat(Numbers.grouped(999.94)).isEqualTo("999.9");
        assertThat(Numbers.grouped(0.12345)).isEqualTo("0.1235");
        assertThat(Numbers.grouped(1e18)).isEqualTo("1e+18");
    }

    @Test
    void printsTheVerdictsAsATable() throws IOException {
        Golden.check(FOLDER + "verdicts.txt", terminal(false, Reports.plain()));
    }

    @Test
    void coloursOnlyTheVerdicts() throws IOException {
        String coloured = terminal(true, Reports.plain());
        Golden.check(FOLDER + "verdicts-coloured.txt", coloured);
        assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", ""))
                .isEqualTo(terminal(false, Reports.plain()));
    }

    @Test
    void showsTheCampaignAsAPage() throws IOException {
        Golden.check(
                FOLDER + "report.html", body(ReportPage.html(Reports.stored(Reports.plain()))));
    }

    @Test
    void thePageIsWholeAndAsksForNothingFromOutside() {
        String page = body(ReportPage.html(Reports.stored(Reports.plain())));
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains(
                        "<svg",
                        "alloc/full",
                        "Two boots with seed 1 gave identical counts (24 values)")
                .doesNotContain("http:", "https:", "url(", "@import", "javascript:", " src=")
                .doesNotContainPattern(" href=\"[^#]");
        assertThat(page.split("verdict-link", -1)).hasSize(1 + 6);
    }

    /** Cycles never repeat, which is no fault of the campaign. */
    @Test
    void thePageSaysNothingOfTimedValuesThatDiffer() {
        assertThat(ReportPage.html(Reports.stored(Reports.timed())))
                .contains("alloc/full")
                .doesNotContain("with seed 1 differ");
    }

    @Test
    void thePageShowsHostileNamesHarmless() {
        String whole = ReportPage.html(Reports.stored(Reports.hostile()));
        String page = body(whole);
        harmless(page);
        assertThat(whole.split("(?i)<script", -1)).hasSize(3);
        assertThat(page)
                .contains("&lt;script&gt;alert(")
                .contains(
                        "Two boots with seed 1 differ, so counts are not exact here: &lt;script&gt;");
        // No quote of the stranger's ends an attribute.
        assertThat(Pattern.compile("aria-label=\"[^\"]*\"[^ >]").matcher(page).find()).isFalse();
    }

    @Test
    void theTableShowsHostileNamesHarmless() {
        String table = terminal(false, Reports.hostile());
        harmless(table);
        assertThat(table.lines().limit(7)).hasSize(7).allMatch(line -> line.length() < 300);
        harmless(terminal(true, Reports.hostile()).replaceAll("\u001b\\[[0-9]+m", ""));
    }

    @Test
    void jsonKeepsHostileNamesWholeAndHarmless() throws IOException {
        String verdicts = Documents.verdicts(Reports.hostile());
        harmless(verdicts);
        harmless(Documents.manifest(Reports.hostile()));
        harmless(samples(Reports.hostile()));
        JsonNode read = JsonMapper.builder().build().readTree(verdicts);
        assertThat(read.get("subject").asString()).isEqualTo(Reports.HOSTILE);
        assertThat(read.get("verdicts").get(0).get("source").get("document").asString())
                .isEqualTo(Reports.HOSTILE);
        JsonNode line =
                JsonMapper.builder()
                        .build()
                        .readTree(samples(Reports.hostile()).lines().findFirst().orElseThrow());
        assertThat(line.get("benchmark").asString()).isEqualTo(Reports.HOSTILE);
    }

    @Test
    void jsonKeepsCharactersBeyondTheFirstPlane() {
        String emoji =
                Documents.measurements(
                        List.of(
                                Reports.plain()
                                        .result()
                                        .with(Reports.measurements("😀", "µ…", "N"), List.of())));
        JsonNode read = JsonMapper.builder().build().readTree(emoji);
        assertThat(read.get("measurements").get(0).get("operation").asString()).isEqualTo("😀");
        assertThat(emoji).contains("\"µ…\"");
    }

    @Test
    void aTableWithoutVerdictsIsItsHeadings() {
        assertThat(new VerdictTable(true, 100).table(List.of()))
                .isEqualTo("BOUND  CLAIM  VERDICT  MEASURED  RANGE\n");
    }

    @Test
    void aTerminalIsNeverTooNarrowForAWord() {
        for (int columns : new int[] {60, 80, 100}) {
            for (CampaignReport report : List.of(Reports.plain(), Reports.hostile())) {
                String text = new CampaignScreen(false, columns).of(Reports.stored(report));
                assertThat(text.lines().filter(line -> line.length() > columns))
                        .as("%d columns", columns)
                        .allMatch(line -> line.strip().indexOf(' ') < 0);
                harmless(text);
            }
        }
    }

    @Test
    void aPipeGetsWholeLinesInTheOrderOfTheBounds() throws IOException {
        Golden.check(
                FOLDER + "verdicts-piped.txt",
                new CampaignText(false, 0).everything(Reports.stored(Reports.plain())));
    }

    /** The page without our own style and script. */
    private static String body(String page) {
        return page.replaceAll("(?s)<style>.*?</style>", "<style></style>")
                .replaceAll("(?s)<script>.*</script>", "<script></script>")
                .replaceAll("sha256-[^&]*", "sha256-");
    }

    private static String terminal(boolean colour, CampaignReport report) {
        return new CampaignScreen(colour, 100).of(Reports.stored(report));
    }

    private static String samples(CampaignReport report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Documents.samples(report.result().measurements(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void harmless(String text) {
        assertThat(text.split("\n", -1))
                .allSatisfy(line -> assertThat(HarmlessText.of(line)).isEqualTo(line));
    }
}
