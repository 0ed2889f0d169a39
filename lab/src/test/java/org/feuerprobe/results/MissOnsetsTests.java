package org.feuerprobe.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.feuerprobe.json.Json;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A table of 32-byte entries under caches of 48 KiB and 1 MiB, over powers of two. */
class MissOnsetsTests {
    private static final Map<String, Long> CACHES =
            Map.of("l1d_misses", 48L << 10, "l2_misses", 1L << 20);

    private static Measurement of(String metric, SequencedMap<String, Long> at, long value) {
        return new Measurement(
                "lookup",
                "lookup/any",
                "qemu",
                metric,
                at,
                List.of(new BootSamples(0, 1, 1, new long[] {value, value}, new long[2])));
    }

    /** Misses from these counts of entries on, up to {@code most} entries. */
    private static List<MissOnset> regimes(long each, long first, long second, long most) {
        List<PlanEntry> plan = new ArrayList<>();
        List<Measurement> work = new ArrayList<>();
        List<Measurement> counted = new ArrayList<>();
        Benchmark benchmark =
                new Benchmark(
                        "lookup/any",
                        "lookup",
                        0,
                        false,
                        1,
                        List.of(new Benchmark.Parameter("n", 16, most, each)),
                        "found");
        for (long n = 16; n <= most; n *= 2) {
            SequencedMap<String, Long> at = new LinkedHashMap<>(Map.of("n", n));
            plan.add(new PlanEntry(benchmark, at, 2, 0, 1));
            work.add(of("instructions", at, 16));
            counted.add(of("l1d_misses", at, n >= first ? 1 : 0));
            counted.add(of("l2_misses", at, n >= second ? 1 : 0));
        }
        return MissOnsets.of(plan, CACHES, work, counted);
    }

    private static String sentences(long each, long first, long second, long most) {
        return MissOnsets.text(regimes(each, first, second, most));
    }

    @Test
    void isReadAsItWasWritten() throws Exception {
        List<MissOnset> all = new ArrayList<>(regimes(32, 2048, 1 << 20, 16384));
        all.addAll(regimes(0, 16, 64, 64)); // no prediction; nothing tested before the first
        for (MissOnset regime : all) {
            String text = new JsonMapper().writeValueAsString(regime.document());
            assertThat(MissOnset.read(Json.parse(text))).isEqualTo(regime);
        }
        assertThat(all.get(0).predicted()).hasValue(1536);
        assertThat(all.get(2).predicted()).isEmpty();
        assertThat(all.get(2).before()).isEmpty();
    }

    @Test
    void setsWhereMissesBeginBesideWhereTheCacheEnds() {
        assertThat(sentences(32, 2048, 32768, 65536))
                .isEqualTo(
                        """
                        lookup/any: O(1) in work, 16 instructions at every point; regimes in cost:
                            l1d_misses: from n=2048 on, up to 1.00 a call; the cache ends at n=1,536 (49,152 bytes, 32 for each): as predicted
                            l2_misses: from n=32768 on, up to 1.00 a call; the cache ends at n=32,768 (1,048,576 bytes, 32 for each): as predicted
                        """);
    }

    @Test
    void saysSoWhenMissesBeginElsewhere() {
        assertThat(sentences(32, 1024, 65536, 65536))
                .contains("l1d_misses: from n=1024 on", "32 for each): NOT where predicted\n")
                .contains("l2_misses: from n=65536 on")
                .containsPattern("l2_misses.*: as predicted");
        assertThat(sentences(32, 4096, 65536, 65536))
                .containsPattern("l1d_misses: from n=4096 .*NOT where predicted");
    }

    @Test
    void aCacheThatIsNeverLeftHasNoMisses() {
        assertThat(sentences(32, 2048, 1 << 20, 16384))
                .contains(
                        "l2_misses: none; the table never leaves this cache (n=16,384 x 32 bytes = 524,288 bytes; it ends at n=32,768); model a smaller one, such as --caches l2=128/8/64\n");
        assertThat(sentences(32, 2048, 1 << 20, 65536))
                .contains("l2_misses: none up to n=65536; the cache ends at n=32,768")
                .contains("NOT where predicted");
    }

    @Test
    void predictsNothingWhereTheKernelDoesNotTellTheSize() {
        assertThat(sentences(0, 2048, 65536, 65536))
                .contains("l1d_misses: from n=2048 on, up to 1.00 a call\n")
                .doesNotContain("predicted");
    }
}
