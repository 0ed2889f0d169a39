package org.feuerprobe.verdict;

/**
 * Numbers that several deciders share, each with its reason. A number that only one decider uses is
 * in that decider.
 */
final class Thresholds {
    /** Probability of a false alarm that a single verdict may have. */
    static final double SIGNIFICANCE = 0.01;

    /** Confidence of the one-sided intervals for statistics. */
    static final double LEVEL = 0.95;

    /** Score difference by which the faster explanation must win: odds of about 7 to 1. */
    static final double FASTER = 4;

    /** The same difference if the faster part is below {@link #SMALL_SHARE}: 25 to 1. */
    static final double SLIGHTLY_FASTER = 6.5;

    /**
     * Ratio of the largest to the smallest value of a parameter, below which its range is short.
     */
    static final double SHORT_RANGE = 512;

    /** A range up to this ratio, about a decade, is too short to show whether a cost levels off. */
    static final double DECADE = 16;

    /**
     * Score difference, without penalties for forms, by which growth must explain the data better
     * than a law that levels off beyond a short range. With 4, up to 14 of 100 costs that level off
     * were called growth under 5 % noise; with 7, at most 3 were.
     */
    static final double LEVELLING = 7;

    /** Further score difference by which growth must win over a level beyond a short range. */
    static final double ALIKE = 2;

    /** The same if the coefficient of the growing term may level off. */
    static final double COEFFICIENTS_ALIKE = 6;

    /**
     * A slower class can be hidden in the noise if the bound outgrows it by at most this factor
     * over the range, as a logarithm outgrows a constant.
     */
    static final double HIDDEN_GAIN = 16;

    /** It is hidden if growth up to this share of the cost cannot be excluded. */
    static final double HIDDEN_SHARE = 0.04;

    /**
     * Above this score difference a bound does not hold, because the faster explanation is as good.
     * A difference up to 2 is "not worth more than a bare mention" (Kass and Raftery 1995, section
     * 3.2).
     */
    static final double TIE = 2;

    /** The same difference if the faster part is small and could be chance. */
    static final double SMALL_TIE = 4;

    /** A part of the cost below this share at the far end is small. */
    static final double SMALL_SHARE = 0.15;

    /**
     * Growth below this share of the cost is no violation, because drift of the measurement reaches
     * it.
     */
    static final double TRIFLE = 0.02;

    /** Score difference from which growth below {@link #TRIFLE} is certain nevertheless. */
    static final double CERTAIN_TRIFLE = 15;

    /** Score difference below which an explanation with a dominant faster part is excluded. */
    static final double DOMINANT_EXCLUDED = -1;

    /** Added to the differences for several parameters, because there are more alternatives. */
    static final double MORE_PARAMETERS = 1;

    /** Smallest number of distinct points for a decision on growth. */
    static final int FEWEST_POINTS = 4;

    /** Smallest number of distinct values of each parameter. */
    static final int FEWEST_VALUES = 3;

    /** Largest number of parameters that may vary. */
    static final int MOST_PARAMETERS = 3;

    /**
     * Ratio of the slowest memory access, about 400 cycles, to a hit in the first-level cache,
     * about 4.
     */
    static final double SLOWEST_ACCESS = 100;

    private Thresholds() {}
}
