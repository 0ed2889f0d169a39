package org.feuerprobe.guest;

import org.feuerprobe.plan.Plan;

/** A system that can be booted afresh to run a plan. Boots may run at the same time. */
public interface Target {
    /** Short name for results: {@code qemu}. */
    String name();

    /** What the target's clock counts: {@code instructions}, {@code cycles}. */
    String metric();

    /** Whether the metric should repeat exactly. A campaign checks it nevertheless. */
    boolean exact();

    /** Whether it runs the points that a plan names, and not points of its own. */
    default boolean takesPlan() {
        return true;
    }

    /**
     * Whether this is a recording of counts. They are exact if all its boots, two or more, have the
     * same values.
     */
    default boolean recordsCounts() {
        return false;
    }

    /**
     * The plan as this target runs it, which may need other points, samples or batches. A campaign
     * calls this once, before its first boot.
     */
    default Plan adapt(Plan plan) throws InterruptedException {
        return plan;
    }

    /**
     * Number of different boots that the target can provide. A recording has a fixed number, and
     * reading one again is no further evidence. A campaign takes all of them, and the first one
     * once more for the repetition.
     */
    default int distinctBoots() {
        return Integer.MAX_VALUE;
    }

    /** Boots once and runs the plan. Returns when the boot has ended; interruptible. */
    BootOutcome boot(Plan plan, int number, Progress progress) throws InterruptedException;

    /** Receives the progress of a boot; called from the booting thread. */
    @FunctionalInterface
    interface Progress {
        /** {@code done} of {@code total} plan entries are finished. */
        void at(long done, long total);

        /** A listener that does nothing. */
        static Progress none() {
            return (_, _) -> {};
        }
    }
}
