package org.feuerprobe.model;

import java.util.List;

/**
 * Which bounded laws explain a cost that rises, or falls, and levels off? For one parameter only,
 * and a law that has yet to reach its level is marked lonely: it cannot be told from growth.
 */
final class LevellingSearch {
    /**
     * With 8, 16 of 600 logarithms under 5 % noise were no longer called growth; with 12 all were.
     */
    private static final double CHARGE = 12;

    /** At the largest point 15/16 of the change is done, or 94 %. */
    private static final double REACHED = 16;

    /** A law of which so much is still to come at the largest point is marked lonely. */
    private static final double NEARLY = 3;

    private static final double WEAK = 6;
    private static final double WEAK_RATIO = 1.25;

    private static final double STEP = Math.log(2) / 4;
    private static final int SECTIONS = 40;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /** The intercept, the size and the border. */
    private static final int FREEDOMS = 3;

    private final SearchSpace space;
    private final Shortlist shortlist;
    private final SmallFit fit;
    private final int mostFreedoms;

    LevellingSearch(SearchSpace space, Shortlist shortlist, int mostFreedoms) {
        this.space = space;
        this.shortlist = shortlist;
        this.fit = new SmallFit(space.target);
        this.mostFreedoms = mostFreedoms;
    }

    void run() {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = 0;
        for (double value : space.coordinate) {
            lowest = value > 0 ? Math.min(lowest, value) : lowest;
            highest = Math.max(highest, value);
        }
        fit.keep(0);
        if (mostFreedoms < FREEDOMS || !(lowest < highest) || !fit.add(space.intercept)) {
            return;
        }
        double first = Math.log(lowest) - 4 * STEP;
        double reached = Math.log(highest / REACHED);
        for (RegimeKind kind : RegimeKind.LEVELLING) {
            search(kind, first, reached, false);
            search(kind, Math.max(first, reached), Math.log(highest / NEARLY), true);
        }
    }

    private void search(RegimeKind kind, double first, double last, boolean lonely) {
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        for (double at = first; at <= last; at += STEP) {
            double found = squares(kind, at);
            if (found < least) {
                least = found;
                best = at;
            }
        }
        if (Double.isFinite(least)) {
            offer(kind, refined(kind, best, first, last), lonely);
        }
    }

    /** Golden section on the logarithm of the border. */
    private double refined(RegimeKind kind, double best, double first, double last) {
        double from = Math.max(first, best - STEP);
        double to = Math.min(last, best + STEP);
        for (int i = 0; i < SECTIONS; i++) {
            double left = to - GOLDEN * (to - from);
            double right = from + GOLDEN * (to - from);
            if (squares(kind, left) <= squares(kind, right)) {
                to = right;
            } else {
                from = left;
            }
        }
        double middle = (from + to) / 2;
        return squares(kind, middle) <= squares(kind, best) ? middle : best;
    }

    private double squares(RegimeKind kind, double logBorder) {
        fit.keep(1);
        return fit.add(space.levelling(kind, Math.exp(logBorder)))
                ? fit.squares()
                : Double.POSITIVE_INFINITY;
    }

    private void offer(RegimeKind kind, double logBorder, boolean lonely) {
        double squares = squares(kind, logBorder);
        double[] beta = fit.coefficients();
        double prior = CHARGE + (beta[0] < 0 ? SmoothSearch.NEGATIVE_INTERCEPT : 0);
        prior += beta[0] > 0 && beta[0] + beta[1] < beta[0] * WEAK_RATIO ? WEAK : 0;
        shortlist.offer(
                new Hypothesis(
                        List.of(),
                        kind,
                        new int[0],
                        true,
                        lonely,
                        squares,
                        FREEDOMS,
                        0,
                        prior,
                        Math.exp(logBorder)));
    }
}
