package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A hypothesis with its fitted numbers: columns linearised at the optimum, coefficients, and
 * standard errors for rows of unit variance. Column 0 is the intercept; terms and then breaks
 * follow.
 */
final class Refit {
    final Hypothesis hypothesis;
    final List<double[]> columns = new ArrayList<>();
    final double[] coefficients;
    final double[] errors;
    final double[] factors;
    final double[] fitted;

    Refit(SearchSpace space, Hypothesis hypothesis) {
        this.hypothesis = hypothesis;
        List<double[]> base = new ArrayList<>();
        base.add(space.intercept);
        int term = -1;
        for (CandidateTerm candidate : hypothesis.terms()) {
            term = space.terms.indexOf(candidate);
            if (hypothesis.kind() != RegimeKind.ONSET) {
                base.add(space.columns.get(term));
            }
        }
        SmallFit fit = new SmallFit(space.target);
        if (hypothesis.kind() == RegimeKind.FACTOR) {
            FactorSolver solver = new FactorSolver(space);
            solver.solve(base.toArray(double[][]::new), hypothesis.breaks());
            factors = solver.factors;
            double[] residual = solver.fit.residual();
            double[] plain = solver.fit.coefficients();
            for (double[] column : base) {
                double[] scaled = new double[space.points];
                FactorSolver.scale(column, scaled, hypothesis.breaks(), factors);
                columns.add(scaled);
            }
            for (int place : hypothesis.breaks()) {
                double[] derivative = new double[space.points];
                solver.derivative(place, residual, derivative);
                columns.add(derivative);
            }
            columns.forEach(fit::add);
            coefficients = fit.coefficients();
            System.arraycopy(
                    plain, 0, coefficients, 0, Math.min(plain.length, coefficients.length));
            fitted = new double[space.points];
            for (int i = 0; i < fitted.length; i++) {
                fitted[i] = (space.target[i] - residual[i]) * space.error[i];
            }
        } else {
            factors = new double[0];
            columns.addAll(base);
            double[] changed =
                    hypothesis.kind() == RegimeKind.LEVEL || term < 0
                            ? space.intercept
                            : space.columns.get(term);
            if (hypothesis.kind().levelsOff()) {
                columns.add(space.levelling(hypothesis.kind(), hypothesis.border(), term));
            }
            for (int place : hypothesis.breaks()) {
                columns.add(RegimeSearch.change(space, hypothesis.kind(), changed, term, place));
            }
            columns.forEach(fit::add);
            coefficients = fit.coefficients();
            double[] residual = fit.residual();
            fitted = new double[space.points];
            for (int i = 0; i < fitted.length; i++) {
                fitted[i] = (space.target[i] - residual[i]) * space.error[i];
            }
        }
        errors = fit.standardErrors();
    }

    /** Whether no growing term has a negative coefficient. */
    boolean positive() {
        int terms = hypothesis.kind() == RegimeKind.ONSET ? 0 : hypothesis.terms().size();
        for (int k = 0; k < terms; k++) {
            if (coefficients[k + 1] < 0) {
                return false;
            }
        }
        return true;
    }
}
