package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Search for the best models with changes of regime. It serves one parameter. A break just before
 * the last point is marked lonely, because it looks the same as growth that begins there.
 */
final class RegimeSearch {
    private static final double DOWNWARD = 6;
    private static final double BREAK = 6;
    private static final double LEVEL_OF_GROWTH = 2;
    private static final double WEAK = 4;
    private static final double WEAK_FACTOR = 1.25;
    private static final double WEAK_SLOPE = 2;
    private static final double RARE = 8;
    private static final int MOST_PLACES = 16;
    private static final int MOST_TRIPLES = 12;
    private static final int NONE_FITTED = -1;
    private static final int MOST_CHANGES = 3;
    private static final int CHARGED = (MOST_CHANGES + 1) * (MOST_CHANGES + 1);

    private final SearchSpace space;
    private final Shortlist shortlist;
    private final SmallFit fit;

    /** The term that {@link #fit} contains now, after the intercept. */
    private int fitted = NONE_FITTED;

    private final FactorSolver solver;
    private final int mostFreedoms;
    private final List<Integer> places = new ArrayList<>();

    RegimeSearch(SearchSpace space, Shortlist shortlist, int mostFreedoms) {
        this.space = space;
        this.shortlist = shortlist;
        this.fit = new SmallFit(space.target);
        this.solver = new FactorSolver(space);
        this.mostFreedoms = mostFreedoms;
        int last = space.points - 2;
        int step = Math.max(1, (last + MOST_PLACES - 1) / MOST_PLACES);
        for (int i = 0; i < last; i += step) {
            places.add(i);
        }
        places.add(last);
    }

    void run() {
        constant();
        List<Screen> screens = new ArrayList<>();
        for (int t = 0; t < space.terms.size(); t++) {
            if (space.terms.get(t).cost() < RARE) {
                Screen screen = new Screen(t);
                single(t, screen);
                screens.add(screen);
            }
        }
        screens.forEach(screen -> pairs(screen.term, screen));
    }

    private void single(int t, Screen screen) {
        for (int a = 0; a < places.size(); a++) {
            int place = places.get(a);
            if (place < 1) {
                continue;
            }
            if (screen.lets(1, a)) {
                if (screen.letsLevels(a)) {
                    linear(t, RegimeKind.LEVEL, place);
                }
                if (screen.letsSlopes(a)) {
                    linear(t, RegimeKind.SLOPE, place);
                }
                linear(t, RegimeKind.BEND, place);
                factor(t, place);
            }
            if (screen.lets(0, a)) {
                onset(t, place);
            }
        }
    }

    private void pairs(int t, Screen screen) {
        for (int a = 0; a < places.size(); a++) {
            for (int b = a + 1; b < places.size() - 1; b++) {
                if (places.get(a) >= 1
                        && places.get(b) - places.get(a) >= 2
                        && screen.lets(2, a, b)) {
                    if (screen.letsLevels(a, b)) {
                        linear(t, RegimeKind.LEVEL, places.get(a), places.get(b));
                    }
                    if (screen.letsSlopes(a, b)) {
                        linear(t, RegimeKind.SLOPE, places.get(a), places.get(b));
                    }
                    linear(t, RegimeKind.BEND, places.get(a), places.get(b));
                    factor(t, places.get(a), places.get(b));
                }
            }
        }
    }

    /** Tries levels without growth. */
    private void constant() {
        if (space.points > MOST_TRIPLES) {
            new Staircase(space).breaks().forEach(this::level);
        }
        Screen screen = new Screen(-1);
        for (int a = 0; a < places.size(); a++) {
            if (screen.lets(1, a)) {
                level(places.get(a));
            }
            for (int b = a + 1; b < places.size() - 1; b++) {
                if (screen.lets(2, a, b)) {
                    level(places.get(a), places.get(b));
                }
                for (int c = b + 1; c < places.size() - 1 && places.size() <= MOST_TRIPLES; c++) {
                    if (places.get(b) - places.get(a) >= 2
                            && places.get(c) - places.get(b) >= 2
                            && screen.lets(3, a, b, c)) {
                        level(places.get(a), places.get(b), places.get(c));
                    }
                }
            }
        }
    }

    /** Selects places that are worth a fit, because no known hypothesis is better in any case. */
    private final class Screen {
        private final int term;
        private final int freedoms;
        private final double prior;
        private Optional<Segments> segments = Optional.empty();

