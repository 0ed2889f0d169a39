package org.feuerprobe.schedule;

import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The processor demand of jobs under earliest deadline first (Baruah, Rosier and Howell 1990): all
 * deadlines are kept if no interval has more demand than length. The search goes backwards from the
 * end of the longest busy period (quick processor-demand analysis, Zhang and Burns 2009). Between
 * two deadlines of tasks the blocking is the same, and each such part is searched on its own.
 */
final class Demand {
    private static final int STEPS = 1_000_000;

    private final TaskSet set;

    Demand(TaskSet set) {
        this.set = set;
    }

    /** An answer of the test, and an interval that has too much demand if one was found. */
    record Outcome(boolean kept, OptionalLong interval, String why) {
        static final Outcome KEPT = new Outcome(true, OptionalLong.empty(), "");
    }

    Outcome test() {
        if (set.share().tooMuch()) {
            return new Outcome(
                    false, OptionalLong.empty(), "the tasks need more than the processor has");
        }
        OptionalLong busy = busyPeriod();
        if (busy.isEmpty()) {
            return new Outcome(
                    false,
                    OptionalLong.empty(),
                    "no end of the longest busy period was found in %d steps".formatted(STEPS));
        }
        for (Task task : set.tasks()) {
            if (task.shortestDeadline() < task.cost()) {
                return new Outcome(
                        false,
                        OptionalLong.empty(),
                        "%s can be released %d before its deadline, and needs %d"
                                .formatted(task.name(), task.shortestDeadline(), task.cost()));
            }
        }
        NavigableSet<Long> edges = edges();
        int steps = 0;
        long end = busy.getAsLong() + 1;
        while (end > 0) {
            Long edge = edges.lower(end);
            long begin = edge == null ? 0 : edge;
            for (long time = lastDeadline(end); time >= begin && time >= 0; ) {
                long demand = at(time);
                if (demand > time) {
                    return new Outcome(
                            false,
                            OptionalLong.of(time),
                            "the jobs in an interval of %d need %d".formatted(time, demand));
                }
                if (++steps > STEPS) {
                    return new Outcome(
                            false,
                            OptionalLong.empty(),
                            "the search did not end in %d steps".formatted(STEPS));
                }
                time = demand < time ? demand : lastDeadline(time);
            }
            end = begin;
        }
        return Outcome.KEPT;
    }

    /** Interval lengths at which the blocking changes. */
    private NavigableSet<Long> edges() {
        NavigableSet<Long> edges = new TreeSet<>();
        for (Task task : set.tasks()) {
            edges.add(task.deadline());
            edges.add(task.shortestDeadline());
        }
        return edges;
    }

    /** The most that must be done in an interval of this length, and the blocking before it. */
    private long at(long length) {
        long sum = Blocking.deadline(set, length);
        for (int i = 0; i < set.tasks().size(); i++) {
            Task task = set.tasks().get(i);
            sum +=
                    Whole.multiples(length - task.shortestDeadline(), task.period())
                            * set.jobCost(i);
            sum += Whole.ceiling(length + task.jitter(), task.period()) * set.costs().release();
        }
        return sum;
    }

    /** The last deadline before this time, if all jobs come as early as they can; else -1. */
    private long lastDeadline(long before) {
        long last = -1;
        for (Task task : set.tasks()) {
            long first = task.shortestDeadline();
            if (first < before) {
                last = Math.max(last, first + (before - 1 - first) / task.period() * task.period());
            }
        }
        return last;
    }

    /** The longest time for which the processor can be busy; empty if no end was found. */
    OptionalLong busyPeriod() {
        long longest =
                set.costs().masked()
                        + set.tasks().stream()
                                .flatMap(task -> task.sections().stream())
                                .mapToLong(Section::length)
                                .max()
                                .orElse(0);
        long time = longest;
        for (int i = 0; i < set.tasks().size(); i++) {
            time += set.jobCost(i) + set.costs().release();
        }
        for (int step = 0; step < STEPS; step++) {
            long next = longest;
            for (int i = 0; i < set.tasks().size(); i++) {
                Task task = set.tasks().get(i);
                next +=
                        Whole.ceiling(time + task.jitter(), task.period())
                                * (set.jobCost(i) + set.costs().release());
            }
            if (next <= time) {
                return OptionalLong.of(time);
            }
            time = next;
        }
        return OptionalLong.empty();
    }
}
