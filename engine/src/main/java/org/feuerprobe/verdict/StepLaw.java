package org.feuerprobe.verdict;

import java.util.Locale;
import java.util.Optional;
import org.feuerprobe.sample.Resolution;

/**
 * What the steps of a dithered clock tell of a time. What takes {@code t} ticks is read as {@code
 * floor(t/q)} steps of {@code q} ticks, or as one more with the chance of the remainder. So of
 * calls beyond a limit at least a known share is read as so many steps, and of those within it at
 * most one (non-subtractive dither: Wannamaker, Lipshitz, Vanderkooy and Wright 2000). The step is
 * known to one tick either way, and both are taken as they are worst.
 *
 * @param ticks readings of that and more have so many steps
 * @param share of calls beyond the limit, at least; or of those within it, at most
 */
record StepLaw(double ticks, double share) {
    /** A smaller share hangs too much on the length of a step. */
    private static final double LEAST_SHARE = 0.1;

    /** With fewer values to be expected of a broken claim, their absence would say nothing. */
    private static final double FEWEST = 6;

    private static final double UNCERTAIN = 1;

    /**
     * Of calls that take {@code limit} ticks and more; empty where the clock does not tell more
     * than that a reading is off by a step.
     *
     * @param expected calls beyond the limit, were the claim just broken
     */
    static Optional<StepLaw> beyond(double limit, Resolution clock, double expected) {
        double shortest = clock.quantum() - UNCERTAIN;
        double longest = clock.quantum() + UNCERTAIN;
        double steps = Math.floor(limit / longest) + 1;
        double share = limit / longest - (steps - 1);
        return told(clock, steps) && share >= LEAST_SHARE && expected * share >= FEWEST
                ? Optional.of(new StepLaw(steps * shortest - UNCERTAIN, share))
                : Optional.empty();
    }

    /** Of calls that take {@code limit} ticks and less, overhead included. */
    static Optional<StepLaw> within(double limit, Resolution clock) {
        double shortest = clock.quantum() - UNCERTAIN;
        double longest = clock.quantum() + UNCERTAIN;
        double remainder = limit / shortest - Math.floor(limit / shortest);
        double share = remainder <= 0.5 ? remainder : 0; // else none is read as one step more
        double steps = Math.floor(limit / shortest) + (remainder <= 0.5 ? 1 : 2);
        return told(clock, steps)
                ? Optional.of(new StepLaw((steps - 1) * longest + 2 * UNCERTAIN, share))
                : Optional.empty();
    }

    /** Of so many values: "of 78 ticks or more (as at least 61 % of those beyond 100 cycles)". */
    String text(String bound, String which) {
        return String.format(
                Locale.ROOT,
                "of %.0f ticks or more (as %s %.0f %% of those %s)",
                ticks,
                bound,
                100 * share,
                which);
    }

    /** Do so many steps differ from one less, whatever the exact step is? */
    private static boolean told(Resolution clock, double steps) {
        return clock.dithered()
                && steps * (clock.quantum() - UNCERTAIN) - UNCERTAIN
                        > (steps - 1) * (clock.quantum() + UNCERTAIN) + UNCERTAIN;
    }
}
