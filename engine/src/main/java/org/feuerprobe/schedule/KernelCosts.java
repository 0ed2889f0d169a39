package org.feuerprobe.schedule;

/**
 * What the system takes for itself.
 *
 * @param release for each release of any task, from whichever job runs
 * @param completion for each job, at the job's own urgency
 * @param masked the longest stretch in which nothing is preempted
 */
public record KernelCosts(long release, long completion, long masked) {
    public static final KernelCosts NONE = new KernelCosts(0, 0, 0);
}
