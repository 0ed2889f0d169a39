package org.feuerprobe.model;

import java.util.List;
import java.util.Optional;

/**
 * Search for bounded laws that explain a cost which rises or falls and levels off, and for costs of
 * the bound's own class whose coefficient levels off. It serves one parameter. A law that has not
 * reached its level at the largest point is marked lonely. The data cannot distinguish it from
 * growth, so it can only leave a question open.
 */
final class LevellingSearch {
    /**
     * Penalty for a law that reaches its level. With 8, 16 of 600 logarithms under 5 % noise were
     * no longer called growth; with 12 all were.
     */
    private static final double CHARGE = 12;

    /**
     * Penalty for a law that does not reach its level. With 6, one in ten logarithms over a single
     * decade under 5 % noise stayed open; with 8, one in fifty.
     */
    private static final double CHARGE_OUTSIDE = 8;

    /**
     * Further penalty for a coefficient that levels off, in addition to that of the growth itself.
     */
    private static final double OF_COEFFICIENT = 6;

    /**
     * Largest factor by which a coefficient may rise within the range; beyond it, the rise is
     * growth.
     */
    private static final double MOST_RISE = 3;

    private static final double WEAK = 6;
    private static final double WEAK_RATIO = 1.3;

    /** Number of golden sections, which narrow a step to a millionth. */
    private static final int SECTIONS = 28;

    /** Number of fitted numbers that the change adds: its size and its border. */
    private static final int FREEDOMS = 2;

    private final SearchSpace space;
    private final Shortlist shortlist;
    private final SmallFit fit;
    private final int mostFreedoms;
    private final double[] done;
    private final double[] column;

    /** The term whose coefficient levels off; negative if the cost does. */
    private int term = -1;

    LevellingSearch(SearchSpace space, Shortlist shortlist, int mostFreedoms) {
        this.space = space;
        this.shortlist = shortlist;
        this.fit = new SmallFit(space.target);
        this.mostFreedoms = mostFreedoms;
        this.done = new double[space.coordinate.length];
        this.column = new double[space.points];
    }

    /**
     * Runs the search.
     *
     * @param declared number of the bound's own terms, which come first
     */
    void run(int declared) {
        Optional<LevellingGrid.Range> range = LevellingGrid.Range.of(space.coordinate);
        int last = range.isPresent() ? Math.min(declared, space.terms.size()) : -1;
        for (term = -1; term < last; term++) {
            if (term < 0 || space.terms.get(term).within()) {
                search(range.orElseThrow());
            }
        }
    }

    private void search(LevellingGrid.Range range) {
        fit.keep(0);
        if (mostFreedoms < columns() + FREEDOMS
                || !fit.add(space.intercept)
                || !(term < 0 || fit.add(space.columns.get(term)))) {
            return;
        }
        for (RegimeKind kind : RegimeKind.LEVELLING) {
            if (kind == RegimeKind.ROOT) {
                // The border of this law only scales it.
                boolean lonely =
                        range.lowest()
                                > range.highest() / LevellingGrid.REACHED / LevellingGrid.REACHED;
                offer(kind, Math.log(range.lowest()), lonely);
            } else {
                search(kind, range, false);
                search(kind, range, true);
            }
        }
    }

    private void search(RegimeKind kind, LevellingGrid.Range range, boolean lonely) {
        if (!canWin(lonely)) {
            return;
        }
        LevellingGrid grid = space.design.levelling(kind, range, lonely);
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < grid.borders().length; k++) {
            double found = squares(grid.done()[k]);
            if (found < least) {
                least = found;
                best = grid.borders()[k];
            }
        }
        if (Double.isFinite(least)) {
            offer(kind, refined(kind, best, grid.first(), grid.last()), lonely);
        }
    }

    /** Whether a perfect fit would beat the known hypotheses. A falling law is never lonely. */
    private boolean canWin(boolean lonely) {
        return shortlist.mostSquares(
                        Math.max(limit(lonely), limit(false)),
                        columns() + FREEDOMS,
                        0,
                        charge(lonely))
                >= 0;
    }

    private double limit(boolean lonely) {
        return term < 0 ? shortlist.limit(lonely) : shortlist.limit(space.terms.get(term), lonely);
    }

    /** Smallest penalty for such a law. */
    private double charge(boolean lonely) {
        return (lonely ? CHARGE_OUTSIDE : CHARGE)
                + (term < 0 ? 0 : SmoothSearch.GROWTH + OF_COEFFICIENT);
    }

    /**
     * Number of columns without the change: the intercept, and the growing term if there is one.
     */
    private int columns() {
        return term < 0 ? 1 : 2;
    }

    /** Refines the logarithm of the border by golden sections. */
    private double refined(RegimeKind kind, double best, double first, double last) {
        double from = Math.max(first, best - LevellingGrid.STEP);
        double to = Math.min(last, best + LevellingGrid.STEP);
        double middle = GoldenSection.least(at -> squares(kind, at), from, to, SECTIONS);
        return squares(kind, middle) <= squares(kind, best) ? middle : best;
    }

    private double squares(RegimeKind kind, double logBorder) {
        double border = Math.exp(logBorder);
        for (int i = 0; i < done.length; i++) {
            done[i] = kind.done(space.coordinate[i], border);
        }
        return squares(done);
    }

    private double squares(double[] doneThere) {
        double[] whole = term < 0 ? space.intercept : space.columns.get(term);
        for (int i = 0; i < column.length; i++) {
            column[i] = doneThere[i] * whole[i];
        }
        fit.keep(columns());
        return fit.add(column) ? fit.squares() : Double.POSITIVE_INFINITY;
    }

    private void offer(RegimeKind kind, double logBorder, boolean lonely) {
        double squares = squares(kind, logBorder);
        if (!Double.isFinite(squares)) {
            return;
        }
        double[] beta = fit.coefficients();
        double border = Math.exp(logBorder);
        double steady = beta[columns() - 1];
        double change = beta[columns()];
        double first = steady + change * kind.done(space.coordinate[0], border);
        double last = steady + change * kind.done(space.coordinate[space.points - 1], border);
        if (term >= 0 && !(last > 0 && last <= MOST_RISE * first)) {
            return;
        }
        double prior = charge(lonely);
        prior += beta[0] < 0 ? SmoothSearch.NEGATIVE_INTERCEPT : 0;
        prior += term < 0 && isWeak(first, last) ? WEAK : 0;
        shortlist.offer(
                new Hypothesis(
                        term < 0 ? List.of() : List.of(space.terms.get(term)),
                        kind,
                        new int[0],
                        true,
                        lonely && change > 0,
                        squares,
                        columns() + FREEDOMS,
                        0,
                        prior,
                        border));
    }

    /** Whether the cost changes little over the range. */
    private static boolean isWeak(double first, double last) {
        return first > 0 && last > 0 && Math.max(first / last, last / first) < WEAK_RATIO;
    }
}
