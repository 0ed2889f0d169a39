package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.feuerprobe.cli.StandInEmulator.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A guest's performance counters from the command line to the figures, on a machine that need not
 * have any: the emulator translates, one tick an instruction, and the kernel has a model of the
 * counters in their place.
 */
@Tag("boots")
class KvmCountersTests {
    private static final List<String> OPERATIONS =
            List.of("cap_table_lookup", "LatticeLeq", "null_syscall", "exo_call", "page_fault");

    @TempDir private Path folder;
    private StandInEmulator emulator = new StandInEmulator(Path.of(""), Path.of(""));

    @BeforeEach
    void write() throws Exception {
        emulator = StandInEmulator.of(folder, "tcg -icount shift=0,sleep=off");
    }

    private Ended bench(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("bench", "--quick", "--json"));
        words.addAll(List.of(options));
        words.add("--only");
        words.addAll(OPERATIONS);
        return emulator.run(words.toArray(String[]::new));
    }

    private Ended counted(String metric, String model) throws Exception {
        return bench(
                "--accel",
                "kvm",
                "--variant",
                "CLOCK=standin",
                "--metric",
                metric,
                "--append",
                "counters=" + model);
    }

    /** Minimum, median and maximum of each point, net of its twin. */
    private static Map<String, List<Long>> figures(Ended ended, String metric) {
        assertThat(ended.status()).as(ended.err()).isZero();
        Map<String, List<Long>> figures = new TreeMap<>();
        for (JsonNode m : JsonMapper.builder().build().readTree(ended.out()).get("measurements")) {
            if (m.get("metric").asString().equals(metric)) {
                figures.put(
                        m.get("benchmark").asString() + m.get("params"),
                        List.of(
                                m.get("min").asLong(),
                                m.get("median").asLong(),
                                m.get("max").asLong()));
            }
        }
        return figures;
    }

    private static Map<String, List<Long>> times(Map<String, List<Long>> figures, long factor) {
        Map<String, List<Long>> more = new TreeMap<>();
        figures.forEach((point, values) ->
                more.put(point, values.stream().map(value -> value * factor).toList()));
        return more;
    }

    /** Rings 0 and 3, a switch, a fault: the same to the instruction. */
    @Test
    void countsAreThoseOfTheEmulator() throws Exception {
        Map<String, List<Long>> exact = figures(bench(), "instructions");
        assertThat(exact).hasSizeGreaterThan(20);

        Ended intel = counted("instructions", "intel2");
        assertThat(figures(intel, "instructions")).isEqualTo(exact);
        assertThat(intel.err())
                .contains(
                        "instructions of the guest's processor under KVM: the guest has counters (CPUID leaf 0xA version 2: 4 general, 3 fixed of 48 bits); an empty pair costs ",
                        "cap_table_lookup/random 16 (16), null_syscall 30 (30)");
        assertThat(figures(counted("instructions", "intel1"), "instructions")).isEqualTo(exact);
        assertThat(figures(counted("instructions", "amd"), "instructions")).isEqualTo(exact);

        Ended events = counted("counted_cycles,cache_misses,branch_misses", "amd2");
        assertThat(figures(events, "counted_cycles")).isEqualTo(times(exact, 2));
        assertThat(figures(events, "cache_misses")).isEqualTo(times(exact, 3));
        assertThat(figures(events, "branch_misses")).isEqualTo(times(exact, 5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none | instructions | not available: the hypervisor provides no PMU (CPUID leaf 0xA has version 0, and AMD's core extensions are absent); use a bare machine, or a hypervisor that passes its counters on",
                "intel1 | cache_misses | the guest has counters (CPUID leaf 0xA version 1: 2 general, 0 fixed of 48 bits), but none of them counts this event",
                "intel5 | branch_misses | the guest has counters (CPUID leaf 0xA version 5: 4 general, 4 fixed of 48 bits), but none of them counts this event",
            })
    void whatCannotBeCountedIsToldAndNotMeasured(String model, String metric, String reason)
            throws Exception {
        Ended refused = counted(metric, model);

        assertThat(refused.err()).isEqualTo("feuerprobe: %s under KVM: %s%n", metric, reason);
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.out()).isEmpty();
    }

    @Test
    void countersThatSomebodyElseHasTooAreNotBelieved() throws Exception {
        Ended refused = counted("instructions", "shared");

        assertThat(refused.err())
                .startsWith(
                        "feuerprobe: instructions under KVM: the guest has counters (CPUID leaf 0xA version 2: 4 general, 3 fixed of 48 bits), but they also count other guests: an empty pair costs 0 to ");
        assertThat(refused.status()).isEqualTo(3);
    }

    /** What is built without a word: the kernel that asks the processor itself. */
    @Test
    void theTranslatorHasNoCounters() throws Exception {
        Ended refused = bench("--accel", "kvm", "--metric", "counted_cycles");

        assertThat(refused.err())
                .startsWith(
                        "feuerprobe: counted_cycles under KVM: not available: the hypervisor provides no PMU ");
        assertThat(refused.status()).isEqualTo(3);
    }
}
