package org.feuerprobe.realtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.feuerprobe.schedule.Job;
import org.feuerprobe.schedule.Policy;
import org.feuerprobe.schedule.Section;
import org.feuerprobe.schedule.Task;
import org.feuerprobe.schedule.TaskSet;

/**
 * What the scheduler in ring 3 is to run: {@code exokernel/user/rt/rt.h} in bytes.
 *
 * @param set the tasks, with priorities under fixed priorities
 * @param runs the jobs of each run, ordered by release; no time is negative
 * @param slack what a job's budget has beside its cost
 * @param allowance what each interrupt of a job is given back to its budget
 * @param adversary whether another environment makes long system calls while no job is ready
 */
record RunPlan(TaskSet set, List<List<Job>> runs, long slack, long allowance, boolean adversary) {
    /** The scheduler's limits. */
    static final int MOST_TASKS = 32;

    static final int MOST_SECTIONS = 4;
    private static final String MAGIC = "FBRT0001";
    private static final int HEAD = 7;
    private static final int TASK = 5 + 3 * MOST_SECTIONS;
    private static final int JOB = 4;

    RunPlan {
        runs =
                runs.stream()
                        .map(jobs ->
                                jobs.stream()
                                        .sorted(Comparator.comparingLong(Job::release))
                                        .toList())
                        .toList();
    }

    byte[] bytes() {
        int jobs = runs.stream().mapToInt(List::size).sum();
        int words = HEAD + TASK * set.tasks().size() + runs.size() + JOB * jobs;
        ByteBuffer out = ByteBuffer.allocate(words * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC.getBytes(StandardCharsets.US_ASCII));
        out.putLong(set.policy() == Policy.FP ? 0 : 1);
        out.putLong(set.tasks().size()).putLong(runs.size());
        out.putLong(runs.stream().mapToInt(List::size).max().orElse(0));
        out.putLong(allowance).putLong(adversary ? 1 : 0);
        List<Long> levels = levels();
        for (int i = 0; i < set.tasks().size(); i++) {
            Task task = set.tasks().get(i);
            out.putLong(task.priority().orElse(0)).putLong(levels.get(i));
            out.putLong(task.deadline()).putLong(task.cost() + slack);
            out.putLong(task.sections().size());
            for (int s = 0; s < MOST_SECTIONS; s++) {
                boolean some = s < task.sections().size();
                Section section = some ? task.sections().get(s) : new Section("", 0, 0);
                out.putLong(section.at()).putLong(section.length());
                out.putLong(some ? ceiling(section.resource(), levels) : 0);
            }
        }
        for (List<Job> run : runs) {
            out.putLong(run.size());
            for (Job job : run) {
                out.putLong(job.task()).putLong(job.arrival());
                out.putLong(job.release()).putLong(job.cost());
            }
        }
        return out.array();
    }

    /** Which tasks may interrupt which, as small numbers: a larger level may interrupt. */
    private List<Long> levels() {
        TreeSet<Long> ranks = new TreeSet<>();
        set.tasks().forEach(task -> ranks.add(rank(task)));
        List<Long> order = new ArrayList<>(ranks);
        return set.tasks().stream().map(task -> 1L + order.indexOf(rank(task))).toList();
    }

    private long rank(Task task) {
        return set.policy() == Policy.FP
                ? task.priority().orElseThrow()
                : task.jitter() - task.deadline();
    }

    private long ceiling(String resource, List<Long> levels) {
        long highest = 0;
        for (int i = 0; i < set.tasks().size(); i++) {
            if (set.tasks().get(i).sections().stream()
                    .anyMatch(section -> section.resource().equals(resource))) {
                highest = Math.max(highest, levels.get(i));
            }
        }
        return highest;
    }
}
