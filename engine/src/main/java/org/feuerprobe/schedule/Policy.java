package org.feuerprobe.schedule;

/** Which ready job runs? */
public enum Policy {
    /** Fixed priorities: the job of the task with the highest priority. */
    FP,
    /** Earliest deadline first. */
    EDF
}
