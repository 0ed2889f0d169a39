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

    /** A hypothesis, with the last score by which it was compared. */
    private static final class Entry {
        private final Hypothesis hypothesis;
        private Optional<Score> by = Optional.empty();
        private double scored;

        Entry(Hypothesis hypothesis) {
            this.hypothesis = hypothesis;
        }

        double score(Score wanted) {
            if (by.isEmpty() || !by.get().equals(wanted)) {
                by = Optional.of(wanted);
                scored = wanted.of(hypothesis);
            }
            return scored;
        }
    }

    /** Scores that differ by less are equal except for rounding, so neither is ruled out. */
    private static final double ROUNDING = 1e-6;

    private final Map<Key, Entry> best = new HashMap<>();

    private Optional<Score> score = Optional.empty();
    private long allReached;

    /** Best scores that a new hypothesis has to beat. */
    private double leastOfAll = Double.POSITIVE_INFINITY;

    private double leastWithin = Double.POSITIVE_INFINITY;
    private double leastLonelyWithin = Double.POSITIVE_INFINITY;
    private double leastReaching = Double.POSITIVE_INFINITY;
    private double leastBeyond = Double.POSITIVE_INFINITY;
    private double leastDominant = Double.POSITIVE_INFINITY;
    private boolean dominants;

    /**
     * Fixes the score for the searches that follow.
     *
     * @param all a bit for each product of the bound
     * @param wanted whether the best hypothesis is wanted in which the faster part makes up much of
     *     the cost
     */
    void limit(Score fixed, long all, boolean wanted) {
        score = Optional.of(fixed);
        allReached = all;
        dominants = wanted;
        leastOfAll = Double.POSITIVE_INFINITY;
        leastWithin = Double.POSITIVE_INFINITY;
        leastLonelyWithin = Double.POSITIVE_INFINITY;
        leastReaching = Double.POSITIVE_INFINITY;
        leastBeyond = Double.POSITIVE_INFINITY;
        leastDominant = Double.POSITIVE_INFINITY;
        best.values().forEach(entry -> lower(entry.hypothesis, entry.score(fixed)));
    }

    private void lower(Hypothesis hypothesis, double found) {
        leastOfAll = Math.min(leastOfAll, found);
        if (hypothesis.within() && hypothesis.lonely()) {
            leastLonelyWithin = Math.min(leastLonelyWithin, found);
        } else if (hypothesis.within()) {
            leastWithin = Math.min(leastWithin, found);
            if (hypothesis.reached() == allReached) {
                leastReaching = Math.min(leastReaching, found);
            }
        } else if (!hypothesis.lonely()) {
            leastBeyond = Math.min(leastBeyond, found);
            if (hypothesis.dominant()) {
                leastDominant = Math.min(leastDominant, found);
            }
        }
    }

    /** The score above which no hypothesis with this term can be the best of any kind. */
    double limit(CandidateTerm term, boolean lonely) {
        if (!term.within()) {
            return lonely ? leastOfAll : dominants ? leastDominant : leastBeyond;
        }
        return lonely || term.reached() != allReached ? limit(lonely) : leastReaching;
    }

    /** The same limit for a hypothesis that grows, but not much, beyond the bound. */
    double limitOfSmall() {
        return leastBeyond;
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
        Entry old = best.get(key);
        if (old == null || hypothesis.squares() < old.hypothesis.squares()) {
            Entry entry = new Entry(hypothesis);
            best.put(key, entry);
            score.ifPresent(fixed -> lower(hypothesis, entry.score(fixed)));
        }
    }

    Optional<Hypothesis> best(Score wantedScore, Predicate<Hypothesis> wanted) {
        Optional<Hypothesis> found = Optional.empty();
        double least = Double.POSITIVE_INFINITY;
        for (Entry entry : best.values()) {
            if (wanted.test(entry.hypothesis)) {
                double scored = entry.score(wantedScore);
                if (found.isEmpty() || Double.compare(scored, least) < 0) {
                    least = scored;
                    found = Optional.of(entry.hypothesis);
                }
            }
        }
        return found;
    }
}
