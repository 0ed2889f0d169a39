package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.feuerprobe.bound.BoundsFile;
import org.feuerprobe.exchange.ForeignData;
import org.feuerprobe.exchange.ForeignOptions;
import org.feuerprobe.exchange.MeasuredSet;
import org.feuerprobe.sample.DataSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reports, exports and refined bounds of one real campaign. */
@Tag("boots")
class ReportCommandTests {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir private static Path folder;

    private static Path results = Path.of("");
    private static final CapturedConsole VALIDATED = new CapturedConsole();

    @BeforeAll
    static void measure() {
        results = folder.resolve("results");
        int status =
                VALIDATED.run(
                        "validate",
                        "--quick",
                        "--target",
                        "qemu",
                        "--out",
                        results.toString(),
                        "--refine",
                        folder.resolve("refined.yaml").toString());
        assertThat(status).isZero();
    }

    private static String print(String... arguments) {
        CapturedConsole console = new CapturedConsole();
        assertThat(console.run(arguments)).as(console.err()).isZero();
        return console.out();
    }

    private static String report(String format) {
        return print("report", results.toString(), "--format", format);
    }

    private static String export(String format) {
        return print("export", results.toString(), "--format", format);
    }

    @Test
    void theReportMadeLaterIsTheReportMadeAtOnce() throws Exception {
        Path later = folder.resolve("later.html");
        print("report", results.toString(), "--out", later.toString());

        assertThat(later).hasSameTextualContentAs(results.resolve("report.html"));
    }

    @Test
    void everyFormatSaysTheSameVerdicts() throws Exception {
        String json = report("json");
        assertThat(json).isEqualTo(Files.readString(results.resolve("verdicts.json")));
        String md = report("md");
        String csv = report("csv");
        for (JsonNode verdict : MAPPER.readTree(json).get("verdicts")) {
            String bound = verdict.get("bound").asString();
            assertThat(md).contains(bound.replace("_", "\\_"));
            assertThat(csv).contains(bound + "," + verdict.get("operation").asString() + ",");
        }
        assertThat(report("figures")).startsWith("operation,benchmark,target,metric,N_caps,");
    }

    @Test
    void plottersGetTheirScripts() {
        Path plots = folder.resolve("plots");
        print("report", results.toString(), "--format", "gnuplot", "--out", plots.toString());
        assertThat(plots.resolve("plot.gp")).content().contains("op-0-b0-cost.svg");
        print("report", results.toString(), "--format", "matplotlib", "--out", plots.toString());
        assertThat(plots.resolve("plot.py")).content().contains("op-0-b0-cost.svg");
        assertThat(plots.resolve("data/op-0-b0-cost-0.dat")).exists();
    }

    @Test
    void setsMeasurementsOfAnotherCampaignBeside() {
        String misses = folder.resolve("misses").toString();
        print(
                "bench",
                "--quick",
                "--metric",
                "cache_misses",
                "--only",
                "cap_table_lookup/random",
                "--caches",
                "l1d=48/12/64,l2=1024/16/64",
                "--out",
                misses);
        Path page = folder.resolve("beside.html");
        print("report", results.toString(), misses, "--out", page.toString());

        assertThat(page)
                .content()
                .contains(
                        "Targets and metrics side by side",
                        "cap_table_lookup/random: growth by target and metric",
                        "qemu, l1d_misses",
                        "qemu (misses), instructions");
        String regime =
                "O(1) in work, 16 instructions at every point; regimes in cost: l1d_misses: from"
                        + " N_caps=4096 on, up to ";
        String predicted =
                "; the cache ends at N_caps=1,536 (49,152 bytes, 32 for each): as predicted.";
        assertThat(page).content().contains(regime, predicted);
        assertThat(folder.resolve("misses/report.html"))
                .content()
                .contains("without verdicts", regime, predicted, "the cache ends\"");
        assertThat(folder.resolve("misses/manifest.json"))
                .content()
                .contains("\"regimes\"", "\"from\" : 4096", "\"cache_bytes\" : 49152", regime);
        assertThat(print("report", misses, "--format", "md"))
                .contains("N\\_caps=4096 on, up to ", "for each\\): as predicted.");
    }

