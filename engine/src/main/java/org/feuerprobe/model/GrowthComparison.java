package org.feuerprobe.model;

import java.util.List;
import java.util.Optional;
import org.feuerprobe.sample.Estimate;

/**
 * What the data say of a bound on growth: the best explanations on both sides of it, and how they
 * compare. Scores are twice negative log-likelihoods with a charge for every number fitted, so a
 * difference of 6 stands for odds of 20 to 1.
 *
 * @param within the best model that keeps the bound
 * @param beyond the best model that breaks it, where there is one
 * @param best the better of the two
 * @param gap by how much {@code beyond} scores better than {@code within}; negative infinity where
 *     there is none
 * @param dominantGap the same for the best model in which what breaks the bound makes up at least
 *     half of the cost at the far end
 * @param lonely the best model that keeps the bound but rests on what lies beyond the range: a
 *     break before the last point alone, or a level not yet reached
 * @param lonelyGap the same for {@code lonely}
 * @param excess chance of the data if {@code beyond}'s fast terms were not there, corrected for
 *     their choice
 * @param effect share of the cost at the far end that grows beyond the bound in {@code beyond}
 * @param fast the parts of {@code beyond} that grow faster than the bound, the fastest first
 * @param undetected upper 95 % limit of the share that a part beyond the bound adds to {@code
 *     within} over the range
 * @param slowerGap by how much {@code within} scores better than the best model within the bound
 *     that grows as fast as the bound; 0 where that is itself
 * @param rarity what the class of {@code within} costs on that scale, 0 for a textbook class
 * @param beyondRarity the same of {@code beyond}
 * @param exponent growth exponent relative to the bound, where one parameter varies and the law
 *     does not change: 0 means as declared
 * @param inflation by how much the model misses the points more than the values' scatter explains;
 *     1 where it does not
 * @param missed whether {@code within} misses the points in a systematic way
 */
public record GrowthComparison(
        CostModel within,
        Optional<CostModel> beyond,
        CostModel best,
        double gap,
        double dominantGap,
        Optional<CostModel> lonely,
        double lonelyGap,
        double excess,
        double effect,
        List<FastPart> fast,
        double undetected,
        double slowerGap,
        double rarity,
        double beyondRarity,
        Optional<Estimate> exponent,
        double inflation,
        Misfit missed) {}
