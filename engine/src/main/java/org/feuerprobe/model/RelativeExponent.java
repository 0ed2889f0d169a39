package org.feuerprobe.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.sample.Estimate;

/**
 * Exponent by which the cost outgrows its bound. It fits {@code a + b·bound·n^d}, or {@code b·n^d}
 * for {@code O(1)}, over a grid of {@code d}. The interval is that of the profile likelihood
 * (Venzon and Moolgavkar 1988).
 */
final class RelativeExponent {
    private static final double STEP = 0.01;
    private static final double COARSE = 0.1;
    private static final int BISECTIONS = 12;
    private static final double REACH = 3;
    private static final double LEVEL = 0.95;

    private final SearchSpace space;
    private final double[] base;
    private final double[] shape;
    private final double[] logarithm;
    private final boolean constant;
    private final SmallFit fit;

    private RelativeExponent(SearchSpace space, double[] base, boolean constant) {
        this.space = space;
        this.base = base;
        this.constant = constant;
        shape = new double[base.length];
        logarithm = Arrays.stream(space.coordinate).map(Math::log).toArray();
        fit = new SmallFit(space.target);
        if (!constant) {
            fit.add(space.intercept);
        }
    }

    static Optional<Estimate> of(
            SearchSpace space, Expression bound, Score score, Quantiles quantiles) {
        if (space.coordinate.length < 4) {
            return Optional.empty();
        }
        String name = space.parameters.getFirst();
        double[] base = new double[space.points];
        for (int i = 0; i < base.length; i++) {
            if (space.coordinate[i] <= 0) {
                return Optional.empty();
            }
            base[i] = bound.at(Map.of(name, space.coordinate[i]));
        }
        RelativeExponent search = new RelativeExponent(space, base, bound.parameters().isEmpty());
        return search.interval(score, quantiles);
    }

    private Optional<Estimate> interval(Score score, Quantiles quantiles) {
        double best = -REACH;
        double least = Double.POSITIVE_INFINITY;
        for (double step : new double[] {COARSE, STEP}) {
            double centre = best;
            double from = step == COARSE ? -REACH : Math.max(-REACH, centre - COARSE);
            double to = step == COARSE ? REACH : Math.min(REACH, centre + COARSE);
            int steps = (int) Math.round((to - from) / step);
            for (int k = 0; k <= steps; k++) {
                double at = from + k * step;
                double found = squares(at);
                if (found < least) {
                    least = found;
                    best = at;
                }
            }
        }
        if (!Double.isFinite(least)) {
            return Optional.empty();
        }
        double allowed = least + score.inflation() * quantiles.fisher(score.degrees(), 1 - LEVEL);
        double low = border(best, -REACH, allowed);
        double high = border(best, REACH, allowed);
        return Optional.of(
                new Estimate(
                        Math.rint(best / STEP) * STEP,
                        Math.min(low, Math.rint(best / STEP) * STEP),
                        Math.max(high, Math.rint(best / STEP) * STEP),
                        LEVEL));
    }

    /**
     * The exponent at which the misfit exceeds the allowed one, between a good exponent and an end
     * of the grid.
     */
    private double border(double good, double end, double allowed) {
        if (squares(end) <= allowed) {
            return end;
        }
        double inside = good;
        double outside = end;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (inside + outside) / 2;
            if (squares(middle) <= allowed) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return outside;
    }

    private double squares(double exponent) {
        for (int i = 0; i < shape.length; i++) {
            shape[i] = base[i] * Math.exp(exponent * logarithm[i]);
            if (!Double.isFinite(shape[i])) {
                return Double.POSITIVE_INFINITY;
            }
        }
        fit.keep(constant ? 0 : 1);
        boolean added = fit.add(space.weighted(shape));
        return added && fit.lastStudent() > 0 ? fit.squares() : Double.POSITIVE_INFINITY;
    }
}