    @Test
    void refinedBoundsHold() throws Exception {
        Path refined = folder.resolve("refined.yaml");
        assertThat(BoundsFile.read(refined).bounds()).isNotEmpty();
        String verdicts =
                print(
                        "validate",
                        "--quick",
                        "--json",
                        "--bounds",
                        refined.toString(),
                        "--only",
                        "*/measured-growth",
                        "--out",
                        folder.resolve("again").toString());
        for (JsonNode verdict : MAPPER.readTree(verdicts).get("verdicts")) {
            assertThat(verdict.get("verdict").asString())
                    .as(verdict.toString())
                    .isIn("HOLDS", "LOOSE", "INCONCLUSIVE");
        }
    }

    @Test
    void aPipeGetsOneScreenWithWholeNamesAndSymbols() {
        assertThat(VALIDATED.out())
                .contains("↓ cap_table_alloc/documented", "LOOSE  O(1): 22, proved\n")
                .contains("✓ HOLDS", "NOT_MEASURABLE: ");
        assertThat(VALIDATED.out().lines().count()).isLessThanOrEqualTo(42);
    }

    @Test
    void quietPrintsNothing() {
        CapturedConsole console = new CapturedConsole();
        int status =
                console.run(
                        "validate",
                        "--quick",
                        "--quiet",
                        "--only",
                        "cap_revoke/target",
                        "--out",
                        folder.resolve("quiet").toString());
        assertThat(status).isZero();
        assertThat(console.out() + console.err()).isEmpty();
    }

    @Test
    void exportsForMicrobenchmarkTools() throws Exception {
        JsonNode jmh = MAPPER.readTree(export("jmh")).get(0);
        assertThat(jmh.get("benchmark").asString())
                .isEqualTo("feuerprobe.cap_table_alloc.sequential");
        assertThat(jmh.get("primaryMetric").get("rawData").size()).isPositive();
        assertThat(jmh.get("primaryMetric").get("score").asDouble()).isPositive();
        JsonNode sel4bench = MAPPER.readTree(export("sel4bench")).get(0);
        assertThat(sel4bench.get("Results").get(0).get("Samples").asInt())
                .isGreaterThanOrEqualTo(16);
        JsonNode bencher = MAPPER.readTree(export("bencher"));
        assertThat(
                        bencher.get("cap_table_alloc/sequential N_caps=16")
                                .get("instructions")
                                .propertyNames())
                .containsExactly("value", "lower_value", "upper_value");
    }

    private static List<DataSet> readBack(ForeignData.Format format, String text) throws Exception {
        return ForeignData.read(
                        format,
                        List.of(new ForeignData.Source("exported", text)),
                        ForeignOptions.NONE)
                .stream()
                .map(MeasuredSet::data)
                .toList();
    }

    @Test
    void exportsThatOurReadersTakeBack() throws Exception {
        List<DataSet> google =
                readBack(ForeignData.Format.GOOGLE_BENCHMARK, export("google-benchmark"));
        List<DataSet> extraP = readBack(ForeignData.Format.EXTRA_P, export("extra-p"));
        assertThat(google)
                .as("counts keep their own metric; none is a time")
                .extracting(DataSet::metric)
                .contains("instructions", "crossings")
                .doesNotContain("ns");

        assertThat(google.getFirst().name()).isEqualTo("cap_table_alloc/sequential");
        assertThat(google.getFirst().points()).hasSize(7);
        DataSet region = extraP.getFirst();
        DataSet same =
                google.stream()
                        .filter(set -> set.name().equals(region.name()))
                        .filter(set -> set.metric().equals(region.metric()))
                        .findFirst()
                        .orElseThrow();
        assertThat(region.metric()).isEqualTo("instructions");
        assertThat(region.points()).hasSameSizeAs(same.points());
        assertThat(Arrays.stream(region.points().getFirst().values()).max().orElseThrow())
                .isGreaterThanOrEqualTo(same.points().getFirst().boots().getFirst()[0]);
    }

