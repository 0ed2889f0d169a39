package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Search for the best models without changes of regime: all models of up to two growing terms, then
 * the best of them with further terms, added one at a time.
 */
final class SmoothSearch {
    static final double NEGATIVE_TERM = 7;
    static final double NEGATIVE_INTERCEPT = 3;
    static final double GROWTH = 2.5;
    private static final double FURTHER_TERM = 4;

    /**
     * Ratio of the sizes of a model's parts to their sum, above which the parts cancel each other.
     */
    private static final double CANCELLATION = 20;

    private static final int MOST_TERMS = 4;
    private static final int MOST_ROUNDS = 4;
    private static final double MOST_RARITY = 14;
    private static final int MOST_PAIRED = 90;

    private final SearchSpace space;
    private final Shortlist shortlist;
    private final SmallFit fit;
    private final int mostFreedoms;

    /**
     * Smallest chi-square of a single textbook term within the bound. A longer model must be
     * better.
     */
    private double leastWithin = Double.POSITIVE_INFINITY;

    private double leastBeyond = Double.POSITIVE_INFINITY;

    SmoothSearch(SearchSpace space, Shortlist shortlist, int mostFreedoms) {
        this.space = space;
        this.shortlist = shortlist;
        this.fit = new SmallFit(space.target);
        this.mostFreedoms = mostFreedoms;
    }

    void run() {
        fit.keep(0);
        if (!fit.add(space.intercept) || !Double.isFinite(fit.squares())) {
            throw new IllegalArgumentException(
                    "the values span too many orders of magnitude to be compared");
        }
        offer(new int[0]);
        int count = space.terms.size();
        for (int i = 0; i < count && mostFreedoms >= 2; i++) {
            fit.keep(1);
            if (!fit.add(space.columns.get(i))) {
                continue;
            }
            offer(new int[] {i});
        }
        if (mostFreedoms >= 3) {
            pairs();
        }
        space.crossed.forEach(this::offerAll);
    }

    private void pairs() {
        int count = Math.min(space.terms.size(), MOST_PAIRED);
        PairScreen screen = new PairScreen(space, count);
        for (int i = 0; i < count; i++) {
            fit.keep(1);
            if (!fit.add(space.columns.get(i))) {
                continue;
            }
            CandidateTerm first = space.terms.get(i);
            for (int j = i + 1; j < count; j++) {
                CandidateTerm second = space.terms.get(j);
                double most = first.within() && second.within() ? leastWithin : leastBeyond;
                if (first.cost() + second.cost() <= MOST_RARITY && screen.least(i, j) < most) {
                    fit.keep(2);
                    if (fit.add(space.columns.get(j))) {
                        offer(new int[] {i, j});
                    }
                }
            }
        }
    }

    /** Adds a term to the space, and tries it alone and together with each other term. */
    void run(CandidateTerm term) {
        if (!space.add(term)) {
            return;
        }
        int added = space.terms.size() - 1;
        offerAll(new int[] {added});
        for (int i = 0; i < added; i++) {
            if (space.terms.get(i).cost() + term.cost() <= MOST_RARITY) {
                offerAll(new int[] {i, added});
            }
        }
    }

    private void offerAll(int[] indices) {
        if (indices.length + 1 <= mostFreedoms && fits(indices)) {
            offer(indices);
        }
    }

    /** Fits the intercept and these terms. Returns false if they depend on each other. */
    private boolean fits(int[] indices) {
        fit.keep(0);
        boolean independent = fit.add(space.intercept);
        for (int index : indices) {
            independent = independent && fit.add(space.columns.get(index));
        }
        return independent;
    }

    private static boolean lacks(int[] indices, int wanted) {
        for (int index : indices) {
            if (index == wanted) {
                return false;
            }
        }
        return true;
    }

