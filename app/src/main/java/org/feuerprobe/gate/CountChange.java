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

    /** The figure that changed in this way: the largest value, or else the mean. */
    public String statistic() {
        return showsMaximum() ? "max" : "mean";
    }

    public double before() {
        return showsMaximum() ? old.max() : old.mean();
    }

    public double after() {
        return showsMaximum() ? now.max() : now.mean();
    }

    public double size() {
        return after() - before();
    }

    /** A largest value that fell while the mean rose does not show what became worse. */
    private boolean showsMaximum() {
        return kind() == Kind.WORSE ? now.max() > old.max() : now.max() < old.max();
    }
}
