package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.feuerprobe.guest.PerfCounters;
import org.feuerprobe.guest.PerfEvent;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredManifest;
import org.feuerprobe.results.StoredResults;
import org.feuerprobe.testbed.SystemFiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What bench prints and keeps, and several metrics in one run. */
@Tag("boots")
class BenchCommandTests {
    private final CapturedConsole console = new CapturedConsole();

    @TempDir private Path folder;

    private JsonNode measurements() {
        return JsonMapper.builder().build().readTree(console.out()).get("measurements");
    }

    private static Set<String> metrics(Iterable<JsonNode> measurements) {
        Set<String> metrics = new TreeSet<>();
        measurements.forEach(m -> metrics.add(m.get("metric").asString()));
        return metrics;
    }

    @Test
    void theEmulatorCountsAListAtOnceAndAgreesWithItsClock() {
        assertThat(
                        console.run(
                                "bench",
                                "--quick",
                                "--json",
                                "--only",
                                "null_syscall",
                                "--metric",
                                "instructions,crossings"))
                .as(console.err())
                .isZero();

        List<JsonNode> measured = measurements().valueStream().toList();
        assertThat(measured)
                .extracting(m -> m.get("metric").asString())
                .containsExactly("instructions", "instructions", "crossings");
        assertThat(measured.get(1).get("median")).isEqualTo(measured.get(0).get("median"));
        assertThat(measured.get(2).get("median").asDouble()).isEqualTo(1);
    }

    /** Where the counter's rate is known; else the command says why it is not. */
    @Test
    void timeOnTheNativeTargetIsOneMetricOfItsResults() throws Exception {
        int status =
                console.run(
                        "bench",
                        "--quick",
                        "--json",
                        "--target",
                        "native",
                        "--only",
                        "cap_revoke",
                        "--metric",
                        "ns",
                        "--out",
                        folder.resolve("times").toString());
        if (!SystemFiles.HOST.invariantCounter().orElse(false)) {
            assertThat(status).isEqualTo(3);
            assertThat(console.err()).contains("no trustworthy source of ns here: ");
            return;
        }
        assertThat(status).as(console.err()).isZero();

        assertThat(metrics(measurements())).containsExactly("ns");
        assertThat(StoredManifest.read(folder.resolve("times")).metric()).isEqualTo("ns");
        assertThat(StoredResults.read(folder.resolve("times")).series())
                .extracting(series -> series.metric())
                .containsOnly("ns");
    }

    /** The region begins in one environment and ends in another. */
    @Test
    void aSwitchIsCountedAndWhatCannotBeCountedIsNamed() {
        assertThat(
                        console.run(
                                "bench",
                                "--quick",
                                "--json",
                                "--only",
                                "exo_yield_to",
                                "sched_switch",
                                "blocked_switch",
                                "exo_recv_timed/expired",
                                "--metric",
                                "instructions,crossings,as_switches"))
                .as(console.err())
                .isZero();

        Map<String, Set<String>> found = new TreeMap<>();
        measurements()
                .forEach(m ->
                        found.computeIfAbsent(m.get("benchmark").asString(), _ -> new TreeSet<>())
                                .add(m.get("metric").asString() + " " + m.get("median")));
        assertThat(found)
                .containsOnlyKeys(
                        "exo_yield_to", "sched_switch", "blocked_switch", "exo_recv_timed/expired");
        found.forEach((benchmark, counts) -> {
            if (benchmark.equals("exo_recv_timed/expired")) {
                assertThat(counts).as("by the clock alone").hasSize(1);
            } else {
                assertThat(counts)
                        .as(benchmark + ": plugin and clock agree on the instructions")
                        .hasSize(3)
                        .contains("crossings 1", "as_switches 1");
            }
        });
        assertThat(console.err())
                .contains(
                        "no counts beside the clock, because the kernel does not mark these operations: exo_recv_timed/expired\n");
    }

