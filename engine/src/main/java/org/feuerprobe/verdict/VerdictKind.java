package org.feuerprobe.verdict;

/** The decision on one bound. */
public enum VerdictKind {
    /** The claim is kept over the range measured. */
    HOLDS,
    /** Kept, and a strictly tighter class explains the data. */
    LOOSE,
    /** Not kept. */
    VIOLATED,
    /** The data cannot decide; the reason says which points, boots or range would. */
    INCONCLUSIVE,
    /** No trustworthy metric here can decide it. */
    NOT_MEASURABLE,
    /** The target lacks the operation, or its benchmark did not take effect. */
    NOT_EXERCISED
}