    /** Adds or exchanges terms of the best model found so far, as long as that improves it. */
    void improve(Score score, Predicate<Hypothesis> wanted) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Optional<Hypothesis> start = shortlist.best(score, wanted);
            if (start.isEmpty() || start.get().terms().size() < 2) {
                return;
            }
            int[] now = start.get().terms().stream().mapToInt(space.terms::indexOf).toArray();
            if (now.length < MOST_TERMS && now.length + 2 <= mostFreedoms && fits(now)) {
                for (int i = 0; i < space.terms.size(); i++) {
                    fit.keep(now.length + 1);
                    if (lacks(now, i) && fit.add(space.columns.get(i))) {
                        int[] longer = Arrays.copyOf(now, now.length + 1);
                        longer[now.length] = i;
                        offer(longer);
                    }
                }
            }
            for (int i = 0; i < space.terms.size() && now.length > 2; i++) {
                for (int k = 0; k < now.length && lacks(now, i); k++) {
                    int[] exchanged = now.clone();
                    exchanged[k] = i;
                    offerAll(exchanged);
                }
            }
            if (!(score.of(shortlist.best(score, wanted).orElseThrow()) < score.of(start.get()))) {
                return;
            }
        }
    }

    private void offer(int[] indices) {
        double squares = fit.squares();
        if (indices.length > 1 && squares >= (allWithin(indices) ? leastWithin : leastBeyond)) {
            return;
        }
        double[] beta = fit.coefficients();
        double prior = prior(space, indices, beta);
        if (!Double.isFinite(prior) || cancels(indices, beta)) {
            return;
        }
        List<CandidateTerm> terms = new ArrayList<>(indices.length);
        boolean within = true;
        double effect = 0;
        for (int k = 0; k < indices.length; k++) {
            CandidateTerm term = space.terms.get(indices[k]);
            terms.add(term);
            if (!term.within()) {
                within = false;
                effect += beta[k + 1] / space.costAtLargest(indices[k]);
            }
        }
        if (indices.length == 1 && prior == GROWTH) {
            if (within) {
                leastWithin = Math.min(leastWithin, squares);
            } else if (effect >= 0.5) {
                leastBeyond = Math.min(leastBeyond, squares);
            }
        }
        shortlist.offer(
                new Hypothesis(
                        terms,
                        RegimeKind.NONE,
                        new int[0],
                        within,
                        false,
                        squares,
                        1 + indices.length,
                        effect,
                        prior,
                        0));
    }

    /**
     * Whether the parts nearly cancel each other at some point. Such a sum can pass through any
     * points, as a polynomial does, and is no law of a cost.
     */
    private boolean cancels(int[] indices, double[] beta) {
        boolean falling = beta[0] < 0;
        for (int k = 1; k < beta.length; k++) {
            falling |= beta[k] < 0;
        }
        for (int i = 0; i < space.points && falling && indices.length > 1; i++) {
            double sum = beta[0] * space.intercept[i];
            double sizes = Math.abs(sum);
            for (int k = 0; k < indices.length; k++) {
                double part = beta[k + 1] * space.columns.get(indices[k])[i];
                sum += part;
                sizes += Math.abs(part);
            }
            if (sizes > CANCELLATION * Math.abs(sum)) {
                return true;
            }
        }
        return false;
    }

    private boolean allWithin(int[] indices) {
        for (int index : indices) {
            if (!space.terms.get(index).within()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Penalty for the form of a model: rare classes and negative coefficients. It is infinite if a
     * term falls that no faster growing term outweighs, because that is no possible cost.
     *
     * @param beta coefficients, beginning with the intercept
     */
    static double prior(SearchSpace space, int[] indices, double[] beta) {
        double prior = beta[0] < 0 ? NEGATIVE_INTERCEPT : 0;
        prior += indices.length == 0 ? 0 : GROWTH + FURTHER_TERM * (indices.length - 1);
        for (int k = 0; k < indices.length; k++) {
            CandidateTerm term = space.terms.get(indices[k]);
            prior += term.cost();
            if (beta[k + 1] <= 0) {
                boolean led = false;
                for (int other = 0; other < indices.length; other++) {
                    led |=
                            other != k
                                    && beta[other + 1] > 0
                                    && space.dominated(indices[k], indices[other]);
                }
                if (!led) {
                    return Double.POSITIVE_INFINITY;
                }
                prior += NEGATIVE_TERM;
            }
        }
        return prior;
    }
}
