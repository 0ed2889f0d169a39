package org.feuerprobe.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The points that a kernel without a plan chooses: docs/probe.md section 6. */
class UnplannedGridTests {
    private static List<Long> values(long min, long max) {
        return UnplannedGrid.values(
                new Benchmark(
                        "b",
                        "o",
                        0,
                        false,
                        1,
                        List.of(
                                new Benchmark.Parameter("n", min, max),
                                new Benchmark.Parameter("m", 3, 9)),
                        ""));
    }

    @Test
    void takesPowersOfTwoBetweenTheEndsAndTheLargest() {
        assertThat(values(4, 16)).containsExactly(4L, 8L, 16L);
        assertThat(values(5, 20)).containsExactly(8L, 16L, 20L);
        assertThat(values(0, 3)).containsExactly(1L, 2L, 3L);
        assertThat(values(1, 1)).containsExactly(1L);
        assertThat(values(6, 7)).containsExactly(7L);
    }

    @Test
    void keepsTheOtherParametersAtTheirLeast() {
        Plan plan =
                UnplannedGrid.of(
                        List.of(
                                new Benchmark(
                                        "b",
                                        "o",
                                        0,
                                        false,
                                        1,
                                        List.of(
                                                new Benchmark.Parameter("n", 1, 2),
                                                new Benchmark.Parameter("m", 3, 9)),
                                        "")));
        assertThat(plan.entries()).extracting(e -> e.parameters().get("m")).containsExactly(3L, 3L);
    }

    @Test
    void aBenchmarkWithoutParameterHasOnePoint() {
        Plan plan = UnplannedGrid.of(List.of(new Benchmark("b", "o", 0, false, 1, List.of(), "")));
        assertThat(plan.entries()).hasSize(1);
    }
}
