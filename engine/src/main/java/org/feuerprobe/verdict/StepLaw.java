package org.feuerprobe.verdict;

import java.util.Locale;
import java.util.Optional;
import org.feuerprobe.sample.Resolution;

/**
 * Law of the readings of a dithered clock. A time of {@code t} ticks is read as {@code floor(t/q)}
 * steps of {@code q} ticks, or as one step more with the probability of the remainder
 * (non-subtractive dither: Wannamaker, Lipshitz, Vanderkooy and Wright 2000). For calls beyond a
 * limit, at least a known share is therefore read as a certain number of steps; for calls within
 * it, at most a known share. The step is known to one tick, and its worst case is used.
 *
 * @param ticks smallest reading that counts as that number of steps
 * @param share smallest share for calls beyond the limit, or largest share for calls within it
 */
record StepLaw(double ticks, double share) {
    /** Smallest share that is used. A smaller one depends too much on the length of a step. */
    private static final double LEAST_SHARE = 0.1;

    /**
     * Smallest expected number of such readings if the claim is broken. With fewer, their absence
     * would show nothing.
     */
    private static final double FEWEST = 6;

    private static final double UNCERTAIN = 1;

    /**
     * The law for calls that take {@code limit} ticks or more. Empty if the clock shows only that a
     * reading is wrong by up to a step.
     *
     * @param expected number of calls beyond the limit if the claim were just broken
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

    /** The law for calls that take {@code limit} ticks or less, including the overhead. */
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

    /**
     * Text after a number of values: "of 78 ticks or more (as at least 61 % of those beyond 100
     * cycles)".
     */
    String text(String bound, String which) {
        return String.format(
                Locale.ROOT,
                "of %.0f ticks or more (as %s %.0f %% of those %s)",
                ticks,
                bound,
                100 * share,
                which);
    }

    /**
     * Whether readings of this number of steps differ from those of one less, for every possible
     * step.
     */
    private static boolean told(Resolution clock, double steps) {
        return clock.dithered()
                && steps * (clock.quantum() - UNCERTAIN) - UNCERTAIN
                        > (steps - 1) * (clock.quantum() + UNCERTAIN) + UNCERTAIN;
    }
}
