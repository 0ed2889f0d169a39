package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;
import org.feuerprobe.archive.ResultsFolder;
import org.feuerprobe.page.ReportPage;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.results.CampaignWriter;

/** The results folder of a command line's campaign: opened first, written last. */
final class CampaignFolder {
    private CampaignFolder() {}

    /** Opens the folder before anything is measured: what cannot be kept need not be measured. */
    static ResultsFolder begin(Path folder) throws CommandException {
        try {
            return ResultsFolder.begin(folder);
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.USAGE,
                    "--out: %s: name a new folder, or %s"
                            .formatted(
                                    e.getMessage(),
                                    e instanceof FileAlreadyExistsException
                                            ? "remove it"
                                            : "one where you may write"));
        }
    }

    /** Writes all files and gives the folder its name. */
    static Path write(
            ResultsFolder results,
            Path folder,
            CampaignReport report,
            Optional<InterleavedRun> interleaved)
            throws CommandException {
        try {
            CampaignWriter.write(results, report, ReportPage::html);
            if (interleaved.isPresent()) {
                interleaved.get().write(results);
            }
            return results.commit();
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.TARGET,
                    "cannot write the results to %s: %s: free some space or choose another --out"
                            .formatted(folder, e.getMessage()));
        }
    }
}
