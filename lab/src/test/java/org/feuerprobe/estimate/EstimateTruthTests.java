package org.feuerprobe.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.guest.CacheGeometry;
import org.feuerprobe.guest.CacheModel;
import org.feuerprobe.guest.KernelFixture;
import org.feuerprobe.guest.LinuxPeer;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.guest.QemuLimits;
import org.feuerprobe.guest.QemuTarget;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.testbed.Processor;
import org.feuerprobe.testbed.SystemFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The printed error rests on real counts and real cycles of the same benchmarks. */
@Tag("boots")
class EstimateTruthTests {
    private static final Set<String> OPERATIONS =
            Set.of("cap_table_lookup", "cap_table_lookup_cold", "cap_revoke_tree");
    private static final int ROW_MEASURED = 4;

    private static NativeTarget core;
    private static NativeClock clock;
    private static HostCosts costs;

    /** Counted once; each test that holds it against a truth does so anew. */
    private static Estimates ofTheKernel;

    @BeforeAll
    static void build() throws Exception {
        core = new NativeTarget(NativeTarget.build(Path.of("exokernel"), List.of()), 0);
        clock = core.clock();
        costs = HostCosts.measure(Path.of("cpus"), core);
        for (int again = 0; again < 10 && !known(); again++) {
            clock = core.clock();
            costs = HostCosts.measure(Path.of("cpus"), core);
        }
        assumeTrue(known(), "no truth to hold estimates against: " + truth().text());
        ofTheKernel = Estimates.of(counting(), costs.processor(), plan(), OPERATIONS);
    }

    private static Trust truth() {
        return costs.processor().check(clock.multiplication(), clock.load());
    }

    private static boolean known() {
        return truth().believed() && !costs.note().isEmpty();
    }

    private static CacheModel model() throws Exception {
        return CacheModel.build(Path.of("plugin"), CacheGeometry.host());
    }

    private static QemuTarget kernel() throws Exception {
        return KernelFixture.target(KernelFixture.image(), "");
    }

    private static Target counting() throws Exception {
        return kernel().counting(model());
    }

    private static Plan plan() throws Exception {
        List<Benchmark> benchmarks =
                KernelFixture.catalogue(kernel()).stream()
                        .filter(benchmark -> OPERATIONS.contains(benchmark.operation()))
                        .toList();
        return GridPlanner.plan(benchmarks, Effort.QUICK, 1);
    }

    private static Map<String, Double> measured(Estimates estimates) {
        return estimates.rows().stream()
                .skip(1)
                .collect(
                        Collectors.toMap(
                                row -> row.get(0) + " " + row.get(1),
                                row ->
                                        Double.parseDouble(
                                                row.get(ROW_MEASURED).replaceAll(",| .*", ""))));
    }

    @Test
    void theErrorIsOfRealCountsAgainstRealCycles() throws Exception {
        String error = ofTheKernel.error(core, clock);
        List<List<String>> rows = ofTheKernel.rows();
        long outside =
                rows.stream().skip(1).filter(row -> row.get(ROW_MEASURED).endsWith(")")).count();
        int n = rows.size() - 1;

        assertThat(n).isGreaterThanOrEqualTo(10);
        assertThat(rows).noneMatch(row -> row.get(ROW_MEASURED).equals("–"));
        assertThat(error)
                .startsWith(
                        "Compared with target native here, %d of %d estimates contain the measured mean"
                                .formatted(n - outside, n));

        // Orders that hold on a busy machine, and in no made-up figures.
        Map<String, Double> cycles = measured(ofTheKernel);
        assertThat(cycles.get("cap_revoke_tree/chain descendants=16384"))
                .isGreaterThan(
                        100 * cycles.getOrDefault("cap_revoke_tree/chain descendants=1", 1e9));
        assertThat(cycles.get("cap_table_lookup_cold N_caps=65535"))
                .isGreaterThan(
                        cycles.getOrDefault("cap_table_lookup/sequential N_caps=65535", 1e9));
    }

