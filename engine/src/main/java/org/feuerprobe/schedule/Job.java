package org.feuerprobe.schedule;

/**
 * One job of a plan.
 *
 * @param task place of its task in the set
 * @param release when it can run: from its arrival to the arrival and the task's jitter
 * @param cost what it needs
 */
public record Job(int task, long arrival, long release, long cost) {}
