package org.feuerprobe.realtime;

import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.schedule.Job;
import org.feuerprobe.schedule.KernelCosts;
import org.feuerprobe.schedule.Policy;
import org.feuerprobe.schedule.Section;
import org.feuerprobe.schedule.Task;
import org.feuerprobe.schedule.TaskSet;

/**
 * What the scheduler in ring 3 and the kernel take for themselves, measured with as many tasks as
 * the set has. Each run has one or two events, and its cost is what the jobs' ends do not explain:
 * a release that interrupts nobody's turn, one that does, two that come within one pass of the
 * scheduler, a job out of idleness, and a job that is ended for its budget.
 */
final class Calibration {
    /**
     * What a job's budget has beside its cost: half as much again as setting the timer, its entry
     * and its end take, which were 401.
     */
    static final long SLACK = 600;

    private static final long LONG = 60_000;
    private static final long SHORT = 1_000;
    private static final long MIDDLE = 20_000;
    private static final long SECTION = 40_000;
    private static final long SECTION_LENGTH = 8_000;
    private static final int ALIGNMENTS = 4;
    private static final int ALIGNMENT = 37;
    private static final int DISTANCES = 24;
    private static final int DISTANCE = 41;
    private static final long BUDGET = 1_000_000;

    private final int count;
    private final List<Question> questions = new ArrayList<>();
    private final TaskSet set;

    /** What a run answers: the cost of so many events of a kind. */
    private record Question(Kind kind, int events, List<Job> jobs) {}

    private enum Kind {
        /** A release that does not change who runs. */
        RELEASE,
        /** A job that interrupts another one, with its release. */
        JOB,
        /** A job that waits for the end of a section, and interrupts then, with its release. */
        WITHHELD,
        /** A job that begins when nothing runs, with its release. */
        ALONE
    }

    /** A calibration for so many tasks. Task 0 is the most urgent, the last one the least. */
    Calibration(int count) {
        this.count = count;
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Task task =
                    Task.periodic("t" + i, BUDGET, BUDGET, BUDGET * (i + 1))
                            .withPriority(count - i);
            tasks.add(task.withSections(sections(i)));
        }
        this.set = new TaskSet(Policy.FP, KernelCosts.NONE, tasks);
        ask();
    }

    /** The last task has as many sections as a task can have, on a resource of the first one. */
    private List<Section> sections(int task) {
        List<Section> sections = new ArrayList<>();
        if (task == 0) {
            sections.add(new Section("r", BUDGET - 2, 1));
        } else if (task == count - 1) {
            sections.add(new Section("r", SECTION, SECTION_LENGTH));
            for (int i = 1; i < RunPlan.MOST_SECTIONS; i++) {
                sections.add(new Section("r", SECTION + (i + 1) * SECTION_LENGTH / 2, 1));
            }
        }
        return sections;
    }

    private void ask() {
        int last = count - 1;
        for (int k = 0; k < ALIGNMENTS; k++) {
            long shift = (long) k * ALIGNMENT;
            for (int i = 0; i < count; i++) {
                one(Kind.ALONE, job(i, shift, SHORT));
                one(Kind.ALONE, job(i, shift, LONG));
                one(Kind.RELEASE, job(0, 0, LONG), job(i, MIDDLE + shift, SHORT));
                if (i < last) {
                    one(Kind.JOB, job(last, 0, LONG), job(i, MIDDLE + shift, SHORT));
                    long late = SECTION + SECTION_LENGTH / 2 + shift;
                    one(Kind.WITHHELD, job(last, 0, LONG), job(i, late, SHORT));
                }
            }
            one(Kind.ALONE, job(last, shift, BUDGET * 2));
            if (count > 1) {
                one(Kind.JOB, job(last, 0, LONG), job(0, MIDDLE + shift, BUDGET * 2));
            }
        }
        for (int k = 0; k < DISTANCES && count > 2; k++) {
            long second = MIDDLE + (long) k * DISTANCE;
            one(
                    Kind.RELEASE,
                    job(0, 0, LONG),
                    job(last, MIDDLE, SHORT),
                    job(last - 1, second, SHORT));
            one(Kind.JOB, job(last, 0, LONG), job(0, MIDDLE, SHORT), job(1, second, SHORT));
            one(Kind.JOB, job(last, 0, LONG), job(1, MIDDLE, SHORT), job(0, second, SHORT));
        }
    }

    private static Job job(int task, long at, long cost) {
        return new Job(task, at, at, cost);
    }

    private void one(Kind kind, Job... jobs) {
        questions.add(new Question(kind, kind == Kind.ALONE ? 1 : jobs.length - 1, List.of(jobs)));
    }

    /** The runs. Later, the policy of the set to measure is used. */
    RunPlan plan(Policy policy) {
        return new RunPlan(
                new TaskSet(policy, KernelCosts.NONE, set.tasks()),
                questions.stream().map(Question::jobs).toList(),
                SLACK,
                0,
                false);
    }

    /** The costs, out of the jobs that ran, in the order of the plan. */
    KernelCosts costs(List<RunLog.Ran> jobs) {
        long alone = 0;
        long leastAlone = Long.MAX_VALUE;
        for (RunLog.Ran job : jobs) {
            if (questions.get(job.run()).kind() == Kind.ALONE) {
                long own = overhead(job);
                alone = Math.max(alone, own);
                leastAlone = Math.min(leastAlone, own);
            }
        }
        long release = 0;
        long whole = alone;
        for (int run = 0; run < questions.size(); run++) {
            Question question = questions.get(run);
            if (question.kind() == Kind.ALONE) {
                continue;
            }
            int number = run;
            List<RunLog.Ran> own = jobs.stream().filter(job -> job.run() == number).toList();
            RunLog.Ran interrupted = own.getFirst();
            long taken = overhead(interrupted) - leastAlone;
            if (question.kind() != Kind.RELEASE) {
                for (RunLog.Ran other : own.subList(1, own.size())) {
                    taken -= Math.min(other.job().cost(), BUDGET);
                }
            }
            if (question.kind() == Kind.JOB && question.events() == 1) {
                whole = Math.max(whole, overhead(own.get(1)));
            }
            long each = Math.ceilDiv(taken, question.events());
            if (question.kind() == Kind.RELEASE) {
                release = Math.max(release, each);
            } else {
                whole = Math.max(whole, each);
            }
        }
        return new KernelCosts(release, Math.max(0, whole - release), 0);
    }

    /** What a job's response has beside its cost, or its budget if that ended it. */
    private static long overhead(RunLog.Ran job) {
        return job.end() - job.job().release() - Math.min(job.job().cost(), BUDGET);
    }
}
