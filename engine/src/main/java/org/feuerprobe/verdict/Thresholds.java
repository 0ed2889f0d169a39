package org.feuerprobe.verdict;

/**
 * Numbers that several deciders of a verdict share, each with its reason. A number that one decider
 * alone uses stands in that decider.
 */
final class Thresholds {
    /** Chance of a false alarm that a single verdict may carry. */
    static final double SIGNIFICANCE = 0.01;

    /** Confidence of the one-sided intervals for statistics. */
    static final double LEVEL = 0.95;

    /** Score difference, odds of about 7 to 1, by which the faster explanation must win. */
    static final double FASTER = 4;

    /** The same where what is faster makes up less than {@link #SMALL_SHARE}: 25 to 1. */
    static final double SLIGHTLY_FASTER = 6.5;

    /** Largest over smallest value of a parameter, below which its range is short. */
    static final double SHORT_RANGE = 512;

    /** By so much more growth must win over a level beyond a short range. */
    static final double ALIKE = 2;

    /** The same where it is the growing term's coefficient that may level off. */
    static final double COEFFICIENTS_ALIKE = 6;

    /**
     * A bound that outgrows a slower class by no more than this over the range, as a logarithm does
     * a constant, can hide in it.
     */
    static final double HIDDEN_GAIN = 16;

    /** It is hidden where growth up to this share of the cost cannot be excluded. */
    static final double HIDDEN_SHARE = 0.04;

    /**
     * Above this difference a bound does not hold: the faster explanation is as good. Up to 2 it is
     * "not worth more than a bare mention" (Kass and Raftery 1995, section 3.2).
     */
    static final double TIE = 2;

    /** The same where the faster part is small and could be chance. */
    static final double SMALL_TIE = 4;

    /** A part of the cost below this share at the far end is small. */
    static final double SMALL_SHARE = 0.15;

    /** Growth below this share of the cost is no violation: drift of an instrument reaches it. */
    static final double TRIFLE = 0.02;

    /** Growth below {@link #TRIFLE} is certain nevertheless if it passes this difference. */
    static final double CERTAIN_TRIFLE = 15;

    /** An explanation in which the faster part dominates must be worse by this to be excluded. */
    static final double DOMINANT_EXCLUDED = -1;

    /** More parameters mean more alternatives: the differences grow by this. */
    static final double MORE_PARAMETERS = 1;

    /** Fewest distinct points on which growth is judged. */
    static final int FEWEST_POINTS = 4;

    /** Fewest distinct values of each parameter. */
    static final int FEWEST_VALUES = 3;

    /** Most parameters that may vary. */
    static final int MOST_PARAMETERS = 3;

    /** A memory access, some 400 cycles, over a hit in the first-level cache, some 4. */
    static final double SLOWEST_ACCESS = 100;

    private Thresholds() {}
}
