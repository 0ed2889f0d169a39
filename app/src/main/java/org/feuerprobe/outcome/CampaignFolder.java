package org.feuerprobe.outcome;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.feuerprobe.archive.ResultsFolder;
import org.feuerprobe.harness.Invocation;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.page.ReportPage;
import org.feuerprobe.results.CampaignWriter;
import org.feuerprobe.results.KeptCampaign;

/** The results folder of a campaign. It is created before measuring and written afterwards. */
public final class CampaignFolder {
    private CampaignFolder() {}

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    /** Writes further files into a folder. */
    @FunctionalInterface
    interface Addition {
        void write(ResultsFolder results) throws IOException;
    }

    /** The folder for a campaign within {@code results} if {@code --out} names none. */
    public static Path usual(Path results, Invocation invocation) {
        return results.resolve(NAME.format(invocation.began()));
    }

    /**
     * Creates the folder before anything is measured, because results that cannot be stored are
     * useless.
     */
    public static ResultsFolder begin(Path folder) throws LabException {
        try {
            return ResultsFolder.begin(folder);
        } catch (IOException e) {
            throw LabException.wrongUse(
                    "--out: %s: name a new folder, or %s"
                            .formatted(
                                    e.getMessage(),
                                    e instanceof FileAlreadyExistsException
                                            ? "remove it"
                                            : "one where you may write"));
        }
    }

    /** Writes all files, and gives the folder its final name. */
    public static Path write(ResultsFolder results, Path folder, KeptCampaign campaign)
            throws LabException {
        return write(results, folder, campaign, _ -> {});
    }

    /** Writes all files and the additional ones, and gives the folder its final name. */
    static Path write(ResultsFolder results, Path folder, KeptCampaign campaign, Addition addition)
            throws LabException {
        try {
            CampaignWriter.write(results, campaign, ReportPage::html);
            addition.write(results);
            return results.commit();
        } catch (IOException e) {
            throw LabException.targetFailed(
                    "cannot write the results to %s: %s: free some space or choose another --out"
                            .formatted(folder, e.getMessage()));
        }
    }
}
