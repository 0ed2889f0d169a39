package org.feuerprobe.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The analysis against the simulation, and the simulation against one that goes tick by tick. */
final class SimulationTests {
    private static final int SETS = 400;

    /** Who runs in each tick, without resources: the plainest possible scheduler. */
    private static List<Long> tickByTick(TaskSet set, List<Job> jobs) {
        long[] left = jobs.stream().mapToLong(Job::cost).toArray();
        Long[] ends = new Long[jobs.size()];
        int open = jobs.size();
        for (long now = 0; open > 0; now++) {
            int best = -1;
            for (int i = 0; i < left.length; i++) {
                Job job = jobs.get(i);
                if (left[i] > 0
                        && job.release() <= now
                        && (best < 0 || isBefore(set, job, jobs.get(best)))) {
                    best = i;
                }
            }
            if (best >= 0 && --left[best] == 0) {
                ends[best] = now + 1;
                open--;
            }
        }
        return List.of(ends);
    }

    private static boolean isBefore(TaskSet set, Job a, Job b) {
        Task first = set.tasks().get(a.task());
        Task second = set.tasks().get(b.task());
        long rankA =
                set.policy() == Policy.FP
                        ? -first.priority().orElseThrow()
                        : a.arrival() + first.deadline();
        long rankB =
                set.policy() == Policy.FP
                        ? -second.priority().orElseThrow()
                        : b.arrival() + second.deadline();
        return rankA != rankB ? rankA < rankB : a.arrival() < b.arrival();
    }

    /** Priorities that are all different, so that no tie is broken in two ways. */
    private static TaskSet prioritised(TaskSet set) {
        return set.policy() == Policy.FP ? Priorities.assign(set) : set;
    }

    @Test
    void theSimulationIsThatOfSingleTicks() {
        SplittableRandom random = new SplittableRandom(1);
        for (int n = 0; n < SETS; n++) {
            Policy policy = n % 2 == 0 ? Policy.FP : Policy.EDF;
            TaskSet set = prioritised(RandomSets.uunifast(random, policy, 3, 900, 5, 40, 1));
            List<Job> jobs = RandomSets.random(random, set, 200);
            Simulation.Schedule schedule = Simulation.of(set, jobs);
            List<Long> ends = tickByTick(set, jobs);
            List<Long> responses = new ArrayList<>();
            for (int i = 0; i < jobs.size(); i++) {
                Job job = jobs.get(i);
                responses.add(
                        schedule.jobs().stream()
                                .filter(done -> done.job().equals(job))
                                .findFirst()
                                .orElseThrow()
                                .end());
            }
            if (policy == Policy.FP) {
                assertThat(responses).as(set.toString()).isEqualTo(ends);
            } else { // of jobs with equal deadlines either may come first
                assertThat(responses.stream().sorted().toList())
                        .as(set.toString())
                        .isEqualTo(ends.stream().sorted().toList());
            }
            assertThat(
                            schedule.slices().stream()
                                    .mapToLong(slice -> slice.to() - slice.from())
                                    .sum())
                    .isEqualTo(jobs.stream().mapToLong(Job::cost).sum());
        }
    }

