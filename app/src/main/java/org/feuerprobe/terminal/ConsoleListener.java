package org.feuerprobe.terminal;

import java.util.Optional;
import org.feuerprobe.campaign.AdaptiveCampaign;
import org.feuerprobe.harness.MeasurementListener;
import org.feuerprobe.sample.Numbers;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a measurement on the terminal. */
public final class ConsoleListener implements MeasurementListener {
    private final Console console;
    private final boolean quiet;
    private AdaptiveCampaign.@Nullable Outcome outcome;

    public ConsoleListener(Console console) {
        this(console, false);
    }

    /** With {@code quiet}, prints no notes. */
    public ConsoleListener(Console console, boolean quiet) {
        this.console = console;
        this.quiet = quiet;
    }

    @Override
    public void note(String text) {
        if (!quiet) {
            console.note(text);
        }
    }

    @Override
    public Progress begin(int bounds, int samples) {
        return new ProgressLine(console, bounds, samples);
    }

    @Override
    public void judged(AdaptiveCampaign.Outcome judged) {
        outcome = judged;
    }

    /** How many rounds were measured and why they ended; empty if one round decided everything. */
    public Optional<String> rounds() {
        if (outcome == null || (outcome.rounds() == 1 && outcome.stopped().isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(
                "%s%s"
                        .formatted(
                                Numbers.counted(outcome.rounds(), "round"),
                                outcome.stopped().isEmpty()
                                        ? ", all decided"
                                        : ", not all decided: " + outcome.stopped()));
    }
}
