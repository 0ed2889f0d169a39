package org.feuerprobe.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GridPlannerTests {
    @Test
    void doublesFromTheSmallestToTheLargestValue() {
        assertThat(doubling(1, 16)).containsExactly(1L, 2L, 4L, 8L, 16L);
        assertThat(doubling(3, 20)).containsExactly(3L, 4L, 8L, 16L, 20L);
        assertThat(doubling(0, 3)).containsExactly(0L, 1L, 2L, 3L);
        assertThat(doubling(5, 5)).containsExactly(5L);
        assertThat(doubling(0, 0)).containsExactly(0L);
        assertThat(doubling(0, 1)).containsExactly(0L, 1L);
    }

    @Test
    void endsAtTheLargestNumberThereIs() {
        assertThat(doubling(1, Long.MAX_VALUE)).hasSize(64).endsWith(1L << 62, Long.MAX_VALUE);
        assertThat(doubling(Long.MAX_VALUE - 1, Long.MAX_VALUE))
                .containsExactly(Long.MAX_VALUE - 1, Long.MAX_VALUE);
    }

    @Test
    void thinsEvenlyAndKeepsBothEnds() {
        List<Long> ten = List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(GridPlanner.thin(ten, 10)).isEqualTo(ten);
        assertThat(GridPlanner.thin(ten, 4)).containsExactly(0L, 3L, 6L, 9L);
        assertThat(GridPlanner.thin(ten, 2)).containsExactly(0L, 9L);
        for (int most = 2; most <= 10; most++) {
            assertThat(GridPlanner.thin(ten, most))
                    .hasSize(most)
                    .doesNotHaveDuplicates()
                    .isSorted()
                    .startsWith(0L)
                    .endsWith(9L);
        }
    }

    @Test
    void crossesSeveralParametersWithFewerValuesEach() {
        assertThat(GridPlanner.grid(benchmark(0), 32)).containsExactly(new LinkedHashMap<>());
        assertThat(GridPlanner.grid(benchmark(1), 32)).hasSize(17);
        assertThat(GridPlanner.grid(benchmark(1), 7)).hasSize(7);
        assertThat(GridPlanner.grid(benchmark(2), 32)).hasSize(36).doesNotHaveDuplicates();
        assertThat(GridPlanner.grid(benchmark(3), 32)).hasSize(64);
        assertThat(GridPlanner.grid(benchmark(4), 32))
                .hasSize(256)
                .allSatisfy(point ->
                        assertThat(point.sequencedKeySet())
                                .containsExactly("p0", "p1", "p2", "p3"));
    }

    @Test
    void plansEveryBenchmarkAtEveryPointWithTheEffortsCounts() {
        Plan plan =
                GridPlanner.plan(List.of(benchmark(1), benchmark(0)), new Effort(5, 3, 2, 1), 77);
        assertThat(plan.seed()).isEqualTo(77);
        assertThat(plan.entries()).hasSize(3);
        assertThat(plan.entries().getFirst().parameters()).containsEntry("p0", 1L);
        assertThat(plan.entries().get(1).parameters()).containsEntry("p0", 65536L);
        assertThat(plan.entries())
                .allSatisfy(entry -> {
                    assertThat(entry.samples()).isEqualTo(5);
                    assertThat(entry.warmup()).isEqualTo(3);
                    assertThat(entry.batch()).isEqualTo(1);
                });
        assertThat(plan.values()).isEqualTo(30);
    }

    @Test
    void aPlanKeepsItsEntriesUnderAnotherSeed() {
        Plan plan = GridPlanner.plan(List.of(benchmark(1)), Effort.QUICK, 1);
        assertThat(plan.withSeed(9).entries()).isEqualTo(plan.entries());
        assertThat(plan.withSeed(9).seed()).isEqualTo(9);
        assertThat(Plan.catalogue().entries()).isEmpty();
        assertThat(Effort.FULL.withSamples(3)).isEqualTo(new Effort(3, 4, 32, 3));
    }

    @Test
    void refusesImpossibleParametersBenchmarksAndEntries() {
        refuses(() -> new Benchmark.Parameter("n", 2, 1), "parameter 'n' min=2 max=1 each=0");
        refuses(() -> new Benchmark.Parameter("n", -1, 1), "parameter 'n' min=-1 max=1 each=0");
        refuses(() -> new Benchmark.Parameter("", 0, 1), "parameter '' min=0 max=1 each=0");
        refuses(
                () -> new Benchmark("", "o", 0, false, 1, List.of(), ""),
                "a benchmark needs a name and an operation");
        refuses(
                () -> new Benchmark("b", "", 0, false, 1, List.of(), ""),
                "a benchmark needs a name and an operation");
        refuses(() -> entry(0, 0, 1), "samples=0 warmup=0 batch=1");
        refuses(() -> entry(1, -1, 1), "samples=1 warmup=-1 batch=1");
        refuses(() -> entry(1, 0, 0), "samples=1 warmup=0 batch=0");
    }

    private static void entry(int samples, int warmup, int batch) {
        PlanEntry unused =
                new PlanEntry(benchmark(0), new LinkedHashMap<>(), samples, warmup, batch);
        assertThat(unused).isNull();
    }

    private static List<Long> doubling(long min, long max) {
        return GridPlanner.doubling(new Benchmark.Parameter("n", min, max));
    }

    private static Benchmark benchmark(int parameters) {
        List<Benchmark.Parameter> list = new ArrayList<>();
        for (int i = 0; i < parameters; i++) {
            list.add(new Benchmark.Parameter("p" + i, 1, 65536));
        }
        return new Benchmark("b" + parameters, "o", 0, false, 1, list, "e");
    }

    private static void refuses(Runnable what, String message) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(what::run)
                .withMessage(message);
    }
}
