package org.feuerprobe.results;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.feuerprobe.archive.BlockFileWriter;
import org.feuerprobe.archive.ResultsFolder;
import org.feuerprobe.sample.Measurement;

/**
 * Writer of a campaign into a results folder: documents, values, counts, limits and the page.
 * {@link StoredResults} reads them. Format: {@code docs/results.md}.
 */
public final class CampaignWriter {
    private CampaignWriter() {}

    /**
     * Writes all files, and the page that {@code page} makes of them. The folder is not committed
     * yet.
     */
    public static void write(
            ResultsFolder results, KeptCampaign campaign, Function<StoredCampaign, String> page)
            throws IOException {
        write(results, "", campaign, page);
    }

    /** Writes all files into a subfolder. {@code prefix} is empty or ends with a slash. */
    public static void write(
            ResultsFolder results,
            String prefix,
            KeptCampaign campaign,
            Function<StoredCampaign, String> page)
            throws IOException {
        CampaignReport report = campaign.report();
        text(results, prefix + "manifest.json", Documents.manifest(report));
        text(results, prefix + "verdicts.json", campaign.verdicts());
        text(results, prefix + "limits.json", LimitsDocument.of(report));
        List<Measurement> all = report.result().all();
        try (OutputStream out = results.file(prefix + Documents.SAMPLES)) {
            BlockFileWriter.samples(all, out);
        }
        try (OutputStream out = results.file(prefix + Documents.COUNTS)) {
            BlockFileWriter.counts(all, out);
        }
        try (OutputStream out = results.derived(prefix + "report.html")) {
            line(out, page.apply(campaign.stored()));
        }
    }

    /** Writes one document, with its checksum in the seal. */
    public static void text(ResultsFolder results, String name, String text) throws IOException {
        try (OutputStream out = results.file(name)) {
            line(out, text);
        }
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }
}
