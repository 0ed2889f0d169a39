package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which smooth models are best? All models of up to two growing terms, then the best ones with
 * terms added one at a time.
 */
final class SmoothSearch {
    static final double NEGATIVE_TERM = 7;
    static final double NEGATIVE_INTERCEPT = 3;
    private static final double FURTHER_TERM = 2;
    private static final int MOST_TERMS = 4;
    private static final int MOST_PAIRED = 90;

    private final SearchSpace space;
    private final Shortlist shortlist;
    private final SmallFit fit;
    private final int mostFreedoms;

    SmoothSearch(SearchSpace space, Shortlist shortlist, int mostFreedoms) {
        this.space = space;
        this.shortlist = shortlist;
        this.fit = new SmallFit(space.target);
        this.mostFreedoms = mostFreedoms;
    }

    void run(Score score) {
        fit.keep(0);
        fit.add(space.intercept);
        offer(new int[0]);
        int count = space.terms.size();
        for (int i = 0; i < count && mostFreedoms >= 2; i++) {
            fit.keep(1);
            if (!fit.add(space.columns.get(i))) {
                continue;
            }
            offer(new int[] {i});
            for (int j = i + 1; j < Math.min(count, MOST_PAIRED) && mostFreedoms >= 3; j++) {
                fit.keep(2);
                if (fit.add(space.columns.get(j))) {
                    offer(new int[] {i, j});
                }
            }
        }
        extend(score, Hypothesis::within);
        extend(score, hypothesis -> !hypothesis.within());
    }

    /** Adds terms to the best model found so far while that helps. */
    private void extend(Score score, Predicate<Hypothesis> wanted) {
        while (true) {
            Optional<Hypothesis> start = shortlist.best(score, wanted);
            if (start.isEmpty()
                    || start.get().terms().size() >= MOST_TERMS
                    || start.get().terms().size() < 2
                    || start.get().freedoms() >= mostFreedoms) {
                return;
            }
            List<Integer> indices = new ArrayList<>();
            fit.keep(0);
            fit.add(space.intercept);
            for (CandidateTerm term : start.get().terms()) {
                int index = space.terms.indexOf(term);
                indices.add(index);
                fit.add(space.columns.get(index));
            }
            int kept = fit.columns();
            for (int i = 0; i < space.terms.size(); i++) {
                fit.keep(kept);
                if (!indices.contains(i) && fit.add(space.columns.get(i))) {
                    int[] longer = new int[indices.size() + 1];
                    for (int k = 0; k < indices.size(); k++) {
                        longer[k] = indices.get(k);
                    }
                    longer[indices.size()] = i;
                    offer(longer);
                }
            }
            Hypothesis after = shortlist.best(score, wanted).orElseThrow();
            if (after == start.get()) {
                return;
            }
        }
    }

    private void offer(int[] indices) {
        double[] beta = fit.coefficients();
        double prior = prior(space, indices, beta);
        if (!Double.isFinite(prior)) {
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
        shortlist.offer(
                new Hypothesis(
                        terms,
                        RegimeKind.NONE,
                        new int[0],
                        within,
                        fit.squares(),
                        1 + indices.length,
                        effect,
                        prior));
    }

    /**
     * What a model's form costs: rare classes, and coefficients below zero. Infinite where a
     * leading term falls or a term that breaks the bound does: that is no cost at all.
     *
     * @param beta the intercept first
     */
    static double prior(SearchSpace space, int[] indices, double[] beta) {
        double prior = beta[0] < 0 ? NEGATIVE_INTERCEPT : 0;
        prior += FURTHER_TERM * Math.max(0, indices.length - 1);
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
