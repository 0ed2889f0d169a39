package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.feuerprobe.report.MarkdownReport;
import org.feuerprobe.results.StoredResults;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Times of boots whose clock was not found fit are shown, and never as if they were sound. */
@Tag("boots")
class BenchClockTests {
    private static final long[] AGREES = {1000, 400, 1000, 400, 1000, 401};
    private static final long[] APART = {1000, 1000, 1000, 1300, 1000, 800};
    private static final long[] ALONE = {};

    private final CapturedConsole console = new CapturedConsole();

    @TempDir private Path folder;

    private void bench(String unit, List<String> more, long[]... boots) throws Exception {
        Path recorded = BoardRecording.write(folder.resolve("board.log"), boots);
        List<String> words = new ArrayList<>();
        Collections.addAll(words, "bench", "--target", "image", "--unit", unit);
        Collections.addAll(words, "--serial", recorded.toString());
        words.addAll(more);
        assertThat(console.run(words.toArray(String[]::new))).as(console.err()).isZero();
    }

    private JsonNode unfit() {
        return JsonMapper.builder().build().readTree(console.out()).at("/measurements/0/unfit");
    }

    @Test
    void theTableIsFollowedByWhatWasFoundOfTheClocks() throws Exception {
        bench("cycles", List.of(), AGREES, APART);

        assertThat(console.out().lines().skip(1).findFirst().orElseThrow())
                .startsWith("yield/same");
        assertThat(console.out())
                .endsWith(
                        "\ncycles of target image are not sound: in 1 of 2 boots the clock was not trustworthy; boot 2: UNFIT: empty pair 50 ticks, 90th percentile 51; step unknown; never runs backwards; 1.0000 ticks of a second clock per tick, within 20.00 % (3 spans): use a quieter machine, or a kernel that counts spans by a second clock; what this machine is fit for: feuerprobe testbed\n");
    }

    @Test
    void ratesAreFollowedByItAsWell() throws Exception {
        bench("cycles", List.of("--throughput"), APART);

        assertThat(console.out()).contains("OPERATIONS", "not sound: in 1 of 1 boot the clock");
    }

    @Test
    void jsonHoldsItWithEachMeasurement() throws Exception {
        bench("ms", List.of("--json"), AGREES, ALONE, APART);

        assertThat(unfit().asString())
                .startsWith("in 2 of 3 boots the clock was not trustworthy; boot 2: UNKNOWN: ")
                .contains("no second clock to compare with");
    }

    @Test
    void clocksThatAgreeAreNotMentioned() throws Exception {
        bench("cycles", List.of(), AGREES, AGREES);
        assertThat(console.out()).startsWith("BENCHMARK").doesNotContain("sound");

        CapturedConsole json = new CapturedConsole();
        assertThat(
                        json.run(
                                "bench",
                                "--json",
                                "--target",
                                "image",
                                "--unit",
                                "cycles",
                                "--serial",
                                folder.resolve("board.log").toString()))
                .isZero();
        assertThat(json.out()).contains("\"unfit\" : null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--throughput", "--out"})
    void quietPrintsNothing(String option) throws Exception {
        Path out = folder.resolve("results");
        List<String> options = new ArrayList<>(List.of("--quiet"));
        if (!option.isEmpty()) {
            options.add(option);
        }
        if (option.equals("--out")) {
            options.add(out.toString());
        }
        bench("cycles", options, AGREES, APART);

        assertThat(console.out() + console.err()).isEmpty();
        assertThat(Files.exists(out.resolve("report.html"))).isEqualTo(option.equals("--out"));
    }

    /** What is counted takes no clock. */
    @Test
    void countsNeedNoClock() throws Exception {
        bench("page_faults", List.of("--json"), ALONE, ALONE);

        assertThat(unfit().isNull()).isTrue();
    }

    @Test
    void theResultsFolderAndItsPageSayItToo() throws Exception {
        Path out = folder.resolve("results");
        bench("cycles", List.of("--out", out.toString()), AGREES, APART);

        String said =
                "cycles of target image are not sound: in 1 of 2 boots the clock was not trustworthy; boot 2: UNFIT";
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("<strong class=\"VIOLATED\">" + said)
                .containsPattern(
                        "NOT_MEASURABLE\"><span[^>]*>–</span>cycles</span></dt>\\s*<dd>" + said);
        assertThat(MarkdownReport.of(StoredResults.read(out))).contains(said);
    }

    @Test
    void thePageOfFitClocksDoesNot() throws Exception {
        Path out = folder.resolve("results");
        bench("cycles", List.of("--out", out.toString()), AGREES, AGREES);

        assertThat(Files.readString(out.resolve("report.html"))).doesNotContain("not sound");
    }

    /** Context figures that are sound, so the folder is named. */
    @Test
    void aPageOfTwoCampaignsNamesTheOneThatIsNotSound() throws Exception {
        Path fit = folder.resolve("fit");
        Path unfit = folder.resolve("uneven");
        Path page = folder.resolve("both.html");
        bench("cycles", List.of("--out", fit.toString()), AGREES, AGREES);
        bench("cycles", List.of("--out", unfit.toString()), APART, AGREES);
        assertThat(
                        console.run(
                                "report",
                                fit.toString(),
                                unfit.toString(),
                                "--out",
                                page.toString()))
                .as(console.err())
                .isZero();

        assertThat(Files.readString(page))
                .contains("cycles of target image (uneven) are not sound: in 1 of 2 boots")
                .doesNotContain("cycles of target image are not sound");
    }
}
