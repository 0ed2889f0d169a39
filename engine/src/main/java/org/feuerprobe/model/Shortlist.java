package org.feuerprobe.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The best hypothesis for each combination of properties and number of fitted numbers. A hypothesis
 * with as many numbers and a larger chi-square can never win, whatever the scale of the noise.
 */
final class Shortlist {
    private record Key(
            boolean within,
            boolean smooth,
            boolean lonely,
            boolean dominant,
            long reached,
            int freedoms,
            int breaks,
            double prior) {}

    /** Scores that differ by less are equal except for rounding, so neither is ruled out. */
    private static final double ROUNDING = 1e-6;

    private final Map<Key, Hypothesis> best = new HashMap<>();

    private Optional<Score> score = Optional.empty();
    private long allReached;

    /** Best scores that a new hypothesis has to beat. */
    private double leastOfAll = Double.POSITIVE_INFINITY;

    private double leastWithin = Double.POSITIVE_INFINITY;
    private double leastLonelyWithin = Double.POSITIVE_INFINITY;
    private double leastReaching = Double.POSITIVE_INFINITY;
    private double leastDominant = Double.POSITIVE_INFINITY;

    /**
     * Fixes the score for the searches that follow.
     *
     * @param all a bit for each product of the bound
     */
    void limit(Score fixed, long all) {
        score = Optional.of(fixed);
        allReached = all;
        leastOfAll = Double.POSITIVE_INFINITY;
        leastWithin = Double.POSITIVE_INFINITY;
        leastLonelyWithin = Double.POSITIVE_INFINITY;
        leastReaching = Double.POSITIVE_INFINITY;
        leastDominant = Double.POSITIVE_INFINITY;
        best.values().forEach(hypothesis -> lower(fixed, hypothesis));
    }

    private void lower(Score fixed, Hypothesis hypothesis) {
        double found = fixed.of(hypothesis);
        leastOfAll = Math.min(leastOfAll, found);
        if (hypothesis.within() && hypothesis.lonely()) {
            leastLonelyWithin = Math.min(leastLonelyWithin, found);
        } else if (hypothesis.within()) {
            leastWithin = Math.min(leastWithin, found);
            if (hypothesis.reached() == allReached) {
                leastReaching = Math.min(leastReaching, found);
            }
        } else if (hypothesis.dominant() && !hypothesis.lonely()) {
            leastDominant = Math.min(leastDominant, found);
        }
    }

    /** The score above which no hypothesis with this term can be the best of any kind. */
    double limit(CandidateTerm term, boolean lonely) {
        if (!term.within()) {
            return lonely ? leastOfAll : leastDominant;
        }
        return lonely || term.reached() != allReached ? limit(lonely) : leastReaching;
    }

    /** The same limit for a hypothesis without terms. */
    double limit(boolean lonely) {
        return lonely ? leastLonelyWithin : leastWithin;
    }

    /**
     * The largest chi-square with which a hypothesis can still be the best of some kind. Negative
     * if none can; infinite if no score is fixed.
     *
     * @param limit the limit for its kind
     * @param freedoms number of fitted numbers, without the places of breaks
     * @param breaks number of its breaks
     * @param prior smallest penalty for its form
     */
    double mostSquares(double limit, int freedoms, int breaks, double prior) {
        return score.map(fixed -> fixed.squares(limit + ROUNDING, freedoms, breaks, prior))
                .orElse(Double.POSITIVE_INFINITY);
    }

    void offer(Hypothesis hypothesis) {
        Key key =
                new Key(
                        hypothesis.within(),
                        hypothesis.kind() == RegimeKind.NONE,
                        hypothesis.lonely(),
                        hypothesis.dominant(),
                        hypothesis.reached(),
                        hypothesis.freedoms(),
                        hypothesis.breaks().length,
                        hypothesis.prior());
        Hypothesis old = best.get(key);
        if (old == null || hypothesis.squares() < old.squares()) {
            best.put(key, hypothesis);
            score.ifPresent(fixed -> lower(fixed, hypothesis));
        }
    }

    Optional<Hypothesis> best(Score wantedScore, Predicate<Hypothesis> wanted) {
        Optional<Hypothesis> found = Optional.empty();
        double least = Double.POSITIVE_INFINITY;
        for (Hypothesis hypothesis : best.values()) {
            if (wanted.test(hypothesis)) {
                double scored = wantedScore.of(hypothesis);
                if (found.isEmpty() || Double.compare(scored, least) < 0) {
                    least = scored;
                    found = Optional.of(hypothesis);
                }
            }
        }
        return found;
    }
}
