package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.feuerprobe.guest.KernelFixture.completed;
import static org.feuerprobe.guest.KernelFixture.target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.ProbeRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Is the cost of every operation in ring 0 an exact integer form of its parameters? The form is
 * what the operation's author expects; its coefficients are the compiler's business, so they are
 * solved for at the first points, and every other sample has to fit them without a remainder.
 */
@Tag("boots")
class CoreBenchTests {
    private static final int SAMPLES = 6;
    private static final List<String> CONSTANT =
            List.of("cap_", "zalloc", "zfree", "VTLocalEvent", "LatticeLeqWord", "LatticeLubWord");

    private static List<Benchmark> catalogue;
    private static Map<String, List<Measured>> measured;

    /** The counts of one point, net of the twin's. */
    private record Measured(List<Long> point, long[] counts) {}

    @BeforeAll
    static void measureAll() throws Exception {
        QemuTarget target = target(KernelFixture.image(), "");
        catalogue = KernelFixture.catalogue(target);
        List<PlanEntry> entries = new ArrayList<>();
        for (Benchmark benchmark : catalogue) {
            if (benchmark.ring() == 0) {
                for (SequencedMap<String, Long> point : points(benchmark)) {
                    entries.add(new PlanEntry(benchmark, point, SAMPLES, 2, 1));
                }
            }
        }
        ProbeRun run =
                completed(target.boot(new Plan(5, entries), 0, Target.Progress.none())).run();
        measured = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            ProbeRun.Entry outcome = run.entries().get(i);
            assertThat(outcome.verified()).as(entries.get(i) + ": " + outcome.result()).isTrue();
            long[] twin = outcome.streams().get(1);
            long overhead = Arrays.stream(twin).min().orElseThrow();
            assertThat(twin).as("twin of " + entries.get(i)).containsOnly(overhead);
            measured.computeIfAbsent(entries.get(i).benchmark().name(), _ -> new ArrayList<>())
                    .add(
                            new Measured(
                                    List.copyOf(entries.get(i).parameters().values()),
                                    Arrays.stream(outcome.streams().get(0))
                                            .map(count -> count - overhead)
                                            .toArray()));
        }
    }

    @Test
    void mostOperationsCostTheSameEverywhere() {
        List<String> names =
                measured.keySet().stream()
                        .filter(name -> CONSTANT.stream().anyMatch(name::startsWith))
                        .filter(name -> !name.startsWith("cap_revoke_tree"))
                        .toList();

        assertThat(names).hasSizeGreaterThan(20);
        names.forEach(name -> assertThat(form(name)).as(name).hasSize(1));
    }

    @Test
    void labelsCostAStepForEach64Categories() {
        for (String name : List.of("LatticeLeq", "LatticeLub", "LatticeGlb")) {
            assertThat(form(name, p -> words(p.get(0)))[1]).as(name).isBetween(1L, 8L);
        }
        for (String name : List.of("LatticeLubSet", "LatticeGlbSet")) {
            form(name, p -> p.get(0), p -> words(p.get(1)), p -> p.get(0) * words(p.get(1)));
        }
    }

    @Test
    void delegationCostsOneComparisonWhateverTheTableHolds() {
        for (String variant : List.of("first", "again", "stale")) {
            form("DelegateCapability/" + variant, p -> words(p.get(1)));
        }
    }

    @Test
    void domainsAndDescendantsAddTheSameEach() {
        for (String name : List.of("VTSend", "VTReceive", "VTLt", "EpochSync")) {
            form(name, p -> p.get(0));
        }
        form("EpochCascade", p -> p.get(0), p -> p.get(0) * p.get(1));
        assertThat(form("cap_revoke_tree/chain", p -> p.get(0)))
                .isEqualTo(form("cap_revoke_tree/random", p -> p.get(0)));
    }

    @Test
    void staysWithinTheLimits() {
        Map<String, Long> most =
                catalogue.stream()
                        .filter(benchmark -> measured.containsKey(benchmark.name()))
                        .collect(
                                Collectors.toMap(
                                        Benchmark::operation,
                                        benchmark ->
                                                of(benchmark.name()).stream()
                                                        .flatMapToLong(
                                                                m -> Arrays.stream(m.counts()))
                                                        .max()
                                                        .orElseThrow(),
                                        Long::max));

        assertThat(most.get("cap_table_lookup")).isLessThanOrEqualTo(20);
        assertThat(most.get("cap_table_alloc")).isLessThanOrEqualTo(30);
        assertThat(most.get("cap_revoke")).isLessThanOrEqualTo(30);
        assertThat(most.get("zalloc")).isLessThanOrEqualTo(40);
    }

    /** The ends of every parameter, and what lies beside the borders of a 64-bit word. */
    private static List<SequencedMap<String, Long>> points(Benchmark benchmark) {
        List<SequencedMap<String, Long>> points = List.of(new LinkedHashMap<>());
        for (Benchmark.Parameter parameter : benchmark.parameters()) {
            long[] values =
                    Arrays.stream(new long[] {1, 2, 5, 17, 63, 64, 65, 127, 129, 200, 777})
                            .map(value -> Math.clamp(value, parameter.min(), parameter.max()))
                            .distinct()
                            .toArray();
            List<SequencedMap<String, Long>> wider = new ArrayList<>();
            for (SequencedMap<String, Long> point : points) {
                for (long value : values) {
                    SequencedMap<String, Long> extended = new LinkedHashMap<>(point);
                    extended.put(parameter.name(), value);
                    wider.add(extended);
                }
            }
            points = wider;
        }
        return points;
    }

    private static List<Measured> of(String benchmark) {
        return measured.getOrDefault(benchmark, List.of());
    }

    private static long words(long categories) {
        return (categories + 63) / 64;
    }

    /** Coefficients of {@code 1} and the terms; every sample of the benchmark fits them exactly. */
    @SafeVarargs
    private static long[] form(String name, ToLongFunction<List<Long>>... terms) {
        List<Measured> all = of(name);
        assertThat(all).as(name).hasSizeGreaterThan(terms.length + 1);
        Function<List<Long>, long[]> row =
                point -> {
                    long[] values = new long[terms.length + 1];
                    values[0] = 1;
                    for (int i = 0; i < terms.length; i++) {
                        values[i + 1] = terms[i].applyAsLong(point);
                    }
                    return values;
                };
        long[] coefficients = solve(all, row);
        for (Measured one : all) {
            long[] values = row.apply(one.point());
            long expected = 0;
            for (int i = 0; i < values.length; i++) {
                expected += coefficients[i] * values[i];
            }
            assertThat(one.counts()).as(name + one.point()).containsOnly(expected);
        }
        return coefficients;
    }

    /** Normal equations over all points; the result is rounded, and checked by the caller. */
    private static long[] solve(List<Measured> all, Function<List<Long>, long[]> row) {
        int n = row.apply(all.getFirst().point()).length;
        double[][] m = new double[n][n + 1];
        for (Measured one : all) {
            long[] values = row.apply(one.point());
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    m[i][j] += (double) values[i] * values[j];
                }
                m[i][n] += (double) values[i] * one.counts()[0];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                double factor = k == i ? 0 : m[k][i] / m[i][i];
                for (int j = i; j <= n; j++) {
                    m[k][j] -= factor * m[i][j];
                }
            }
        }
        long[] solution = new long[n];
        for (int i = 0; i < n; i++) {
            solution[i] = Math.round(m[i][n] / m[i][i]);
        }
        return solution;
    }
}
