package org.feuerprobe.model;

import java.util.List;
import java.util.Optional;
import org.feuerprobe.sample.Estimate;

/**
 * Comparison of the best explanations that keep and break a bound on growth. A score is twice the
 * negative log-likelihood, with a penalty for every fitted number. A difference of 6 therefore
 * means odds of 20 to 1.
 *
 * @param within the best model that keeps the bound
 * @param beyond the best model that breaks it; empty if there is none
 * @param best the better of the two
 * @param gap score difference by which {@code beyond} is better than {@code within}; negative
 *     infinity without {@code beyond}
 * @param dominantGap the same difference for the best model in which the part beyond the bound
 *     makes up at least half of the cost at the far end; only a lower limit if {@code gap} exceeds
 *     {@value #MOST_CONTESTED}, because growth beyond the bound is then certain
 * @param lonely the best model that keeps the bound only by what lies beyond the range: a break
 *     before the last point, or a level that is not reached
 * @param lonelyGap the same difference for {@code lonely}
 * @param levelling the best model that keeps the bound by a level which is not reached
 * @param levelGap score difference by which {@code beyond} is better than {@code levelling},
 *     without the penalties for their forms; infinite without {@code levelling}
 * @param excess probability of the data if the fast terms of {@code beyond} were not there,
 *     corrected for their choice
 * @param effect share of the cost at the far end that grows faster than the bound in {@code beyond}
 * @param fast the parts of {@code beyond} that grow faster than the bound, the fastest first
 * @param undetected upper 95 % limit on the share that a part beyond the bound could add to {@code
 *     within} over the range; infinite if {@code gap} exceeds {@value #MOST_CONTESTED}
 * @param slowerGap score difference by which {@code within} is better than the best model within
 *     the bound that grows as fast as the bound; 0 if that is {@code within} itself
 * @param rarity penalty for the class of {@code within}; 0 for a textbook class
 * @param beyondRarity the same penalty for {@code beyond}
 * @param exponent growth exponent relative to the bound, if one parameter varies and the law does
 *     not change; 0 means growth as claimed
 * @param inflation factor by which the model misses the points more than the scatter of the values
 *     explains; 1 if it does not
 * @param missed whether {@code within} misses the points systematically
 */
public record GrowthComparison(
        CostModel within,
        Optional<CostModel> beyond,
        CostModel best,
        double gap,
        double dominantGap,
        Optional<CostModel> lonely,
        double lonelyGap,
        Optional<CostModel> levelling,
        double levelGap,
        double excess,
        double effect,
        List<FastPart> fast,
        double undetected,
        double slowerGap,
        double rarity,
        double beyondRarity,
        Optional<Estimate> exponent,
        double inflation,
        Misfit missed) {
    /** Above this gap no claim holds, so dominant growth need not be compared. */
    static final double MOST_CONTESTED = 16;
}
