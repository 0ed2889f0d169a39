package org.feuerprobe.schedule;

import java.util.List;
import java.util.OptionalInt;

/**
 * A task: what releases jobs.
 *
 * @param sporadic whether the period is only the smallest distance between two arrivals
 * @param cost the longest execution of a job, C
 * @param period distance of two arrivals, T
 * @param deadline from a job's arrival to its deadline, D
 * @param jitter the longest time from a job's arrival to its release, J
 * @param offset arrival of the first job of a periodic task, for pictures and runs only: the
 *     analysis assumes the worst
 * @param priority a larger number is more urgent; absent: to be assigned
 * @param sections the job's uses of resources, in their order, which do not overlap
 */
public record Task(
        String name,
        boolean sporadic,
        long cost,
        long period,
        long deadline,
        long jitter,
        long offset,
        OptionalInt priority,
        List<Section> sections) {
    public Task {
        sections = List.copyOf(sections);
    }

    /** A periodic task without resources, jitter and priority. */
    public static Task periodic(String name, long cost, long period, long deadline) {
        return new Task(name, false, cost, period, deadline, 0, 0, OptionalInt.empty(), List.of());
    }

    public Task withCost(long other) {
        return new Task(
                name, sporadic, other, period, deadline, jitter, offset, priority, sections);
    }

    public Task withPriority(int other) {
        return new Task(
                name,
                sporadic,
                cost,
                period,
                deadline,
                jitter,
                offset,
                OptionalInt.of(other),
                sections);
    }

    public Task withJitter(long other) {
        return new Task(name, sporadic, cost, period, deadline, other, offset, priority, sections);
    }

    public Task withSections(List<Section> others) {
        return new Task(name, sporadic, cost, period, deadline, jitter, offset, priority, others);
    }

    /** From a release at the latest moment to the deadline. */
    long shortestDeadline() {
        return deadline - jitter;
    }
}