    @Test
    void exportsXmlThatParses() throws Exception {
        var document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(export("phoronix"))));
        assertThat(document.getElementsByTagName("Result").getLength()).isGreaterThan(10);
        assertThat(document.getElementsByTagName("Proportion").item(0).getTextContent())
                .isEqualTo("LIB");
        assertThat(document.getElementsByTagName("LastModified").item(0).getTextContent())
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        assertThat(children(document.getElementsByTagName("Generated").item(0)))
                .containsExactly(
                        "Title",
                        "Description",
                        "Notes",
                        "LastModified",
                        "TestClient",
                        "InternalTags",
                        "PreSetEnvironmentVariables");
        assertThat(children(document.getElementsByTagName("System").item(0)))
                .containsExactly(
                        "Identifier",
                        "TestClientVersion",
                        "Hardware",
                        "Software",
                        "User",
                        "TimeStamp",
                        "Notes");
        assertThat(children(document.getElementsByTagName("Result").item(0)))
                .containsExactly(
                        "Identifier",
                        "ProfileVersion",
                        "Title",
                        "AppVersion",
                        "Arguments",
                        "Description",
                        "Scale",
                        "Proportion",
                        "DisplayFormat",
                        "Data");
    }

    private static List<String> children(Node node) {
        List<String> names = new ArrayList<>();
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.ELEMENT_NODE) {
                names.add(child.getNodeName());
            }
        }
        return names;
    }

    @Test
    void googlesComparisonReadsTheExport() throws Exception {
        Path compare = Path.of("/usr/share/benchmark/compare.py");
        assumeTrue(Files.exists(compare), "Debian's libbenchmark-tools is not installed");
        Path file = Files.writeString(folder.resolve("google.json"), export("google-benchmark"));
        Process process =
                new ProcessBuilder(
                                "/usr/bin/python3",
                                compare.toString(),
                                "--no-color",
                                "benchmarks",
                                file.toString(),
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        String out =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(process.exitValue()).as(out).isZero();
        assertThat(out).contains("cap_table_alloc/sequential/N_caps:16").contains("+0.0000");
    }

    @Test
    void exportsOnlySomeBenchmarks() {
        assertThat(
                        print(
                                "export",
                                results.toString(),
                                "--format",
                                "extra-p",
                                "--only",
                                "cap_table_*"))
                .contains("PARAMETER N_caps", "REGION cap_table_alloc/sequential")
                .doesNotContain("zalloc", "left out");
        CapturedConsole console = new CapturedConsole();
        assertThat(
                        console.run(
                                "export",
                                results.toString(),
                                "--format",
                                "extra-p",
                                "--only",
                                "cap_tabel*"))
                .isEqualTo(2);
        assertThat(console.err())
                .startsWith(
                        "feuerprobe: --only 'cap_tabel*' matches no benchmark of the results; did you mean cap_table*?");
    }

    @Test
    void namesWhatIsWrong() {
        CapturedConsole console = new CapturedConsole();
        assertThat(console.run("export", results.toString(), "--format", "xls")).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(
                        "feuerprobe: unknown format 'xls', want: jmh, google-benchmark, sel4bench, extra-p, phoronix, bencher\n");
        CapturedConsole missing = new CapturedConsole();
        assertThat(missing.run("report", folder.resolve("nothing").toString())).isEqualTo(2);
        assertThat(missing.err())
                .contains("no such folder: name one that feuerprobe validate wrote");
    }

    @Test
    void theShellCanLoadTheCompletion() throws Exception {
        Path script = Files.writeString(folder.resolve("completion.bash"), print("completion"));
        Process bash =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                "source '"
                                        + script
                                        + "' && COMP_WORDS=(feuerprobe rep) COMP_CWORD=1"
                                        + " && _complete_feuerprobe && echo \"${COMPREPLY[@]}\"")
                        .redirectErrorStream(true)
                        .start();
        String out =
                new String(
                        bash.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        bash.waitFor();
        assertThat(out).isEqualTo("report\n");
    }

    @Test
    void theManualPageDescribesEveryCommand() {
        String page = print("man");
        assertThat(page)
                .startsWith(".TH FEUERPROBE 1")
                .contains(".SS feuerprobe validate", ".SS feuerprobe report", "\\-\\-refine");
        assertThat(page.lines().filter(line -> line.startsWith(".SS"))).hasSizeGreaterThan(5);
    }
}