        /** The limits for which {@link #most} was asked last, and its answers. */
        private final double[] limits = new double[2 * CHARGED];

        private final double[] answers = new double[2 * CHARGED];

        /**
         * Makes a screen.
         *
         * @param term the growing term; negative for constants
         */
        Screen(int term) {
            this.term = term;
            freedoms = term < 0 ? 1 : 2;
            prior = term < 0 ? 0 : space.terms.get(term).cost() + SmoothSearch.GROWTH;
            Arrays.fill(limits, Double.NaN);
        }

        /**
         * Whether changes at these places are worth a fit.
         *
         * @param numbers number of fitted numbers that the changes add
         * @param changes indices of their places
         */
        boolean lets(int numbers, int... changes) {
            double most = most(limit(changes), numbers, 0, changes);
            if (most < 0 || most == Double.POSITIVE_INFINITY) {
                return !(most < 0);
            }
            return !(segments().least(changes) > most);
        }

        /** Whether constants that are added at these places are worth a fit. */
        boolean letsLevels(int... changes) {
            double limit = limit(changes);
            if (limit == Double.POSITIVE_INFINITY) {
                return true;
            }
            CandidateTerm candidate = space.terms.get(term);
            double slope = Hypothesis.DOMINANT * space.costAtLargest(term);
            if (!candidate.within()
                    && !isLonely(changes)
                    && segments().levelsAreBelow(slope, changes)) {
                limit = shortlist.limitOfSmall();
            }
            double charge = LEVEL_OF_GROWTH * changes.length;
            return !(segments().leastOfLevels(changes)
                    > most(limit, changes.length, charge, changes));
        }

        /** Whether changes of the coefficient, with jumps, are worth a fit. */
        boolean letsSlopes(int... changes) {
            double limit = limit(changes);
            return limit == Double.POSITIVE_INFINITY
                    || !(segments().leastOfSlopes(changes)
                            > most(limit, changes.length, 0, changes));
        }

        private boolean isLonely(int[] changes) {
            return changes[changes.length - 1] == places.size() - 1;
        }

        private double limit(int[] changes) {
            return term < 0
                    ? shortlist.limit(isLonely(changes))
                    : shortlist.limit(space.terms.get(term), isLonely(changes));
        }

        private double most(double limit, int numbers, double charge, int[] changes) {
            int kind = changes.length * (MOST_CHANGES + 1) + numbers + (charge > 0 ? CHARGED : 0);
            if (limits[kind] != limit) {
                limits[kind] = limit;
                answers[kind] =
                        shortlist.mostSquares(
                                limit,
                                freedoms + numbers,
                                changes.length,
                                prior + charge + BREAK * changes.length);
            }
            return answers[kind];
        }

        private Segments segments() {
            if (segments.isEmpty()) {
                double[] column = term < 0 ? space.intercept : space.columns.get(term);
                segments = Optional.of(new Segments(space, places, column));
            }
            return segments.get();
        }
    }

    private void level(int... breaks) {
        if (1 + 2 * breaks.length > mostFreedoms) {
            return;
        }
        fitted = NONE_FITTED;
        fit.keep(0);
        fit.add(space.intercept);
        for (int place : breaks) {
            if (!fit.add(change(space, RegimeKind.LEVEL, space.intercept, -1, place))) {
                return;
            }
        }
        double[] beta = fit.coefficients();
        double prior = 0;
        double level = beta[0];
        for (int k = 1; k < beta.length; k++) {
            prior += beta[k] < 0 ? DOWNWARD : 0;
            prior += weak(level, level + beta[k], WEAK_FACTOR);
            level += beta[k];
        }
        shortlist.offer(
                new Hypothesis(
                        List.of(),
                        RegimeKind.LEVEL,
                        breaks,
                        true,
                        lonely(breaks),
                        fit.squares(),
                        beta.length,
                        0,
                        prior + BREAK * breaks.length,
                        0));
    }

