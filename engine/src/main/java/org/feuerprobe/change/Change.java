package org.feuerprobe.change;

/**
 * A change in the level of a series.
 *
 * @param kind how certain the change is
 * @param onset index of the run at which the new level most likely starts
 * @param shown index of the first run that stands out from the old level; alerts name this run
 * @param before median of the old level, in the series' unit
 * @param after median of the new level
 * @param statistic size of the step divided by its standard error
 */
public record Change(
        Kind kind, int onset, int shown, double before, double after, double statistic) {
    /** How certain a change is. */
    public enum Kind {
        /** Counts that repeat exactly differ. */
        EXACT,
        /** A boundary between two levels of the history, each of at least three runs. */
        STEP,
        /** The newest two to five runs stand out together: rerun to confirm. */
        RECENT,
        /** The newest run alone is far outside everything before it: rerun to confirm. */
        SINGLE
    }

    /** Whether a change is for the worse or for the better. */
    public enum Direction {
        REGRESSION,
        IMPROVEMENT
    }

    /** The direction of this change in a series whose values are better as stated. */
    public Direction direction(Better better) {
        boolean worse = better == Better.HIGHER ? after < before : after > before;
        return worse ? Direction.REGRESSION : Direction.IMPROVEMENT;
    }

    /** New level minus old level. */
    public double size() {
        return after - before;
    }
}
