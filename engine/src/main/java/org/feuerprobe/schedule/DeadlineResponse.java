package org.feuerprobe.schedule;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The worst response of a task under earliest deadline first, from a job's arrival to its end
 * (Spuri 1996, with jitter and blocking). Unlike under fixed priorities, the worst arrival is not
 * the beginning of a busy period: each arrival at which the demand changes is tried.
 */
final class DeadlineResponse {
    /** Arrivals after which the search gives up. */
    private static final int MOST = 100_000;

    private final TaskSet set;
    private final int place;
    private final Task task;

    private DeadlineResponse(TaskSet set, int place) {
        this.set = set;
        this.place = place;
        this.task = set.tasks().get(place);
    }

    /** The worst response of a task in a set that keeps all deadlines; empty: not found. */
    static OptionalLong of(TaskSet set, int place, long busy) {
        return new DeadlineResponse(set, place).worst(busy);
    }

    private OptionalLong worst(long busy) {
        TreeSet<Long> arrivals = new TreeSet<>();
        for (Task other : set.tasks()) {
            long first = other.deadline() - other.jitter() - task.deadline();
            if (first < -task.jitter()) {
                first += Whole.ceiling(-task.jitter() - first, other.period()) * other.period();
            }
            for (long arrival = first; arrival < busy; arrival += other.period()) {
                arrivals.add(arrival);
                if (arrivals.size() > MOST) {
                    return OptionalLong.empty();
                }
            }
        }
        arrivals.add(-task.jitter());
        long worst = 0;
        for (long arrival : arrivals) {
            worst = Math.max(worst, end(arrival) - arrival);
        }
        return OptionalLong.of(worst);
    }

    /** The end of a job that arrives then, if the busy period lasts until it. */
    private long end(long arrival) {
        long deadline = arrival + task.deadline();
        long own = Whole.multiples(arrival + task.jitter(), task.period()) * set.jobCost(place);
        long blocking = Blocking.deadline(set, deadline);
        long time = blocking + own;
        while (true) {
            long next = blocking + own;
            for (int i = 0; i < set.tasks().size(); i++) {
                Task other = set.tasks().get(i);
                long released = Whole.ceiling(time + other.jitter(), other.period());
                next += Math.max(released, 1) * set.costs().release();
                if (i != place) {
                    long urgent =
                            Whole.multiples(deadline - other.shortestDeadline(), other.period());
                    next += Math.min(Math.max(released, 1), urgent) * set.jobCost(i);
                }
            }
            if (next <= time) {
                return time;
            }
            time = next;
        }
    }
}
