package org.feuerprobe.outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.feuerprobe.archive.ResultsFolder;
import org.feuerprobe.compare.ChangeDocument;
import org.feuerprobe.compare.ChangeTable;
import org.feuerprobe.compare.Comparer;
import org.feuerprobe.compare.Comparison;
import org.feuerprobe.compare.LabelledCampaign;
import org.feuerprobe.flame.DifferenceDocument;
import org.feuerprobe.flame.DifferenceTable;
import org.feuerprobe.gate.ExplainedChange;
import org.feuerprobe.harness.AgainstKernel;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.MeasurementListener;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.Validation;
import org.feuerprobe.page.ReportPage;
import org.feuerprobe.profile.ProfileDifference;
import org.feuerprobe.report.Paragraph;
import org.feuerprobe.results.CampaignWriter;
import org.feuerprobe.results.KeptCampaign;

/**
 * Two kernels that were measured alternately, and their differences.
 *
 * @param folder where the results were written
 */
public record KernelComparison(
        KeptCampaign base,
        KeptCampaign now,
        Comparison comparison,
        List<ProfileDifference> explanations,
        Path folder) {
    private static final int WIDTH = 100;

    /** Relative change of a timed cost that matters; counts are exact. */
    private static final double LEAST = 0.01;

    /** Measures both kernels, and writes the results to the folder. */
    public static KernelComparison measure(
            Validation validation,
            TargetChoice target,
            String against,
            Path folder,
            MeasurementListener listener)
            throws LabException, InterruptedException {
        try (ResultsFolder results = CampaignFolder.begin(folder);
                AgainstKernel other = AgainstKernel.open(against, target)) {
            AgainstKernel.Reports both = validation.runAgainst(other, listener);
            KeptCampaign base = KeptCampaign.of(both.base());
            KeptCampaign now = KeptCampaign.of(both.now());
            Comparison comparison =
                    new Comparer(LEAST).compare(side(both.label(), base), side("this kernel", now));
            List<ProfileDifference> explanations =
                    ExplainedChange.of(target, other, both.now().image(), comparison, listener);
            Path written =
                    CampaignFolder.write(
                            results,
                            folder,
                            now,
                            whole -> writeBase(whole, base, comparison, explanations));
            base.stored()
                    .rejected()
                    .forEach(r -> listener.note("no samples of " + both.label() + ": " + r));
            now.stored().rejected().forEach(r -> listener.note("no samples: " + r));
            return new KernelComparison(base, now, comparison, explanations, written);
        }
    }

    private static LabelledCampaign side(String label, KeptCampaign campaign) {
        return new LabelledCampaign(label, campaign.manifest(), campaign.stored());
    }

    /** Writes the other kernel's results into a subfolder, and the comparison. */
    private static void writeBase(
            ResultsFolder results,
            KeptCampaign base,
            Comparison comparison,
            List<ProfileDifference> explanations)
            throws IOException {
        CampaignWriter.write(results, "base/", base, ReportPage::html);
        results.sealInner("base/");
        CampaignWriter.text(results, "comparison.json", document(comparison, explanations));
    }

    private static String document(Comparison comparison, List<ProfileDifference> explanations) {
        return ChangeDocument.of(comparison, DifferenceDocument.explanations(explanations));
    }

    /** The comparison as a document, or as a table for a terminal. */
    public String text(boolean json) {
        return json
                ? document(comparison, explanations) + "\n"
                : new ChangeTable(false).of(comparison) + where();
    }

    /** Which functions gained or lost the instructions, a paragraph for each benchmark. */
    private String where() {
        return explanations.isEmpty()
                ? ""
                : explanations.stream()
                        .map(DifferenceTable::sentence)
                        .map(sentence -> Paragraph.of(sentence, "    ", WIDTH))
                        .collect(
                                Collectors.joining(
                                        "",
                                        "\nWhere the instructions changed, by function:\n",
                                        ""));
    }
}
