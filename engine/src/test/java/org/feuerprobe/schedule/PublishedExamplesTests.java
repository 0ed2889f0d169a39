package org.feuerprobe.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Examples of the literature with their answers. */
final class PublishedExamplesTests {
    private static TaskSet set(Policy policy, long[]... costPeriodDeadline) {
        List<Task> tasks = new ArrayList<>();
        for (long[] row : costPeriodDeadline) {
            tasks.add(Task.periodic("t" + tasks.size(), row[0], row[1], row[2]));
        }
        return new TaskSet(policy, KernelCosts.NONE, tasks);
    }

    /** The first task is the most urgent. */
    private static TaskSet inOrder(TaskSet set) {
        List<Task> tasks = new ArrayList<>();
        for (Task task : set.tasks()) {
            tasks.add(task.withPriority(set.tasks().size() - tasks.size()));
        }
        return set.with(tasks);
    }

    private static List<Long> responses(TaskSet set) {
        return Analysis.of(set).results().stream()
                .map(result -> result.response().orElse(-1))
                .toList();
    }

    /** Burns and Wellings, Real-Time Systems and Programming Languages, response-time analysis. */
    @Test
    void burnsAndWellings() {
        TaskSet first =
                inOrder(
                        set(
                                Policy.FP,
                                new long[] {3, 7, 7},
                                new long[] {3, 12, 12},
                                new long[] {5, 20, 20}));
        assertThat(responses(first)).containsExactly(3L, 6L, 20L);
        TaskSet whole =
                inOrder(
                        set(
                                Policy.FP,
                                new long[] {5, 20, 20},
                                new long[] {10, 40, 40},
                                new long[] {40, 80, 80}));
        assertThat(whole.share().hundredths()).isEqualTo(10_000);
        assertThat(responses(whole)).containsExactly(5L, 15L, 80L);
    }

    /**
     * Lehoczky (1990), Fixed priority scheduling of periodic task sets with arbitrary deadlines:
     * the worst response is that of the fifth job of the busy period, 118, and not the first, 114.
     */
    @Test
    void lehoczkyBusyPeriod() {
        TaskSet set = inOrder(set(Policy.FP, new long[] {26, 70, 70}, new long[] {62, 100, 120}));
        assertThat(responses(set)).containsExactly(26L, 118L);
        assertThat(
                        Simulation.of(set, RandomSets.worst(set, new long[2], 694)).jobs().stream()
                                .filter(job -> job.job().task() == 1)
                                .map(Simulation.Finished::response))
                .containsExactly(114L, 102L, 116L, 104L, 118L, 106L, 94L);
    }

    /**
     * The same paper: with deadlines beyond the periods neither the shorter period nor the shorter
     * deadline must be the more urgent. Audsley's order is the one that works.
     */
    @Test
    void lehoczkyOrder() {
        TaskSet set = set(Policy.FP, new long[] {52, 100, 110}, new long[] {52, 140, 154});
        assertThat(Analysis.of(inOrder(set)).kept()).isFalse();
        Analysis assigned = Analysis.of(set);
        assertThat(assigned.assigned()).isTrue();
        assertThat(assigned.kept()).isTrue();
        assertThat(assigned.set().tasks().get(1).priority()).hasValue(2);
    }

    /**
     * Liu and Layland (1973), section 4: with periods 2 and 5 and costs of 1, the cost of the
     * second can be raised to 2 if the first is more urgent, and neither if it is not.
     */
    @Test
    void liuAndLayland() {
        TaskSet set = inOrder(set(Policy.FP, new long[] {1, 2, 2}, new long[] {1, 5, 5}));
        assertThat(Analysis.of(set).results().get(1).largest()).isEqualTo(OptionalLong.of(2));
        TaskSet other = inOrder(set(Policy.FP, new long[] {1, 5, 5}, new long[] {1, 2, 2}));
        assertThat(Analysis.of(other).results())
                .allSatisfy(result -> assertThat(result.largest()).isEqualTo(OptionalLong.of(1)));
    }

    /**
     * Liu and Layland, theorem 7: earliest deadline first keeps all deadlines up to a share of 1.
     */
    @Test
    void theWholeProcessor() {
        TaskSet full =
                set(Policy.EDF, new long[] {1, 2, 2}, new long[] {1, 3, 3}, new long[] {1, 6, 6});
        assertThat(full.share().hundredths()).isEqualTo(10_000);
        assertThat(Analysis.of(full).kept()).isTrue();
        TaskSet more = full.with(2, full.tasks().get(2).withCost(2));
        Analysis refused = Analysis.of(more);
        assertThat(refused.kept()).isFalse();
        assertThat(refused.why()).isEqualTo("the tasks need more than the processor has");
    }

    /** Buttazzo, Hard Real-Time Computing Systems, processor demand: kept, with no slack at 7. */
    @Test
    void buttazzoDemand() {
        TaskSet set =
                set(Policy.EDF, new long[] {2, 6, 4}, new long[] {2, 8, 5}, new long[] {3, 9, 7});
        assertThat(Analysis.of(set).kept()).isTrue();
        Analysis refused = Analysis.of(set.with(2, Task.periodic("t2", 3, 9, 6)));
        assertThat(refused.kept()).isFalse();
        assertThat(refused.why()).isEqualTo("the jobs in an interval of 6 need 7");
    }

    /** The stretch in which nothing is preempted delays every task, and the releases of all. */
    @Test
    void costsOfTheSystem() {
        TaskSet set =
                inOrder(
                        set(
                                Policy.FP,
                                new long[] {20_000, 100_000, 100_000},
                                new long[] {40_000, 250_000, 250_000},
                                new long[] {100_000, 500_000, 500_000}));
        assertThat(responses(set.with(new KernelCosts(267, 170, 0))))
                // 20,000 + 170 + three releases; then by hand in the same way
                .containsExactly(20_971L, 61_141L, 181_748L);
        assertThat(responses(set.with(new KernelCosts(267, 170, 1_802_358))))
                .allSatisfy(response -> assertThat(response).isGreaterThan(1_802_358L));
    }
}
