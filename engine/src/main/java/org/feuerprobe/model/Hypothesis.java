package org.feuerprobe.model;

import java.util.List;

/**
 * One explanation of a data set: its terms, and where the law changes.
 *
 * @param terms its growing terms
 * @param kind how the law changes at the breaks
 * @param breaks for each break, the index of the last point before it; ascending
 * @param within whether no term grows faster than the bound
 * @param lonely whether the last break is before the last point, or the level is not reached
 * @param squares chi-square of its residuals
 * @param freedoms number of fitted numbers, without the places of breaks
 * @param effect share of the cost at the far end that grows faster than the bound
 * @param prior penalty for its form, on the scale of the score
 * @param border border of the change, if the cost levels off; else 0
 */
record Hypothesis(
        List<CandidateTerm> terms,
        RegimeKind kind,
        int[] breaks,
        boolean within,
        boolean lonely,
        double squares,
        int freedoms,
        double effect,
        double prior,
        double border) {
    /** Smallest share of the cost that is much of it. */
    static final double DOMINANT = 0.5;

    /** Whether the part that grows faster than the bound makes up much of the cost. */
    boolean dominant() {
        return effect >= DOMINANT;
    }

    /** The products of the bound that it grows at least as fast as; a bit for each. */
    long reached() {
        long reached = 0;
        for (int i = 0; i < terms.size(); i++) {
            reached |= terms.get(i).reached();
        }
        return reached;
    }

    /** The penalty for its rarest class. */
    double rarity() {
        return terms.stream().mapToDouble(CandidateTerm::cost).max().orElse(0);
    }
}