    @Test
    void aNativeTargetCountsAListOneAfterTheOtherInOneResult() throws Exception {
        assumeTrue(
                new PerfCounters().ask(PerfEvent.PAGE_FAULTS) instanceof PerfCounters.Counter.Open,
                "Linux lets this user count no events: kernel.perf_event_paranoid");
        Path out = folder.resolve("events");
        assertThat(
                        console.run(
                                "bench",
                                "--quick",
                                "--json",
                                "--target",
                                "native",
                                "--only",
                                "cap_table_lookup/sequential",
                                "--metric",
                                "page_faults,context_switches",
                                "--out",
                                out.toString()))
                .as(console.err())
                .isZero();

        assertThat(metrics(measurements())).containsExactly("context_switches", "page_faults");
        StoredCampaign stored = StoredResults.read(out);
        assertThat(stored.series())
                .extracting(series -> series.metric())
                .containsExactlyInAnyOrder("context_switches", "page_faults");
    }

    @Test
    void severalTargetsWithAMetricAreToldAnotherWay() {
        assertThat(console.run("bench", "--target", "qemu,native", "--metric", "clock"))
                .isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(
                        "feuerprobe: several targets: leave --list, --metric, --batch and --out out, or measure each with --out FOLDER and set the folders side by side: report A B\n");
    }

    @Test
    void asksForEveryEventBeforeItMeasures() {
        assertThat(console.run("bench", "--target", "native", "--metric", "page_faults,laods"))
                .isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(
                        "feuerprobe: unknown metric 'laods', target native has: clock, ns, bytes, instructions, counted_cycles, cache_misses, branch_misses, page_faults, context_switches\n");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void printsFiguresNetOfTheTwin() throws Exception {
        assertThat(
                        console.run(
                                "bench",
                                "--quick",
                                "--only",
                                "cap_table_lookup/sequential",
                                "--json"))
                .isZero();

        JsonNode document = JsonMapper.builder().build().readTree(console.out());
        assertThat(document.get("schema").asInt()).isEqualTo(1);
        JsonNode first = document.get("measurements").get(0);
        assertThat(first.propertyNames())
                .contains(
                        "operation",
                        "benchmark",
                        "target",
                        "metric",
                        "params",
                        "n",
                        "min",
                        "median",
                        "p99",
                        "max",
                        "mean",
                        "overhead",
                        "statistics");
        assertThat(first.get("metric").asString()).isEqualTo("instructions");
        assertThat(first.get("params").toString()).isEqualTo("{\"N_caps\":16}");
        assertThat(first.get("min").asInt()).isBetween(1, 100);
        assertThat(first.get("overhead").get("min").asInt()).isBetween(1, 100);
    }

    @Test
    void keepsTheMachineAndItsConditionToo() throws Exception {
        Path out = folder.resolve("kept");
        assertThat(
                        console.run(
                                "bench",
                                "--quick",
                                "--only",
                                "cap_table_lookup/sequential",
                                "--out",
                                out.toString()))
                .isZero();

        JsonNode manifest =
                JsonMapper.builder()
                        .build()
                        .readTree(Files.readString(out.resolve("manifest.json")));
        assertThat(manifest.get("fingerprint").get("hash").asString()).matches("[0-9a-f]{16}");
        assertThat(manifest.get("fitness").get("before")).hasSize(17);
        assertThat(manifest.get("fitness").get("after")).hasSize(17);
        assertThat(manifest.has("steal")).isTrue();
        assertThat(StoredManifest.read(out).testbed())
                .containsEntry("fingerprint", manifest.get("fingerprint").get("hash").asString());
    }

    /** Whether KVM's cycles are fit is the machine's; that refusal and choice agree is ours. */
    @Test
    void kvmIsTakenOrRefusedWithWhatWasFound() {
        int status = console.run("bench", "--list", "--accel", "kvm");
        CapturedConsole chosen = new CapturedConsole();

        assertThat(chosen.run("bench", "--list", "--accel", "auto")).isZero();
        assertThat(status).isIn(0, 3);
        if (status == 3) {
            assertThat(console.err())
                    .startsWith("feuerprobe: cycles under KVM are not fit here: ")
                    .hasSizeGreaterThan(60);
            assertThat(chosen.err())
                    .contains("instructions, since cycles under KVM are not fit here: ");
        } else {
            assertThat(chosen.err()).contains("cycles of the hardware under KVM: ");
        }
    }

    @Test
    void listsWhatTheKernelOffers() throws Exception {
        assertThat(console.run("bench", "--list")).isZero();
        assertThat(console.out())
                .contains(
                        "cap_table_alloc/sequential", "cap_table_lookup/random", "N_caps 16…65535");
    }
}
