package org.feuerprobe.shard;

import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.Target;
import org.feuerprobe.harness.Substitution;
import org.feuerprobe.plan.Plan;

/** A campaign's target whose boots go another way: they are kept, or read from parts. */
record RoutedTarget(Substitution.Reading reading, Target target, Way way) implements Target {
    /** What happens instead of a boot. */
    @FunctionalInterface
    interface Way {
        BootOutcome boot(BootKey key, Target target, Plan plan, int number, Progress progress)
                throws InterruptedException;
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public String metric() {
        return target.metric();
    }

    @Override
    public boolean exact() {
        return target.exact();
    }

    @Override
    public boolean takesPlan() {
        return target.takesPlan();
    }

    @Override
    public boolean recordsCounts() {
        return target.recordsCounts();
    }

    @Override
    public Plan adapt(Plan plan) throws InterruptedException {
        return target.adapt(plan);
    }

    @Override
    public int distinctBoots() {
        return target.distinctBoots();
    }

    @Override
    public BootOutcome boot(Plan plan, int number, Progress progress) throws InterruptedException {
        return way.boot(BootKey.of(reading, plan, number), target, plan, number, progress);
    }
}
