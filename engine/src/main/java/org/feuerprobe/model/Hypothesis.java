package org.feuerprobe.model;

import java.util.List;

/**
 * One explanation of a data set: which terms, and where the law changes.
 *
 * @param terms its growing terms
 * @param kind how the law changes at the breaks
 * @param breaks for each break, the index of the last point before it; ascending
 * @param within whether no term grows faster than the bound
 * @param lonely whether a break lies before the last point alone, or the level is not yet reached
 * @param squares chi-square of its residuals
 * @param freedoms how many numbers were fitted, breaks' places apart
 * @param effect share of the cost at the far end that grows faster than the bound
 * @param prior what its form costs on the scale of the score
 * @param border where the cost levels off, the border of that change; else 0
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
    /** Whether what grows faster than the bound makes up much of the cost. */
    boolean dominant() {
        return effect >= DOMINANT;
    }

    /** Which products of the bound it grows as fast as; a bit for each. */
    long reached() {
        long reached = 0;
        for (int i = 0; i < terms.size(); i++) {
            reached |= terms.get(i).reached();
        }
        return reached;
    }

    /** What its rarest class costs. */
    double rarity() {
        return terms.stream().mapToDouble(CandidateTerm::cost).max().orElse(0);
    }

    private static final double DOMINANT = 0.5;
}
