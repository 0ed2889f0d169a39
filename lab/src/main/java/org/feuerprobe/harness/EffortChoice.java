package org.feuerprobe.harness;

import java.time.Duration;
import org.feuerprobe.plan.Effort;

/**
 * How much is measured.
 *
 * @param quick whether an answer is wanted at once
 * @param samplesNamed whether the number of samples was asked for
 * @param seed of every pseudo-random choice
 * @param parallel boots at the same time
 */
public record EffortChoice(
        Effort effort, boolean quick, boolean samplesNamed, long seed, int parallel) {
    /** Time for undecided bounds: what people wait for while they do something else. */
    private static final Duration BUDGET = Duration.ofMinutes(2);

    /** Time within which {@code --quick} must answer. */
    private static final Duration QUICK_BUDGET = Duration.ofSeconds(20);

    /** An answer at once, with all defaults. */
    public static EffortChoice quickest() {
        return new EffortChoice(
                Effort.QUICK, true, false, 1, Runtime.getRuntime().availableProcessors());
    }

    /** The word for the manifest. */
    public String word() {
        return quick ? "quick" : "full";
    }

    /** How long undecided bounds get further points and boots, unless another budget is named. */
    public Duration budget() {
        return quick ? QUICK_BUDGET : BUDGET;
    }
}
