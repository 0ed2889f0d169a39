package org.feuerprobe.schedule;

import java.util.List;
import java.util.OptionalLong;

/**
 * The worst response under fixed priorities, from a job's arrival to its end: Joseph and Pandya
 * (1986), with blocking and jitter by Audsley, Burns, Richardson, Tindell and Wellings (1993), and
 * deadlines beyond the period by Tindell, Burns and Wellings (1994). Each release of any task takes
 * the release cost from whichever job runs. Cost: tasks times the steps until it is stable.
 */
final class ResponseTime {
    /** Steps after which the analysis gives up, and refuses the task. */
    private static final int STEPS = 1_000_000;

    private final TaskSet set;
    private final int place;
    private final Task task;
    private final long blocking;
    private final boolean[] above;
    private int steps;

    private ResponseTime(TaskSet set, int place, boolean[] above, long blocking) {
        this.set = set;
        this.place = place;
        this.task = set.tasks().get(place);
        this.above = above;
        this.blocking = blocking;
    }

    /** The worst response of a task; empty if no bound was found. */
    static OptionalLong of(TaskSet set, int place) {
        List<Task> tasks = set.tasks();
        int own = tasks.get(place).priority().orElseThrow();
        boolean[] above = new boolean[tasks.size()];
        for (int i = 0; i < above.length; i++) {
            above[i] = i != place && tasks.get(i).priority().orElseThrow() >= own;
        }
        return of(set, place, above, Blocking.fixed(set, place));
    }

    /** The same, with the tasks that are at least as urgent, and the longest blocking. */
    static OptionalLong of(TaskSet set, int place, boolean[] above, long blocking) {
        return new ResponseTime(set, place, above, blocking).worst();
    }

    private OptionalLong worst() {
        TaskSet.Share share = TaskSet.Share.NONE;
        for (int i = 0; i < above.length; i++) {
            long cost = above[i] || i == place ? set.jobCost(i) : 0;
            share = share.plus(cost + set.costs().release(), set.tasks().get(i).period());
        }
        if (share.tooMuch()) {
            return OptionalLong.empty();
        }
        long worst = 0;
        long end = 0;
        for (long job = 0; ; job++) {
            long next = end(job, end);
            if (next < 0) {
                return OptionalLong.empty();
            }
            end = next;
            worst = Math.max(worst, end + task.jitter() - job * task.period());
            if (end <= (job + 1) * task.period() - task.jitter()) {
                return OptionalLong.of(worst);
            }
        }
    }

    /** The end of a job of the busy period, counted from its beginning; negative: given up. */
    private long end(long job, long from) {
        long time = Math.max(from, blocking + (job + 1) * set.jobCost(place));
        while (steps++ < STEPS) {
            long next = blocking + (job + 1) * set.jobCost(place);
            for (int i = 0; i < above.length; i++) {
                Task other = set.tasks().get(i);
                long releases = Whole.ceiling(time + other.jitter(), other.period());
                if (i == place) {
                    releases = Math.max(releases, job + 1);
                }
                next += releases * (set.costs().release() + (above[i] ? set.jobCost(i) : 0));
            }
            if (next <= time) {
                return time;
            }
            time = next;
        }
        return -1;
    }
}
