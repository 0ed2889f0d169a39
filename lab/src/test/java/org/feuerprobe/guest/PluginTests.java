package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.feuerprobe.guest.KernelFixture.completed;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.probe.RegionCounts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Boots the real kernel with the plugin: counts agree with the clock, misses with the geometry. */
@Tag("boots")
class PluginTests {
    private static final int WARMUP = 2;
    private static final int SAMPLES = 48;
    private static final int FEW = 4;

    /** What each region of {@code lab/src/test/kernel/masked.S} has, in order. */
    private static final List<Long> MASKED = List.of(0L, 102L, 22L, 8L, 53L, 31L, 42L, 34L, 0L, 5L);

    private static final Set<String> FROM_A_DEADLINE =
            Set.of("timer_irq/ring0", "timer_irq/ring3", "preemption");
    private static final CacheGeometry SMALL =
            CacheGeometry.ASSUMED.with("l1d=16/8/64,l2=128/8/64");

    private static KernelImage image;
    private static Benchmark lookup;

    @BeforeAll
    static void build() throws Exception {
        image = KernelFixture.image();
        lookup =
                KernelFixture.catalogue(KernelFixture.target(image, "")).stream()
                        .filter(b -> b.name().equals("cap_table_lookup/random"))
                        .findFirst()
                        .orElseThrow();
    }

    private static Plan plan(long... capabilities) {
        List<PlanEntry> entries = new ArrayList<>();
        for (long n : capabilities) {
            SequencedMap<String, Long> point = new LinkedHashMap<>();
            point.put("N_caps", n);
            entries.add(new PlanEntry(lookup, point, SAMPLES, WARMUP, 1));
        }
        return new Plan(1, entries);
    }

    private static BootOutcome.Completed boot(CacheGeometry geometry, Plan plan) throws Exception {
        QemuTarget target = KernelFixture.target(image, "");
        return completed(
                target.counting(CacheModel.build(Path.of("plugin"), geometry))
                        .boot(plan, 0, Target.Progress.none()));
    }

    private static double mean(RegionCounts counts, int entry, Counter counter) {
        return Arrays.stream(counts.values(entry, counter, 0, WARMUP, SAMPLES, 1).orElseThrow())
                .average()
                .orElseThrow();
    }

    /** The stand-in kernel of masked.S, whose stretches its comments tell. */
    @Test
    void measuresStretchesOfKnownLength(@TempDir Path folder) throws Exception {
        TinyKernel.make(folder, "DEFINES=");
        Path rows = Files.createFile(folder.resolve("rows"));
        Path line = folder.resolve("line");
        Path plugin = CacheModel.build(Path.of("plugin"), SMALL).plugin();

        TinyKernel.record(
                KernelImage.read(folder.resolve("masked.elf")),
                folder.resolve("log"),
                "-icount",
                "shift=0,sleep=off",
                "-plugin",
                "file=%s,out=%s,masked=%s".formatted(plugin, rows, line));

        RegionCounts counts = RegionCounts.read(ByteBuffer.wrap(Files.readAllBytes(rows)));
        List<Long> stretches = new ArrayList<>();
        for (int i = 0; i < MASKED.size() / 2; i++) {
            for (int stream = 0; stream < 2; stream++) {
                stretches.add(
                        counts.values(0, Counter.LONGEST_MASKED, stream, 0, MASKED.size() / 2, 1)
                                .orElseThrow()[i]);
            }
        }
        assertThat(stretches).isEqualTo(MASKED);
        assertThat(Files.readString(line))
                .as("from the reset to the first sti")
                .matches("longest_masked [1-9][0-9]{3} end 0x10[0-9a-f]{4} via( 0x[0-9a-f]+)+\\n");
    }

    /** From the instruction after syscall to sysret, 25; nothing is subtracted. */
    @Test
    void measuresHowLongASystemCallMasksInterrupts() throws Exception {
        RegionCounts counts = counts("null_syscall");

        assertThat(counts.values(0, Counter.LONGEST_MASKED, 0, WARMUP, SAMPLES, 1).orElseThrow())
                .containsOnly(25);
        assertThat(counts.values(0, Counter.LONGEST_MASKED, 1, WARMUP, SAMPLES, 1).orElseThrow())
                .containsOnly(0);
        assertThat(counts.values(0, Counter.LONGEST_MASKED, 0, WARMUP, SAMPLES / 2, 2))
                .as("a batch has none")
                .isEmpty();
    }

