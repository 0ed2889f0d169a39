package org.feuerprobe.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.feuerprobe.bound.BoundsFile;
import org.feuerprobe.plot.Plot;
import org.feuerprobe.report.CsvReport;
import org.feuerprobe.report.MarkdownReport;
import org.feuerprobe.report.MeasuredFigure;
import org.feuerprobe.report.RefinedBounds;
import org.feuerprobe.report.SyntheticResults;
import org.feuerprobe.results.ChangesSince;
import org.feuerprobe.results.Context;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredResults;
import org.feuerprobe.results.StoredVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTests {
    @TempDir private Path folder;

    private StoredCampaign rich() throws Exception {
        return StoredResults.read(SyntheticResults.rich(16).write(folder.resolve("rich")));
    }

    @Test
    void saysTheOutcomeFirstAndExplainsEachVerdict() throws Exception {
        String html = ReportPage.html(rich());

        assertThat(html)
                .contains(
                        "<h1>Synthetic: 2 of 8 bounds are violated; 3 hold; 1 inconclusive; 1 not exercised; 1 not measurable here</h1>")
                .contains("Claimed: O(1). The documents make it a target: docs/send, costs.")
                .contains(
                        "Measured: send/warm at 13 points, N from 16 to 65,536, in 4 boots: 832 values in ns on linux")
                .contains(
                        "<h2 id=\"discrepancies\">Documents that contradict each other</h2>",
                        "send <span class=\"soft\">figures in ns</span>",
                        "480 to 1,200, a factor of 2.5")
                .contains("feuerprobe validate --seed 7 --only send</pre>");
    }

    @Test
    void drawsEveryKindOfChart() throws Exception {
        assertThat(ReportPage.plots(rich()).stream().map(Plot::id))
                .containsExactly(
                        "op-0-b0-cost",
                        "op-0-b0-residuals",
                        "op-0-b0-histogram",
                        "op-0-b0-ecdf",
                        "op-0-b0-tail",
                        "op-0-b0-boots",
                        "op-1-b0-cost",
                        "op-1-b0-residuals",
                        "op-1-b0-histogram",
                        "op-1-b0-ecdf",
                        "op-1-b0-tail",
                        "op-1-b0-boots",
                        "op-1-b0-map");
        Plot cost = ReportPage.plots(rich()).getFirst();
        assertThat(cost.layers().stream().map(Plot.Layer::name))
                .containsExactly(
                        "bound O(1), from the smallest point",
                        "bound O(N), from the smallest point",
                        "95 % band",
                        "model",
                        "change of regime",
                        "samples",
                        "min to max",
                        "median",
                        "limit p99 <= 480 ns",
                        "limit p99 <= 1200 ns");
    }

    @Test
    void theBandLiesAroundTheModel() throws Exception {
        Plot cost = ReportPage.plots(rich()).getFirst();
        Plot.Layer band = cost.layers().get(2);
        Plot.Layer model = cost.layers().get(3);
        for (int i = 0; i < model.x().length; i++) {
            assertThat(model.y()[i]).isBetween(band.y()[i], band.z()[i]);
            assertThat(band.z()[i] - band.y()[i]).isLessThan(model.y()[i] * 0.2);
        }
    }

    @Test
    void letsNoStrangerWriteMarkup() throws Exception {
        StoredCampaign hostile =
                StoredResults.read(SyntheticResults.hostile().write(folder.resolve("hostile")));
        String html = ReportPage.html(hostile);
        assertThat(count(html, "<script")).isEqualTo(2);
        assertThat(html).doesNotContain("<script>alert", "\u202e", "\u0007", "\u001b");
        assertThat(count(html, "</title>")).isEqualTo(1);
        assertThat(html.length()).isLessThan(400_000);
        assertThat(MarkdownReport.of(hostile)).doesNotContain("<script", "\u202e", "\u001b");
        assertThat(CsvReport.verdicts(hostile))
                .contains("'=cmd|' /C calc'!A0")
                .doesNotContain("\u202e", "\u001b", "\r\n=");
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void asksForNothingFromOutside() throws Exception {
        String html = ReportPage.html(rich());

        assertThat(html)
                .contains("default-src &#39;none&#39;", "script-src &#39;sha256-")
                .doesNotContainPattern("(src|href)=\"(https?:|//)")
                .doesNotContain("@import");
    }

    @Test
    void refinedBoundsCanBeReadAgain() throws Exception {
        String yaml = RefinedBounds.yaml(rich()).orElseThrow();

        BoundsFile bounds = BoundsFile.parse("refined.yaml", yaml);
        assertThat(bounds.bounds().stream().map(b -> b.id() + " " + b.claim()))
                .containsExactly("send/measured-growth O(N)", "join/measured-growth O(K·S)");
        assertThat(bounds.bounds().getFirst().note())
                .startsWith(
                        "Measured: 304 + 0.0507·N; cost +910 past N = 4096, over N from 16 to 65536.");
    }

    @Test
    void refinedBoundsOfHostileResultsCanBeReadAgain() throws Exception {
        StoredCampaign hostile =
                StoredResults.read(SyntheticResults.hostile().write(folder.resolve("hostile")));

        BoundsFile bounds =
                BoundsFile.parse("refined.yaml", RefinedBounds.yaml(hostile).orElseThrow());
        assertThat(bounds.bounds()).hasSize(1);
    }

    @Test
    void namesWhatIsWrongWithAFolder() throws Exception {
        Path results = SyntheticResults.rich(4).write(folder.resolve("broken"));

        assertThatThrownBy(() -> StoredResults.read(folder.resolve("none")))
                .hasMessage(
                        folder.resolve("none")
                                + ": no such folder: name one that feuerprobe validate wrote");
        Path samples = results.resolve("samples.jsonl");
        Files.writeString(samples, Files.readString(samples) + "{\"samples\":[1,\"x\"]}\n");
        assertThatThrownBy(() -> StoredResults.read(results))
                .hasMessage(samples + ":133: samples: want numbers");
        Files.delete(samples);
        assertThatThrownBy(() -> StoredResults.read(results))
                .hasMessage(
                        samples
                                + ": is missing: the folder is not a complete result of feuerprobe validate");
        Files.writeString(results.resolve("manifest.json"), "{\"schema\": 9}");
        assertThatThrownBy(() -> StoredResults.read(results))
                .hasMessage(
                        results.resolve("manifest.json")
                                + ": schema 9, and this program reads schema 1 to 2: use the version that wrote it");
    }

    @Test
    void staysUnderFiveMegabytesForAFullCampaign() throws Exception {
        String html =
                ReportPage.html(
                        StoredResults.read(
                                SyntheticResults.large(60).write(folder.resolve("large"))));
        assertThat(html.length()).isLessThan(5_000_000);
    }

    /** The same name as on the terminal, in JSON and in the documents. */
    @Test
    void namesEachVerdictAsTheTerminalDoes() throws Exception {
        StoredCampaign campaign = rich();
        String html = ReportPage.html(campaign);
        campaign.counts()
                .forEach((kind, count) ->
                        assertThat(html)
                                .contains("</span>%d %s</li>".formatted(count, kind))
                                .containsPattern(
                                        "(</code> |</span>|<td [^>]*>)"
                                                + kind
                                                + "(</a>|</td>|: )"));
        assertThat(html)
                .doesNotContainIgnoringCase("loosely")
                .doesNotContainIgnoringCase("undecided")
                .doesNotContainIgnoringCase("not decided");
    }

    @Test
    void theMatrixShowsEachVerdictWithItsNumber() throws Exception {
        StoredCampaign campaign = rich();
        String html = ReportPage.html(campaign);
        String matrix =
                html.substring(
                        html.indexOf("<h2 id=\"verdicts\">"), html.indexOf("<h2 id=\"fitness\">"));
        List<String> figures =
                campaign.verdicts().stream()
                        .map(verdict -> MeasuredFigure.of(verdict, "ns"))
                        .filter(figure -> !figure.isEmpty())
                        .toList();
        assertThat(figures).hasSizeGreaterThan(2);
        assertThat(figures)
                .allSatisfy(figure ->
                        assertThat(matrix)
                                .contains("<span class=\"figure\">" + figure + "</span>"));
    }

    /** A limit without a unit is in its campaign's metric, and no line in a chart of misses. */
    @Test
    void drawsNoLimitOfAnotherUnit() throws Exception {
        Path results = SyntheticResults.rich(16).write(folder.resolve("unitless"));
        Path file = results.resolve("verdicts.json");
        Files.writeString(file, Files.readString(file).replace("p99 <= 480 ns", "p99 <= 480"));
        List<StoredVerdict> verdicts = StoredResults.read(results).verdicts();

        assertThat(DistributionPlots.limits(verdicts, "ns"))
                .extracting(Plot.Layer::name)
                .containsExactly("limit p99 <= 480", "limit p99 <= 1200 ns");
        assertThat(DistributionPlots.limits(verdicts, "l1d_misses")).isEmpty();
        assertThat(DistributionPlots.limits(verdicts, "cycles"))
                .extracting(Plot.Layer::name)
                .containsExactly("limit p99 <= 9 cycles");
    }

    @Test
    void foldsTheBoundsThatTheCampaignBeforeDidNotHave() throws Exception {
        List<String> added = IntStream.range(0, 178).mapToObj(i -> "bound/" + i).toList();
        StoredCampaign campaign =
                rich().with(
                                new Context(
                                        Optional.of(
                                                new ChangesSince(
                                                        "old",
                                                        "2026-01-01T00:00:00Z",
                                                        List.of(),
                                                        List.of(),
                                                        List.of(),
                                                        1,
                                                        added)),
                                        List.of(),
                                        List.of()));
        assertThat(ReportPage.html(campaign))
                .contains(
                        "<details>\n<summary>178 bounds were not in that campaign</summary>\n<p>"
                                + String.join(", ", added)
                                + "</p>\n</details>");
    }
}
