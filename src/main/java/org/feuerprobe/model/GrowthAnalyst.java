package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.FDistribution;

/** Compares the explanations of a data set that keep a bound with those that break it. */
final class GrowthAnalyst {
    private static final double MISFIT = 0.01;
    private static final double SMOOTH_ENOUGH = 0.1;
    private static final int FEWEST_FOR_REGIMES = 6;
    private static final double ORDINARY = 5;

    private final Condensed data;
    private final SearchSpace space;
    private final Shortlist shortlist = new Shortlist();
    private final int mostFreedoms;
    private final boolean replicated;
    private final int declared;
    private Score score;

    private GrowthAnalyst(Condensed data, List<CandidateTerm> terms, int declared) {
        this.data = data;
        this.declared = declared;
        space = new SearchSpace(data, terms);
        replicated = data.noise().degreesOfFreedom() >= 3;
        mostFreedoms = replicated ? space.points - 1 : Math.max(2, space.points / 2);
        score =
                replicated
                        ? new Score(data.noise().degreesOfFreedom(), 1, space.points)
                        : new Score(1, 1e-12, space.points);
    }

    static Growth analyse(Condensed data, List<CandidateTerm> terms, int declared) {
        return new GrowthAnalyst(data, terms, declared).run();
    }

    private Growth run() {
        SmoothSearch smooth = new SmoothSearch(space, shortlist, mostFreedoms);
        smooth.run(score);
        Hypothesis best = shortlist.best(score, h -> true).orElseThrow();
        boolean settled = best.within() && replicated && misfit(best) > SMOOTH_ENOUGH;
        if (!settled && data.parameters().size() == 1 && space.points >= FEWEST_FOR_REGIMES) {
            new RegimeSearch(space, shortlist, mostFreedoms).run();
            best = shortlist.best(score, h -> true).orElseThrow();
        }
        rescale(best);
        best = shortlist.best(score, h -> true).orElseThrow();
        Hypothesis within = shortlist.best(score, Hypothesis::within).orElseThrow();
        Optional<Hypothesis> beyond = shortlist.best(score, h -> !h.within());
        Optional<Hypothesis> dominant = shortlist.best(score, Hypothesis::dominant);
        Optional<Refit> beyondFit = beyond.map(h -> new Refit(space, h));
        return new Growth(
                new Refit(space, within),
                beyondFit,
                new Refit(space, best),
                score.of(within),
                beyond.map(score::of).orElse(Double.POSITIVE_INFINITY),
                dominant.map(score::of).orElse(Double.POSITIVE_INFINITY),
                beyondFit.map(fit -> excess(fit, within)).orElse(1.0),
                score,
                space);
    }

    private int degreesLeft(Hypothesis hypothesis) {
        return space.points - hypothesis.freedoms() - hypothesis.breaks().length;
    }

    /** Chance of a misfit as large as this from the values' own scatter. */
    private double misfit(Hypothesis hypothesis) {
        int left = degreesLeft(hypothesis);
        if (left < 1) {
            return 1;
        }
        return FDistribution.of(left, data.noise().degreesOfFreedom())
                .survivalProbability(hypothesis.squares() / left);
    }

    private void rescale(Hypothesis best) {
        int left = Math.max(1, degreesLeft(best));
        double inflation = best.squares() / left;
        if (!replicated) {
            score = new Score(left, Math.max(inflation, 1e-18), space.points);
        } else if (misfit(best) < MISFIT) {
            score = new Score(left, inflation, space.points);
        }
    }

    /**
     * Chance of the data if the beyond model's fast terms were not there: an F test of them against
     * the same law with the bound's own products in their place, corrected for the choice of terms.
     */
    private double excess(Refit beyond, Hypothesis within) {
        SmallFit fit = new SmallFit(space.target);
        List<CandidateTerm> fast =
                beyond.hypothesis.terms().stream().filter(term -> !term.within()).toList();
        List<double[]> fastColumns = new ArrayList<>();
        for (int k = 0; k < beyond.columns.size(); k++) {
            int term = k - 1;
            boolean isFast =
                    term >= 0
                            && term < beyond.hypothesis.terms().size()
                            && !beyond.hypothesis.terms().get(term).within();
            if (isFast) {
                fastColumns.add(beyond.columns.get(k));
            } else if (fit.columns() < SmallFit.MOST) {
                fit.add(beyond.columns.get(k));
            }
        }
        for (int i = 0; i < space.terms.size() && i < declared; i++) {
            if (fit.columns() + fastColumns.size() < SmallFit.MOST) {
                fit.add(space.columns.get(i));
            }
        }
        if (new Refit(space, within).positive()) {
            for (CandidateTerm term : within.terms()) {
                if (fit.columns() + fastColumns.size() < SmallFit.MOST) {
                    fit.add(space.columns.get(space.terms.indexOf(term)));
                }
            }
        }
        double without = fit.squares();
        int added = 0;
        for (double[] column : fastColumns) {
            added += fit.columns() < SmallFit.MOST && fit.add(column) ? 1 : 0;
        }
        if (added == 0) {
            return 1;
        }
        double statistic = (without - fit.squares()) / added / score.inflation();
        long choices = space.terms.stream().filter(t -> !t.within() && t.cost() < ORDINARY).count();
        double tail =
                FDistribution.of(added, Math.max(1, score.degrees()))
                        .survivalProbability(Math.max(0, statistic));
        return Math.min(1, tail / 2 * Math.max(1, choices) * (fast.isEmpty() ? 2 : 1));
    }
}