    /** All pairs of small tasks: the computed response is that of the critical instant, exactly. */
    @Test
    void fixedPrioritiesOfAllSmallSets() {
        int compared = 0;
        int unbounded = 0;
        for (int c1 = 1; c1 <= 4; c1++) {
            for (int t1 = c1; t1 <= 6; t1++) {
                for (int c2 = 1; c2 <= 5; c2++) {
                    for (int t2 = c2; t2 <= 8; t2++) {
                        for (int d2 = 1; d2 <= 2 * t2; d2 += 3) {
                            TaskSet set =
                                    new TaskSet(
                                            Policy.FP,
                                            KernelCosts.NONE,
                                            List.of(
                                                    Task.periodic("a", c1, t1, t1).withPriority(2),
                                                    Task.periodic("b", c2, t2, d2)
                                                            .withPriority(1)));
                            Analysis analysis = Analysis.of(set);
                            if (set.share().tooMuch()) {
                                assertThat(analysis.kept()).isFalse();
                                unbounded++;
                                continue;
                            }
                            long[] worst = new long[2];
                            Simulation.of(set, RandomSets.worst(set, new long[2], 2L * t1 * t2))
                                    .jobs()
                                    .forEach(job ->
                                            worst[job.job().task()] =
                                                    Math.max(
                                                            worst[job.job().task()],
                                                            job.response()));
                            for (int i = 0; i < 2; i++) {
                                Analysis.Result result = analysis.results().get(i);
                                assertThat(result.response()).as(set.toString()).hasValue(worst[i]);
                                assertThat(result.kept())
                                        .isEqualTo(worst[i] <= result.task().deadline());
                                compared++;
                            }
                        }
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(1000);
        assertThat(unbounded).isGreaterThan(100);
    }

    /**
     * All pairs of small tasks: kept if and only if the synchronous release keeps all deadlines.
     */
    @Test
    void earliestDeadlineOfAllSmallSets() {
        int kept = 0;
        int missed = 0;
        int exact = 0;
        int bounded = 0;
        for (int c1 = 1; c1 <= 3; c1++) {
            for (int t1 = c1; t1 <= 5; t1++) {
                for (int d1 = c1; d1 <= t1 + 2; d1++) {
                    for (int c2 = 1; c2 <= 4; c2++) {
                        for (int t2 = c2; t2 <= 6; t2++) {
                            for (int d2 = c2; d2 <= t2 + 2; d2 += 2) {
                                TaskSet set =
                                        new TaskSet(
                                                Policy.EDF,
                                                KernelCosts.NONE,
                                                List.of(
                                                        Task.periodic("a", c1, t1, d1),
                                                        Task.periodic("b", c2, t2, d2)));
                                if (set.share().tooMuch()) {
                                    continue;
                                }
                                Analysis analysis = Analysis.of(set);
                                boolean missing =
                                        isMissed(
                                                set,
                                                RandomSets.worst(set, new long[2], 4L * t1 * t2));
                                assertThat(analysis.kept()).as(set.toString()).isEqualTo(!missing);
                                if (missing) {
                                    missed++;
                                    continue;
                                }
                                kept++;
                                long[] worst = worstOfAllOffsets(set);
                                for (int i = 0; i < 2; i++) {
                                    long computed =
                                            analysis.results().get(i).response().orElseThrow();
                                    assertThat(worst[i])
                                            .as(set.toString())
                                            .isLessThanOrEqualTo(computed);
                                    bounded++;
                                    exact += worst[i] == computed ? 1 : 0;
                                }
                            }
                        }
                    }
                }
            }
        }
        assertThat(kept).isGreaterThan(100);
        assertThat(missed).isGreaterThan(100);
        // where they differ, a tie of deadlines was broken for the task
        assertThat(exact).isGreaterThan(bounded / 2);
    }

    private static boolean isMissed(TaskSet set, List<Job> jobs) {
        return Simulation.of(set, jobs).jobs().stream()
                .anyMatch(job -> job.response() > set.tasks().get(job.job().task()).deadline());
    }

    private static long[] worstOfAllOffsets(TaskSet set) {
        long[] worst = new long[2];
        long t1 = set.tasks().get(0).period();
        long t2 = set.tasks().get(1).period();
        for (long first = 0; first < t1; first++) {
            note(worst, set, new long[] {first, 0});
        }
        for (long second = 0; second < t2; second++) {
            note(worst, set, new long[] {0, second});
        }
        return worst;
    }

    private static void note(long[] worst, TaskSet set, long[] offsets) {
        long horizon = 3 * set.tasks().get(0).period() * set.tasks().get(1).period();
        for (Simulation.Finished job :
                Simulation.of(set, RandomSets.worst(set, offsets, horizon)).jobs()) {
            worst[job.job().task()] = Math.max(worst[job.job().task()], job.response());
        }
    }

    /**
     * Jitter, resources, costs of the system, arrivals of all kinds: nothing exceeds the analysis.
     */
    @Test
    void noRandomSetExceedsItsAnalysis() {
        SplittableRandom random = new SplittableRandom(20261130);
        int accepted = 0;
        int refusedWithoutMiss = 0;
        for (int n = 0; n < SETS; n++) {
            Policy policy = n % 2 == 0 ? Policy.FP : Policy.EDF;
            int tasks = 2 + n % 5;
            TaskSet set = RandomSets.uunifast(random, policy, tasks, 400 + n % 600, 50, 2000, 10);
            if (n % 4 > 1) {
                set = RandomSets.difficult(random, set);
            }
            if (n % 3 == 0) {
                set = set.with(new KernelCosts(random.nextInt(4), random.nextInt(6), 0));
            }
            Analysis analysis = Analysis.of(set);
            boolean missed = false;
            for (int run = 0; run < 6; run++) {
                List<Job> jobs =
                        run == 0
                                ? RandomSets.worst(set, new long[tasks], 20_000)
                                : run < 3
                                        ? RandomSets.worst(set, offsets(random, set), 20_000)
                                        : RandomSets.random(random, set, 20_000);
                for (Simulation.Finished job : Simulation.of(analysis.set(), jobs).jobs()) {
                    Analysis.Result result = analysis.results().get(job.job().task());
                    missed |= job.response() > result.task().deadline();
                    if (result.response().isPresent()) {
                        assertThat(job.response())
                                .as("%s %s", set, job)
                                .isLessThanOrEqualTo(result.response().getAsLong());
                    }
                }
            }
            accepted += analysis.kept() ? 1 : 0;
            refusedWithoutMiss += analysis.kept() || missed ? 0 : 1;
            assertThat(analysis.kept() && missed).as(set.toString()).isFalse();
        }
        assertThat(accepted).isGreaterThan(SETS / 5);
        assertThat(refusedWithoutMiss).isLessThan(SETS / 2);
    }

    private static long[] offsets(SplittableRandom random, TaskSet set) {
        return set.tasks().stream().mapToLong(task -> random.nextLong(task.period())).toArray();
    }

    /** With the largest cost the set keeps its deadlines; with one more it does not. */
    @Test
    void theSensitivityIsTheEdge() {
        SplittableRandom random = new SplittableRandom(7);
        int edges = 0;
        for (int n = 0; n < 60; n++) {
            Policy policy = n % 2 == 0 ? Policy.FP : Policy.EDF;
            TaskSet set = RandomSets.uunifast(random, policy, 4, 800, 50, 1000, 10);
            Analysis analysis = Analysis.of(set);
            for (int i = 0; i < 4; i++) {
                Analysis.Result result = analysis.results().get(i);
                if (result.largest().isEmpty()) {
                    continue;
                }
                long largest = result.largest().getAsLong();
                Task task = analysis.set().tasks().get(i);
                assertThat(Analysis.of(analysis.set().with(i, task.withCost(largest))).kept())
                        .isTrue();
                assertThat(Analysis.of(analysis.set().with(i, task.withCost(largest + 1))).kept())
                        .isFalse();
                edges++;
            }
        }
        assertThat(edges).isGreaterThan(60);
    }

    /** A low job holds the bus when two others come: the middle one waits for it too. */
    @Test
    void aCeilingDelaysWhoDoesNotUseTheResource() {
        Task high =
                new Task(
                        "high",
                        false,
                        4,
                        100,
                        20,
                        0,
                        0,
                        OptionalInt.of(3),
                        List.of(new Section("bus", 1, 2)));
        Task middle = Task.periodic("middle", 5, 100, 40).withPriority(2);
        Task low =
                new Task(
                        "low",
                        false,
                        10,
                        100,
                        100,
                        0,
                        0,
                        OptionalInt.of(1),
                        List.of(new Section("bus", 2, 6)));
        TaskSet set = new TaskSet(Policy.FP, KernelCosts.NONE, List.of(high, middle, low));
        Simulation.Schedule schedule =
                Simulation.of(
                        set,
                        List.of(new Job(2, 0, 0, 10), new Job(0, 3, 3, 4), new Job(1, 4, 4, 5)));
        assertThat(schedule.jobs().stream().map(job -> List.of((long) job.job().task(), job.end())))
                .containsExactly(List.of(0L, 12L), List.of(1L, 17L), List.of(2L, 19L));
        assertThat(Analysis.of(set).results().stream().map(Analysis.Result::blocking))
                .containsExactly(6L, 6L, 0L);
        assertThat(Analysis.of(set).results().stream().map(r -> r.response().orElseThrow()))
                .containsExactly(10L, 15L, 19L);
    }
}