    private void linear(int term, RegimeKind kind, int... breaks) {
        if (2 + 2 * breaks.length > mostFreedoms) {
            return;
        }
        double[] column = space.columns.get(term);
        if (fitted != term) {
            fit.keep(0);
            fitted = fit.add(space.intercept) && fit.add(column) ? term : NONE_FITTED;
        }
        if (fitted != term) {
            return;
        }
        fit.keep(2);
        for (int place : breaks) {
            if (!fit.add(change(space, kind, column, term, place))) {
                return;
            }
        }
        double[] beta = fit.coefficients();
        if (beta[1] <= 0) {
            return;
        }
        double prior = space.terms.get(term).cost();
        prior += beta[0] < 0 ? SmoothSearch.NEGATIVE_INTERCEPT : 0;
        double slope = beta[1];
        for (int k = 2; k < beta.length; k++) {
            prior += beta[k] < 0 ? DOWNWARD : 0;
            if (kind != RegimeKind.LEVEL) {
                prior += weak(slope, slope + beta[k], WEAK_SLOPE);
                slope += beta[k];
            }
            if (slope <= 0) {
                return;
            }
        }
        prior += kind == RegimeKind.LEVEL ? LEVEL_OF_GROWTH * breaks.length : 0;
        offer(term, kind, breaks, fit.squares(), beta.length, slope, prior);
    }

    /** Tries a cost that is flat up to a point and grows from there on. */
    private void onset(int term, int place) {
        if (space.terms.get(term).product().factors().getFirst().power().value() < 1) {
            return; // memory latencies look like growth slower than linear
        }
        double[] column = space.columns.get(term);
        fitted = NONE_FITTED;
        fit.keep(0);
        boolean fits =
                fit.add(space.intercept)
                        && fit.add(change(space, RegimeKind.ONSET, column, term, place));
        if (mostFreedoms < 4 || !fits) {
            return;
        }
        double[] beta = fit.coefficients();
        if (beta[0] > 0 && beta[1] > 0) {
            double prior = space.terms.get(term).cost();
            offer(term, RegimeKind.ONSET, new int[] {place}, fit.squares(), 2, beta[1], prior);
        }
    }

    private void factor(int term, int... breaks) {
        if (2 + 2 * breaks.length > mostFreedoms) {
            return;
        }
        if (!solver.solve(new double[][] {space.intercept, space.columns.get(term)}, breaks)) {
            return;
        }
        double squares = solver.fit.squares();
        double[] beta = solver.fit.coefficients();
        if (beta[1] <= 0 || !Double.isFinite(squares)) {
            return;
        }
        double prior = space.terms.get(term).cost();
        prior += beta[0] < 0 ? SmoothSearch.NEGATIVE_INTERCEPT : 0;
        double slope = beta[1];
        for (double factor : solver.factors) {
            slope *= factor;
            prior += factor < 1 ? DOWNWARD : 0;
            prior += weak(1, factor, WEAK_FACTOR);
        }
        offer(term, RegimeKind.FACTOR, breaks, squares, 2 + breaks.length, slope, prior);
    }

    private boolean lonely(int[] breaks) {
        return breaks[breaks.length - 1] == space.points - 2;
    }

    /** Penalty for a change that is too small for a level of the memory hierarchy. */
    private static double weak(double before, double after, double usual) {
        double ratio = before > 0 && after > 0 ? Math.max(after / before, before / after) : usual;
        return ratio < usual ? WEAK : 0;
    }

    private void offer(
            int term,
            RegimeKind kind,
            int[] breaks,
            double squares,
            int freedoms,
            double slope,
            double prior) {
        CandidateTerm candidate = space.terms.get(term);
        shortlist.offer(
                new Hypothesis(
                        List.of(candidate),
                        kind,
                        breaks,
                        candidate.within(),
                        lonely(breaks),
                        squares,
                        freedoms,
                        candidate.within() ? 0 : slope / space.costAtLargest(term),
                        prior + SmoothSearch.GROWTH + BREAK * breaks.length,
                        0));
    }

    /** The column that describes how a break changes the law. */
    static double[] change(
            SearchSpace space, RegimeKind kind, double[] column, int term, int place) {
        double[] change = new double[space.points];
        double knot = term < 0 ? 0 : column[place] / space.intercept[place];
        for (int i = place + 1; i < change.length; i++) {
            change[i] =
                    switch (kind) {
                        case LEVEL -> space.intercept[i];
                        case SLOPE, FACTOR, NONE -> column[i];
                        case BEND, ONSET -> column[i] - knot * space.intercept[i];
                        case SATURATION, MISSES, FILLING, SIGMOID, ROOT ->
                                throw new IllegalArgumentException(kind + " has no break");
                    };
        }
        return change;
    }
}
