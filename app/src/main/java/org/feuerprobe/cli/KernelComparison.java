package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.feuerprobe.archive.ResultsFolder;
import org.feuerprobe.compare.ChangeDocument;
import org.feuerprobe.compare.ChangeTable;
import org.feuerprobe.compare.Comparer;
import org.feuerprobe.compare.Comparison;
import org.feuerprobe.compare.LabelledCampaign;
import org.feuerprobe.harness.AgainstKernel;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.MeasurementListener;
import org.feuerprobe.harness.Places;
import org.feuerprobe.harness.Validation;
import org.feuerprobe.page.ReportPage;
import org.feuerprobe.results.CampaignWriter;
import org.feuerprobe.results.KeptCampaign;

/**
 * Two kernels that were measured alternately, and their differences.
 *
 * @param folder where the results were written
 */
record KernelComparison(KeptCampaign now, Comparison comparison, Path folder) {
    /** Relative change of a timed cost that matters; counts are exact. */
    private static final double LEAST = 0.01;

    /** Measures both kernels, and writes the results to the folder. */
    static KernelComparison measure(
            Validation validation, String against, Path folder, MeasurementListener listener)
            throws LabException, InterruptedException {
        try (ResultsFolder results = CampaignFolder.begin(folder)) {
            AgainstKernel.Reports both = validation.runAgainst(against, listener);
            KeptCampaign base = KeptCampaign.of(both.base());
            KeptCampaign now = KeptCampaign.of(both.now());
            Comparison comparison =
                    new Comparer(LEAST).compare(side(both.label(), base), side("this kernel", now));
            Path written =
                    CampaignFolder.write(
                            results, folder, now, whole -> writeBase(whole, base, comparison));
            return new KernelComparison(now, comparison, written);
        }
    }

    private static LabelledCampaign side(String label, KeptCampaign campaign) {
        return new LabelledCampaign(label, campaign.manifest(), campaign.stored());
    }

    /** Writes the other kernel's results into a subfolder, and the comparison. */
    private static void writeBase(ResultsFolder results, KeptCampaign base, Comparison comparison)
            throws IOException {
        CampaignWriter.write(results, "base/", base, ReportPage::html);
        results.sealInner("base/");
        CampaignWriter.text(results, "comparison.json", ChangeDocument.of(comparison));
    }

    void print(Console console, boolean json) {
        console.result(
                json
                        ? ChangeDocument.of(comparison) + "\n"
                        : new ChangeTable(false).of(comparison));
        console.note("report: " + Places.shown(folder.resolve("report.html")));
    }

    /** The exit status; with {@code strict}, bounds without a verdict are a failure. */
    int status(boolean strict) {
        return comparison.regression()
                ? ExitStatus.VIOLATED
                : ExitStatus.of(now.report().result(), now.report().verdicts(), strict);
    }
}
