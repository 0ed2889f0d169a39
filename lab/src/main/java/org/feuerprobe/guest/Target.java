package org.feuerprobe.guest;

import org.feuerprobe.plan.Plan;

/** Something that can be booted afresh to carry out a plan. Boots may run at the same time. */
public interface Target {
    /** Short name for results: {@code qemu}. */
    String name();

    /** What the target's clock counts: {@code instructions}, {@code cycles}. */
    String metric();

    /** Whether the metric repeats exactly by construction. The campaign checks it all the same. */
    boolean exact();

    /**
     * The plan as this target carries it out: other points, samples or batches where it must. A
     * campaign asks once, before its first boot.
     */
    default Plan adapt(Plan plan) throws InterruptedException {
        return plan;
    }

    /**
     * How many different boots there are to be had: a recording holds what it holds, and reading it
     * again is no further evidence. A campaign asks for no more, the repetition apart.
     */
    default int distinctBoots() {
        return Integer.MAX_VALUE;
    }

    /** Boots once and carries out the plan. Returns when the boot has ended; interruptible. */
    BootOutcome boot(Plan plan, int number, Progress progress) throws InterruptedException;

    /** Hears how a boot gets on; called from the booting thread. */
    @FunctionalInterface
    interface Progress {
        /** {@code done} of {@code total} plan entries are finished. */
        void at(long done, long total);

        /** Hears nothing. */
        static Progress none() {
            return (_, _) -> {};
        }
    }
}