    /** A core a thousand times as fast as it is: no call that the clock resolves costs that. */
    @Test
    void anotherTruthGivesAnotherError() throws Exception {
        NativeClock wrong =
                new NativeClock(
                        clock.quantum(),
                        clock.emptyMin(),
                        clock.emptyP99(),
                        clock.rate(),
                        1000 * clock.cyclesPerTick(),
                        clock.multiplication(),
                        clock.load());

        String error = ofTheKernel.error(core, wrong);

        // A lookup that hides behind the clock's own reading may measure as nothing, even a
        // thousand times.
        assertThat(ofTheKernel.rows())
                .filteredOn(row -> row.getFirst().startsWith("cap_revoke_tree"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(row -> row.get(ROW_MEASURED).endsWith("(outside)"), "outside");
        assertThat(Double.parseDouble(error.replaceAll(".* to ([0-9.]+) times their.*", "$1")))
                .isGreaterThan(100);
    }

    /** Each level behind the first takes longer, and what overlaps takes less than what waits. */
    @Test
    void missesCostMoreTheFartherTheyGo() throws Exception {
        Function<String, Double> dearest =
                event -> costs.processor().costs().of(event).orElseThrow().high();

        assertThat(costs.note()).startsWith("Measured on this core: a dependent load takes ");
        assertThat(dearest.apply("l1d_miss")).isGreaterThan(1);
        assertThat(dearest.apply("l3_hit")).isGreaterThan(dearest.apply("l1d_miss"));
        assertThat(dearest.apply("l2_miss")).isGreaterThan(dearest.apply("l1d_miss"));
        for (String event : List.of("l1d_miss", "l3_hit", "l2_miss")) {
            Processor.Cost cost = costs.processor().costs().of(event).orElseThrow();
            assertThat(cost.basis()).isEqualTo(Processor.Basis.MEASURED);
            assertThat(cost.low()).isLessThan(cost.high());
        }
    }

    /** A warm table that fits the third level is not charged with trips to memory. */
    @Test
    void whatFitsTheThirdLevelIsChargedItsHits() throws Exception {
        assumeTrue(
                SystemFiles.HOST.thirdLevel().orElse(0) >= 8 << 20,
                "this machine tells of no third level of 8 MiB");
        Processor processor =
                costs.processor()
                        .with(Map.of("l3_hit", free(), "l2_miss", dear(), "l1d_miss", free()));
        Map<String, String> ranges =
                Estimates.of(counting(), processor, plan(), OPERATIONS).rows().stream()
                        .skip(1)
                        .collect(
                                Collectors.toMap(
                                        row -> row.get(0) + " " + row.get(1), r -> r.get(3)));

        assertThat(highest(ranges.getOrDefault("cap_table_lookup/random N_caps=65535", "")))
                .isBetween(1.0, 1e5);
        assertThat(highest(ranges.getOrDefault("cap_table_lookup_cold N_caps=65535", "")))
                .isGreaterThan(1e6);
    }

    private static Processor.Cost free() {
        return new Processor.Cost(0, 0, Processor.Basis.ASSUMED, "of this test");
    }

    private static Processor.Cost dear() {
        return new Processor.Cost(1e6, 1e6, Processor.Basis.ASSUMED, "of this test");
    }

    private static double highest(String range) {
        return Double.parseDouble(
                range.substring(range.indexOf('–') + 1).replace(",", "").toLowerCase(Locale.ROOT));
    }

    @Test
    void theLinuxGuestIsHeldAgainstThisHostsLinux() throws Exception {
        LinuxPeer peers = new LinuxPeer(Path.of("peers"), QemuLimits.DEFAULT);
        assumeTrue(peers.fetched(), "the Linux guest is not here: make peers");
        Estimates estimates =
                Estimates.of(peers.guest("qemu-system-x86_64", model()), costs.processor());

        String error = estimates.error(peers.host(peers.program(), 0), clock);

        assertThat(error).startsWith("Compared with target linux here, ");
        assertThat(estimates.rows().stream().map(List::getFirst)).contains("getppid");
        Map<String, Double> cycles = measured(estimates);
        assertThat(
                        cycles.entrySet().stream()
                                .filter(row -> row.getKey().startsWith("pipe"))
                                .mapToDouble(Map.Entry::getValue))
                .isNotEmpty()
                .allMatch(pipe -> pipe > 2 * cycles.getOrDefault("getppid ", 1e9));
    }
}
