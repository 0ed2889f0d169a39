package org.feuerprobe.gate;

/**
 * A point whose counts differ from the baseline.
 *
 * @param old the counts in the baseline
 * @param now the measured counts
 */
public record CountChange(PointCounts old, PointCounts now) {
    /** Direction of a change. */
    public enum Kind {
        WORSE,
        BETTER,
        /** The values differ, but their mean and largest value are the same. */
        MOVED
    }

    /** The direction: worse if the mean or the largest value rose. */
    public Kind kind() {
        if (now.mean() > old.mean() || now.max() > old.max()) {
            return Kind.WORSE;
        }
        return now.mean() < old.mean() || now.max() < old.max() ? Kind.BETTER : Kind.MOVED;
    }

    /** Name of the figure that shows the direction: the largest value if it can, else the mean. */
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

    /**
     * Whether the largest value shows the direction. It does not if it fell while the mean rose.
     */
    private boolean showsMaximum() {
        return kind() == Kind.WORSE ? now.max() > old.max() : now.max() < old.max();
    }
}
