package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.report.CampaignScreen;
import org.feuerprobe.report.CampaignText;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.terminal.Console;
import org.jspecify.annotations.Nullable;

/**
 * Printer of a campaign as text. {@code validate} and {@code report --format text} both print the
 * stored form with it, so their output is the same.
 */
final class CampaignOutput {
    private final Console console;

    CampaignOutput(Console console) {
        this.console = console;
    }

    /** Prints one screen, or every bound and reason, and then the notes. */
    void print(StoredCampaign campaign, boolean all) {
        console.result(text(campaign, all, console.colour(), console.columns()));
        notes(campaign);
    }

    /** Prints to a file as to a pipe, or to standard output if there is no file. */
    void print(StoredCampaign campaign, boolean all, @Nullable Path file) throws LabException {
        if (file == null || file.toString().equals("-")) {
            print(campaign, all);
        } else {
            Output.write(console, file, text(campaign, all, false, 0));
        }
    }

    private static String text(StoredCampaign campaign, boolean all, boolean colour, int columns) {
        return all
                ? new CampaignText(colour, columns).everything(campaign)
                : new CampaignScreen(colour, columns).of(campaign);
    }

    /**
     * Prints notes on standard error: which plan entries gave no samples, and whether counts
     * repeat.
     */
    void notes(StoredCampaign campaign) {
        campaign.rejected().forEach(rejected -> console.note("no samples: " + rejected));
        String repetition = campaign.repetition();
        if (!repetition.isEmpty()) {
            console.note(
                    repetition.substring(0, 1).toLowerCase(Locale.ROOT)
                            + repetition.substring(1).replaceFirst("\\.$", ""));
        }
    }
}
