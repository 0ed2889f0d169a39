package org.feuerprobe.verdict;

/** Kind of a verdict on one bound. */
public enum VerdictKind {
    /** The claim is kept over the measured range. */
    HOLDS,
    /** The claim is kept, and a slower growth class explains the data. */
    LOOSE,
    /** The claim is not kept. */
    VIOLATED,
    /** The data cannot decide; the reason says which points, boots or range would. */
    INCONCLUSIVE,
    /** No trustworthy metric here can decide it. */
    NOT_MEASURABLE,
    /** The target lacks the operation, or its benchmark did not take effect. */
    NOT_EXERCISED
}
