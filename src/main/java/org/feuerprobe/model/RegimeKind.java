package org.feuerprobe.model;

/** How the cost may change where a working set leaves a cache. */
public enum RegimeKind {
    /** One law throughout. */
    NONE,
    /** The whole cost is multiplied. */
    FACTOR,
    /** A constant is added. */
    LEVEL,
    /** The growing term's coefficient changes, with a jump. */
    SLOPE,
    /** The growing term's coefficient changes, without a jump. */
    BEND,
    /** A bend before which the cost is flat; told as a bend of a term with the coefficient 0. */
    ONSET
}
