package org.feuerprobe.change;

/**
 * Thresholds of change detection, each with its reason. Statistics are steps in standard errors.
 * Simulations measured the resulting false alarms and power: {@code docs/change-detection.md}.
 */
final class GateLevels {
    /**
     * Threshold for a step among 100 runs; about one stationary series in 200 exceeds it by chance.
     */
    static final double STEP = 4.9;

    /**
     * Added per unit of ln(runs/100), because more runs give chance more places. This is far more
     * than the normal tail requires: it lowers the threshold for short histories, in which steps
     * are harder to find.
     */
    static final double STEP_PER_LOG_RUNS = 2.5;

    /** Lowest threshold, however short the history is. */
    static final double LEAST_STEP = 3.7;

    /**
     * Threshold for the newest two to five runs; it is lower because there are few places to test.
     */
    static final double RECENT = 3.0;

    /**
     * Factor for two runs, which prove less: with 5 % of outliers, two occur in a row once in 400
     * runs.
     */
    static final double RECENT_TWO = 2.2;

    /** Thresholds grow by this share of the autocorrelation, because it is only estimated. */
    static final double PER_AUTOCORRELATION = 0.45;

    /**
     * A single run must be this many spreads away, and outside the history's range by more than its
     * width.
     */
    static final double SINGLE = 10;

    /** Smallest number of runs for a level, because two are too easily a coincidence. */
    static final int FEWEST = 3;

    /** Smallest number of earlier runs before the newest runs are judged. */
    static final int FEWEST_BEFORE = 5;

    /** A level of at most this many runs that then returns is an excursion, not a step. */
    static final int LONGEST_EXCURSION = 5;

    /**
     * This share of the largest differences is replaced by the largest one below them, because
     * steps are among them.
     */
    static final double WINSORISED = 0.15;

    /** Values further from their level than this many spreads are moved to that distance. */
    static final double CLIP = 3.5;

    /** Weight of the whole series' spread relative to the local one, in runs. */
    static final double POOLED_RUNS = 6;

    /**
     * Spread that rounding to a grid can hide, in grid steps; somewhat more than the rounding
     * error, 1/√12.
     */
    static final double OF_GRID = 0.4;

    /** Smallest spread as a share of the value; cycle counters do not repeat more exactly. */
    static final double OF_VALUE = 1e-4;

    /**
     * Smallest number of runs in which autocorrelation and steps can be distinguished. With fewer
     * runs, runs are assumed to be independent: steps are found, but strongly autocorrelated runs
     * cause some false ones.
     */
    static final int FEWEST_FOR_MEMORY = 90;

    /** Autocorrelation is taken into account from this many standard errors on. */
    static final double BELIEVED = 0.5;

    /**
     * Weight of the residuals' autocorrelation relative to that of the differences. The first is
     * too low if slow drift was cut into levels; the second alone is too uncertain.
     */
    static final double OF_RESIDUALS = 0.5;

    static final double MOST_AUTOCORRELATION = 0.9;

    private GateLevels() {}
}
