package org.feuerprobe.results;

import java.nio.file.Path;
import java.util.Optional;
import org.feuerprobe.json.Json;
import org.feuerprobe.json.MalformedJsonException;
import org.feuerprobe.results.StoredResults.UnreadableResultsException;

/**
 * A measured campaign in the form in which its results folder keeps it. The terminal, the page and
 * comparisons all read this form, so a later report of the folder shows the same. The documents are
 * written and parsed once.
 *
 * @param report the campaign as it was measured
 * @param verdicts the text of {@code verdicts.json}
 * @param stored the campaign as reading the folder gives it
 * @param manifest the manifest as reading the folder gives it
 */
public record KeptCampaign(
        CampaignReport report, String verdicts, StoredCampaign stored, StoredManifest manifest) {
    /** Makes the stored form of a campaign. */
    public static KeptCampaign of(CampaignReport report) {
        String verdicts = Documents.verdicts(report);
        try {
            Json manifest = Json.parse(Documents.manifest(report));
            return new KeptCampaign(
                    report,
                    verdicts,
                    StoredReader.campaign(
                            Path.of(""),
                            manifest,
                            Json.parse(verdicts),
                            report.result().all().stream().map(StoredResults::named).toList()),
                    StoredManifest.of(manifest));
        } catch (UnreadableResultsException | MalformedJsonException e) {
            throw new IllegalStateException("our own documents cannot be read back", e);
        }
    }

    /** The same campaign with the changes since an earlier one. */
    public KeptCampaign since(Optional<ChangesSince> changes) {
        return new KeptCampaign(
                report.with(report.context().since(changes)),
                verdicts,
                stored.with(stored.context().since(changes)),
                manifest);
    }
}
