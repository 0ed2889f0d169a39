package org.feuerprobe.model;

import java.util.Optional;

/**
 * What the data say of a bound on growth: the best explanations on both sides of it and how they
 * compare. Scores are twice negative log-likelihoods with a charge for every number fitted; smaller
 * is better.
 *
 * @param within the best model that keeps the bound
 * @param beyond the best model that breaks it
 * @param withinScore score of {@code within}
 * @param beyondScore score of {@code beyond}; infinite where there is none
 * @param dominantScore score of the best model in which what breaks the bound makes up half of the
 *     cost at the far end; infinite where there is none
 * @param excess chance of the data if {@code beyond}'s fast terms were not there, corrected for
 *     their choice
 */
record Growth(
        Refit within,
        Optional<Refit> beyond,
        Refit best,
        double withinScore,
        double beyondScore,
        double dominantScore,
        double excess,
        Score score,
        SearchSpace space) {
    /** By how much the better explanation beyond the bound beats the best one within it. */
    double gap() {
        return withinScore - beyondScore;
    }
}
