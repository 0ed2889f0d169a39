package org.feuerprobe.model;

import java.util.Optional;
import org.apache.commons.statistics.distribution.FDistribution;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.sample.Estimate;

/**
 * By which power of the parameter does the cost outgrow its bound? Fits {@code a + b·bound·n^d}
 * (for {@code O(1)}: {@code b·n^d}) over a grid of {@code d}; the interval is the profile
 * likelihood's (Venzon and Moolgavkar 1988).
 */
final class RelativeExponent {
    private static final double STEP = 0.01;
    private static final double REACH = 3;
    private static final double LEVEL = 0.95;

    private RelativeExponent() {}

    static Optional<Estimate> of(SearchSpace space, Expression bound, Score score) {
        if (space.coordinate.length < 4) {
            return Optional.empty();
        }
        String name = space.parameters.getFirst();
        double[] base = new double[space.points];
        for (int i = 0; i < base.length; i++) {
            if (space.coordinate[i] <= 0) {
                return Optional.empty();
            }
            base[i] = bound.at(java.util.Map.of(name, space.coordinate[i]));
        }
        boolean constant = bound.parameters().isEmpty();
        int steps = (int) Math.round(2 * REACH / STEP) + 1;
        double[] squares = new double[steps];
        int best = -1;
        for (int k = 0; k < steps; k++) {
            squares[k] = squares(space, base, -REACH + k * STEP, constant);
            if (best < 0 || squares[k] < squares[best]) {
                best = k;
            }
        }
        if (!Double.isFinite(squares[best])) {
            return Optional.empty();
        }
        double allowed =
                squares[best]
                        + score.inflation()
                                * FDistribution.of(1, Math.max(1, score.degrees()))
                                        .inverseSurvivalProbability(1 - LEVEL);
        int low = best;
        while (low > 0 && squares[low - 1] <= allowed) {
            low--;
        }
        int high = best;
        while (high < steps - 1 && squares[high + 1] <= allowed) {
            high++;
        }
        return Optional.of(
                new Estimate(
                        -REACH + best * STEP,
                        -REACH + (low - 0.5) * STEP,
                        -REACH + (high + 0.5) * STEP,
                        LEVEL));
    }

    private static double squares(
            SearchSpace space, double[] base, double exponent, boolean constant) {
        double[] shape = new double[base.length];
        for (int i = 0; i < base.length; i++) {
            shape[i] = base[i] * Math.pow(space.coordinate[i], exponent);
            if (!Double.isFinite(shape[i])) {
                return Double.POSITIVE_INFINITY;
            }
        }
        SmallFit fit = new SmallFit(space.target);
        if (!constant) {
            fit.add(space.intercept);
        }
        boolean added = fit.add(space.weighted(shape));
        if (!added || fit.lastStudent() <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        return fit.squares();
    }
}
