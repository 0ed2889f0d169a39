package org.feuerprobe.gate;

/**
 * A point whose counts are others than in the baseline.
 *
 * @param old as the baseline has it
 * @param now as measured
 */
public record CountChange(PointCounts old, PointCounts now) {
    /** Which way. */
    public enum Kind {
        WORSE,
        BETTER,
        /** Other values with the same mean and largest value. */
        MOVED
    }

    /** Worse where the mean or the largest value rose. */
    public Kind kind() {
        if (now.mean() > old.mean() || now.max() > old.max()) {
            return Kind.WORSE;
        }
        return now.mean() < old.mean() || now.max() < old.max() ? Kind.BETTER : Kind.MOVED;
    }

    /** The figure that tells: the largest value, or the mean where that is the same. */
    public String statistic() {
        return old.max() != now.max() ? "max" : "mean";
    }

    public double before() {
        return old.max() != now.max() ? old.max() : old.mean();
    }

    public double after() {
        return old.max() != now.max() ? now.max() : now.mean();
    }

    public double size() {
        return after() - before();
    }
}
