package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import org.feuerprobe.bound.Expression;

/**
 * Shares of the cost at the far end: of one more term in a model, and of each term of a model.
 * Intervals of the coefficients are Student's.
 */
final class Additions {
    private static final double LEVEL = 0.95;

    private final SearchSpace space;
    private final Score score;
    private final Quantiles quantiles;

    Additions(SearchSpace space, Score score, Quantiles quantiles) {
        this.space = space;
        this.score = score;
        this.quantiles = quantiles;
    }

    /**
     * Upper limit on the share that any ordinary term beyond the bound could add over the range.
     */
    double most(Refit model) {
        double reach = quantiles.student(score.degrees(), 1 - LEVEL);
        double most = 0;
        for (int i = 0; i < space.terms.size(); i++) {
            CandidateTerm term = space.terms.get(i);
            if (term.ordinaryAndFast()) {
                SmallFit fit = with(model, i);
                if (fit.columns() > 0) {
                    double error = fit.lastError() * Math.sqrt(score.inflation());
                    double coefficient = fit.lastStudent() * fit.lastError();
                    double upper = Math.max(0, coefficient + reach * error);
                    most = Math.max(most, upper * rise(i) / space.costAtLargest(i));
                }
            }
        }
        return most;
    }

    /** The parts of a model that grow faster than the bound, the fastest first. */
    List<FastPart> fast(Refit model) {
        Hypothesis hypothesis = model.hypothesis;
        if (hypothesis.kind() != RegimeKind.NONE || hypothesis.terms().size() == 1) {
            return hypothesis.terms().stream()
                    .filter(term -> !term.within())
                    .map(term -> new FastPart(growth(term), hypothesis.effect(), 0))
                    .toList();
        }
        long choices = space.terms.stream().filter(CandidateTerm::ordinaryAndFast).count();
        List<CandidateTerm> terms = new ArrayList<>(hypothesis.terms());
        terms.removeIf(CandidateTerm::within);
        terms.sort(
                Comparator.comparingDouble((CandidateTerm t) -> ModelWriter.speed(t.product()))
                        .reversed());
        List<FastPart> parts = new ArrayList<>();
        for (CandidateTerm term : terms) {
            int column = 1 + hypothesis.terms().indexOf(term);
            double coefficient = model.coefficients[column];
            double share = coefficient / space.costAtLargest(space.terms.indexOf(term));
            double chance = tail(coefficient / model.errors[column]);
            parts.add(
                    new FastPart(growth(term), share, Math.min(1, chance * Math.max(1, choices))));
        }
        return List.copyOf(parts);
    }

    private static Expression growth(CandidateTerm term) {
        return new Expression(List.of(term.product()));
    }

    private double tail(double student) {
        return TDistribution.of(Math.max(1, score.degrees()))
                .survivalProbability(student / Math.sqrt(score.inflation()));
    }

    /** The growth of a term over the range, as a share of its largest value. */
    private double rise(int term) {
        double least = 1;
        double[] column = space.columns.get(term);
        for (int i = 0; i < space.points; i++) {
            least = Math.min(least, column[i] / space.intercept[i]);
        }
        return 1 - least;
    }

    /** The model with one more term in the last column; no columns if the term adds nothing new. */
    private SmallFit with(Refit model, int term) {
        SmallFit fit = new SmallFit(space.target);
        for (double[] column : model.columns) {
            if (fit.columns() < SmallFit.MOST - 1) {
                fit.add(column);
            }
        }
        if (!fit.add(space.columns.get(term))) {
            fit.keep(0);
        }
        return fit;
    }
}
