package org.feuerprobe.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The best hypothesis of every kind of parsimony: whatever the score's noise turns out to be, a
 * hypothesis with as many numbers and a larger chi-square can never win.
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

    private final Map<Key, Hypothesis> best = new HashMap<>();

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
        }
    }

    Optional<Hypothesis> best(Score score, Predicate<Hypothesis> wanted) {
        return best.values().stream().filter(wanted).min(Comparator.comparingDouble(score::of));
    }
}
