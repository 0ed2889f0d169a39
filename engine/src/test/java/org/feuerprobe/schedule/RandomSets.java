package org.feuerprobe.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random task sets and random arrivals for tests. */
public final class RandomSets {
    private static final int PERMILLE = 1000;

    private RandomSets() {}

    /**
     * A set by UUniFast (Bini and Buttazzo 2005): shares that are uniform among all that sum to
     * {@code permille}. Periods are log-uniform between two numbers, and multiples of {@code step}.
     */
    public static TaskSet uunifast(
            RandomGenerator random,
            Policy policy,
            int tasks,
            int permille,
            long shortest,
            long longest,
            long step) {
        double left = permille / (double) PERMILLE;
        List<Task> all = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            double rest =
                    i == tasks - 1
                            ? 0
                            : left * Math.pow(random.nextDouble(), 1.0 / (tasks - 1 - i));
            double share = left - rest;
            left = rest;
            double exponent = random.nextDouble();
            long period =
                    (long) (shortest * Math.pow(longest / (double) shortest, exponent))
                            / step
                            * step;
            period = Math.max(period, step);
            long cost = Math.clamp((long) (share * period), 1, period);
            long deadline =
                    switch (random.nextInt(3)) {
                        case 0 -> period;
                        case 1 -> cost + (long) ((period - cost) * random.nextDouble());
                        default -> period + random.nextLong(period + 1);
                    };
            all.add(Task.periodic("t" + i, cost, period, Math.max(deadline, cost)));
        }
        return new TaskSet(policy, KernelCosts.NONE, all);
    }

    /** The same tasks with random jitter, and with sections on two resources. */
    public static TaskSet difficult(RandomGenerator random, TaskSet set) {
        List<Task> tasks = new ArrayList<>();
        for (Task task : set.tasks()) {
            Task one = task.withJitter(random.nextLong(Math.max(1, task.period() / 4)));
            if (task.cost() > 2 && random.nextInt(3) > 0) {
                long at = random.nextLong(task.cost() - 1);
                long length = 1 + random.nextLong(task.cost() - at);
                one = one.withSections(List.of(new Section("r" + random.nextInt(2), at, length)));
            }
            tasks.add(one);
        }
        return set.with(tasks);
    }

    /**
     * All jobs that are released until the horizon if each task comes as early and as often as it
     * can, its first job as late after its arrival as possible: the critical instant, moved by an
     * offset for each task.
     */
    public static List<Job> worst(TaskSet set, long[] offsets, long horizon) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < set.tasks().size(); i++) {
            Task task = set.tasks().get(i);
            for (long arrival = offsets[i] - task.jitter();
                    arrival < horizon;
                    arrival += task.period()) {
                jobs.add(new Job(i, arrival, Math.max(arrival, offsets[i]), task.cost()));
            }
        }
        return jobs;
    }

    /** Random offsets, distances of sporadic arrivals, delays of releases, and costs. */
    public static List<Job> random(RandomGenerator random, TaskSet set, long horizon) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < set.tasks().size(); i++) {
            Task task = set.tasks().get(i);
            long arrival = random.nextLong(task.period());
            while (arrival < horizon) {
                long cost = random.nextInt(4) > 0 ? task.cost() : 1 + random.nextLong(task.cost());
                jobs.add(new Job(i, arrival, arrival + random.nextLong(task.jitter() + 1), cost));
                arrival +=
                        task.period()
                                + (random.nextInt(4) > 0 ? 0 : random.nextLong(task.period()));
            }
        }
        return jobs;
    }
}