    @Test
    void countsFromAFolderWithAComma(@TempDir Path folder) throws Exception {
        CacheModel.build(Path.of("plugin"), SMALL);
        Path there = folder.resolve("a,b=c");
        Path built = Files.createDirectories(there.resolve("build"));
        Files.copy(Path.of("plugin/build/feuerprobe.so"), built.resolve("feuerprobe.so"));
        Files.writeString(there.resolve("Makefile"), "all:\n");

        BootOutcome.Completed outcome =
                completed(
                        KernelFixture.target(image, "")
                                .counting(CacheModel.build(there, SMALL))
                                .boot(plan(16), 0, Target.Progress.none()));

        assertThat(outcome.counts()).isPresent();
    }

    @Test
    void countsTheInstructionsThatTheClockCounts() throws Exception {
        BootOutcome.Completed outcome = boot(SMALL, plan(16, 4096));
        RegionCounts counts = outcome.counts().orElseThrow();
        for (int entry = 0; entry < 2; entry++) {
            var streams = outcome.run().entries().get(entry).streams();
            long[] clock = streams.getOrDefault(0, new long[0]);
            long[] twin = streams.getOrDefault(1, new long[0]);
            long[] counted =
                    counts.values(entry, Counter.INSTRUCTIONS, 0, WARMUP, SAMPLES, 1).orElseThrow();
            long[] countedTwin =
                    counts.values(entry, Counter.INSTRUCTIONS, 1, WARMUP, SAMPLES, 1).orElseThrow();
            for (int i = 0; i < SAMPLES; i++) {
                assertThat(counted[i] - countedTwin[i]).isEqualTo(clock[i] - twin[i]);
            }
        }
    }

    /**
     * Faults, interrupts and other processors included. From a deadline on, the clock counts the
     * turns of waiting too until the interrupt comes.
     */
    @Test
    void countsOfEveryBenchmarkWhatTheClockCounts() throws Exception {
        List<Benchmark> all = KernelFixture.catalogue(KernelFixture.target(image, ""));
        List<PlanEntry> entries =
                all.stream().map(b -> new PlanEntry(b, smallest(b), FEW, WARMUP, 1)).toList();
        BootOutcome.Completed outcome = boot(SMALL, new Plan(1, entries));
        RegionCounts counts = outcome.counts().orElseThrow();
        Set<String> uncounted = new TreeSet<>();
        for (int entry = 0; entry < entries.size(); entry++) {
            String name = all.get(entry).name();
            var streams = outcome.run().entries().get(entry).streams();
            Optional<long[]> operation =
                    counts.values(entry, Counter.INSTRUCTIONS, 0, WARMUP, FEW, 1);
            Optional<long[]> twin = counts.values(entry, Counter.INSTRUCTIONS, 1, WARMUP, FEW, 1);
            if (operation.isEmpty() || twin.isEmpty()) {
                uncounted.add(name);
                continue;
            }
            for (int i = 0; i < FEW; i++) {
                long counted = operation.get()[i] - twin.get()[i];
                long clock = value(streams, 0, i) - value(streams, 1, i);
                assertThat(counted)
                        .as(name)
                        .isBetween(FROM_A_DEADLINE.contains(name) ? clock - 30 : clock, clock);
            }
        }
        assertThat(uncounted).containsExactly("exo_recv_timed/expired");
    }

    private static long value(Map<Integer, long[]> streams, int stream, int i) {
        return streams.getOrDefault(stream, new long[FEW])[i];
    }

    private static SequencedMap<String, Long> smallest(Benchmark benchmark) {
        SequencedMap<String, Long> point = new LinkedHashMap<>();
        benchmark.parameters().forEach(parameter -> point.put(parameter.name(), parameter.min()));
        return point;
    }

    /** Crossings, interrupts among them, and orders to the other processor. */
    @ParameterizedTest
    @CsvSource({
        "null_syscall, 1, 0, 0",
        "page_fault, 2, 1, 0",
        "exo_unmap/other_cpu, 3, 2, 1",
        "ipi/round_trip, 1, 1, 1",
        "timer_irq/ring0, 1, 1, 0",
        "timer_irq/ring3, 1, 1, 0",
        "preemption, 1, 1, 0",
        "irq_to_user, 2, 1, 1",
        "exo_send/one_way, 1, 0, 0",
        "exo_send/one_way_other_cpu, 2, 1, 1",
        "cap_table_lookup/random, 0, 0, 0"
    })
    void tellsInterruptsFromSystemCalls(
            String name, double crossings, double interrupts, double ipis) throws Exception {
        RegionCounts counts = counts(name);

        assertThat(mean(counts, 0, Counter.CROSSINGS)).isEqualTo(crossings);
        assertThat(mean(counts, 0, Counter.INTERRUPTS)).isEqualTo(interrupts);
        assertThat(mean(counts, 0, Counter.IPIS)).isEqualTo(ipis);
    }

