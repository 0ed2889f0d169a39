package org.feuerprobe.change;

/**
 * Every level and size of the gate, with its reason. The statistics are those of steps in standard
 * errors; what they cost in false alarms and buy in power was measured by simulation, {@code
 * docs/gate.md}.
 */
final class GateLevels {
    /** A step among 100 runs: about one stationary series in 200 has one by chance. */
    static final double STEP = 4.9;

    /**
     * More runs are more places for chance: added a unit of ln(runs/100). Far more than what the
     * normal tail asks for, because in short histories finding steps is the harder half.
     */
    static final double STEP_PER_LOG_RUNS = 2.5;

    /** No step is believed below, however short the history. */
    static final double LEAST_STEP = 3.7;

    /** The newest two to five runs are few places, so a lower level serves. */
    static final double RECENT = 3.0;

    /** Two runs persuade less: with 5 % of outliers, two follow each other once in 400. */
    static final double RECENT_TWO = 2.2;

    /** Levels grow by this share of the autocorrelation, because that itself is estimated. */
    static final double PER_AUTOCORRELATION = 0.45;

    /** One run alone must be this many spreads away, and further than the history is wide. */
    static final double SINGLE = 10;

    /** Fewest runs of a level: two are too easily a coincidence. */
    static final int FEWEST = 3;

    /** Fewest runs of history before the newest runs are judged. */
    static final int FEWEST_BEFORE = 5;

    /** A level that lasts no longer and goes back is an excursion, not a step. */
    static final int LONGEST_EXCURSION = 5;

    /** Differences beyond this upper share count as those at its edge: steps are among them. */
    static final double WINSORISED = 0.15;

    /** Values beyond so many spreads of their level count as at that edge. */
    static final double CLIP = 3.5;

    /** Worth of the whole series' spread beside the local one, in runs. */
    static final double POOLED_RUNS = 6;

    /** Spread that a grid of readings hides, in grid steps: more than its rounding, 1/√12. */
    static final double OF_GRID = 0.4;

    /** No spread is below this share of the value: cycle counters do not repeat better. */
    static final double OF_VALUE = 1e-4;

    /**
     * Fewest runs in which memory and steps can be told apart: with fewer, runs are taken as
     * independent, which finds steps and, where memory is long, takes some wandering for steps.
     */
    static final int FEWEST_FOR_MEMORY = 90;

    /** Autocorrelation is believed from so many standard errors on. */
    static final double BELIEVED = 0.5;

    /**
     * Weight of the residuals' autocorrelation, too low where wandering was cut into levels, beside
     * that of the differences, which is too uncertain alone.
     */
    static final double OF_RESIDUALS = 0.5;

    static final double MOST_AUTOCORRELATION = 0.9;

    private GateLevels() {}
}
