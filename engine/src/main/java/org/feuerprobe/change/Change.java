package org.feuerprobe.change;

/**
 * A change of a series' level.
 *
 * @param kind how sure
 * @param onset index of the run at which the new level most likely begins
 * @param shown index of the first run that stands out of the old level; the alert's run
 * @param before median of the old level, in the series' unit
 * @param after median of the new level
 * @param statistic size over its standard error
 */
public record Change(
        Kind kind, int onset, int shown, double before, double after, double statistic) {
    /** How sure a change is. */
    public enum Kind {
        /** Counts that repeat exactly differ. */
        EXACT,
        /** Five runs or more stay at the new level, or fewer against overwhelming odds. */
        STEP,
        /** Two to five newest runs stand out together: rerun to confirm. */
        RECENT,
        /** The newest run alone is beyond everything before it: rerun to confirm. */
        SINGLE
    }

    /** Which way: lower is better. */
    public enum Direction {
        REGRESSION,
        IMPROVEMENT
    }

    public Direction direction() {
        return after > before ? Direction.REGRESSION : Direction.IMPROVEMENT;
    }

    /** New level less old. */
    public double size() {
        return after - before;
    }
}