    /** Counts of one benchmark at its smallest point. */
    private static RegionCounts counts(String name) throws Exception {
        Benchmark benchmark =
                KernelFixture.catalogue(KernelFixture.target(image, "")).stream()
                        .filter(b -> b.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        PlanEntry entry = new PlanEntry(benchmark, smallest(benchmark), SAMPLES, WARMUP, 1);
        return boot(SMALL, new Plan(1, List.of(entry))).counts().orElseThrow();
    }

    @Test
    void thePluginDoesNotChangeWhatTheClockCounts() throws Exception {
        Plan plan = plan(16, 1024);
        BootOutcome.Completed without =
                completed(KernelFixture.target(image, "").boot(plan, 0, Target.Progress.none()));
        BootOutcome.Completed with = boot(SMALL, plan);
        for (int entry = 0; entry < 2; entry++) {
            assertThat(with.run().entries().get(entry).streams().get(0))
                    .isEqualTo(without.run().entries().get(entry).streams().get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"l1d=16/8/64,l2=128/8/64", "l1d=48/12/64,l2=512/16/64"})
    void missesRiseWhereTheTableLeavesTheModelledCaches(String caches) throws Exception {
        CacheGeometry geometry = CacheGeometry.ASSUMED.with(caches);
        long first = geometry.data().kib() * 1024L / lookup.parameters().getFirst().each();
        long second = geometry.second().kib() * 1024L / lookup.parameters().getFirst().each();
        RegionCounts counts =
                boot(geometry, plan(first / 4, 2 * first, second / 4, Math.min(4 * second, 65535)))
                        .counts()
                        .orElseThrow();

        assertThat(mean(counts, 0, Counter.L1D_MISSES)).isLessThan(0.05);
        assertThat(mean(counts, 1, Counter.L1D_MISSES)).isGreaterThan(0.4);
        assertThat(mean(counts, 2, Counter.L2_MISSES)).isLessThan(0.05);
        assertThat(mean(counts, 3, Counter.L2_MISSES)).isGreaterThan(0.4);
        for (int entry = 1; entry < 4; entry++) {
            assertThat(mean(counts, entry, Counter.INSTRUCTIONS))
                    .as("O(1) in work")
                    .isEqualTo(mean(counts, 0, Counter.INSTRUCTIONS));
        }
    }

    /** In a cache of 32 lines it shows where the stacks of ring 3 are: the seed moves them. */
    @Test
    void theSeedMovesTheStacksOfRingThreeAndNoInstruction() throws Exception {
        CacheGeometry tiny = CacheGeometry.ASSUMED.with("l1d=2/1/64");
        Benchmark fault =
                KernelFixture.catalogue(KernelFixture.target(image, "")).stream()
                        .filter(b -> b.name().equals("page_fault"))
                        .findFirst()
                        .orElseThrow();
        Set<Double> misses = new TreeSet<>();
        Set<Double> instructions = new TreeSet<>();
        for (int seed = 1; seed <= 6; seed++) {
            PlanEntry entry = new PlanEntry(fault, new LinkedHashMap<>(), SAMPLES, WARMUP, 1);
            RegionCounts counts = boot(tiny, new Plan(seed, List.of(entry))).counts().orElseThrow();
            misses.add(mean(counts, 0, Counter.L1D_MISSES));
            instructions.add(mean(counts, 0, Counter.INSTRUCTIONS));
        }

        assertThat(instructions).hasSize(1);
        assertThat(misses).hasSizeGreaterThan(3);
        assertThat(Collections.max(misses) - Collections.min(misses)).isGreaterThan(3);
    }

    @Test
    void twoBootsCountTheSame() throws Exception {
        RegionCounts first = boot(SMALL, plan(2048)).counts().orElseThrow();
        RegionCounts second = boot(SMALL, plan(2048)).counts().orElseThrow();
        for (Counter counter : Counter.ALL) {
            assertThat(first.values(0, counter, 0, WARMUP, SAMPLES, 1))
                    .hasValueSatisfying(values ->
                            assertThat(
                                            second.values(0, counter, 0, WARMUP, SAMPLES, 1)
                                                    .orElseThrow())
                                    .as(counter.metric())
                                    .isEqualTo(values));
        }
    }
}
