package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.feuerprobe.archive.Acceptance;
import org.feuerprobe.archive.Archive;
import org.feuerprobe.archive.ArchiveException;
import org.feuerprobe.archive.ArchivedRun;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.sample.Numbers;

/**
 * What an archive contains, as text and as fields.
 *
 * @param runs the campaigns, oldest first
 * @param unfinished names of campaigns that are not complete
 * @param accepted changes that somebody accepted
 */
public record ArchiveListing(
        String location,
        List<ArchivedRun> runs,
        List<String> unfinished,
        List<Acceptance> accepted) {
    public ArchiveListing {
        runs = List.copyOf(runs);
        unfinished = List.copyOf(unfinished);
        accepted = List.copyOf(accepted);
    }

    public static ArchiveListing of(Archive archive) throws ArchiveException {
        return new ArchiveListing(
                archive.location(), archive.runs(), archive.unfinished(), archive.acceptances());
    }

    /** A table of the campaigns. */
    public String text() {
        if (runs.isEmpty()) {
            return "no campaigns\n";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("CAMPAIGN", "BEGAN", "SUBJECT", "TARGET", "VARIANT", "POINTS"));
        for (ArchivedRun run : runs) {
            rows.add(
                    List.of(
                            ForeignText.middle(ForeignText.of(run.id()), 30),
                            ForeignText.middle(ForeignText.of(run.began()), 20),
                            ForeignText.middle(ForeignText.of(run.subject()), 16),
                            ForeignText.middle(ForeignText.of(run.target()), 12),
                            ForeignText.middle(ForeignText.of(run.variant()), 20),
                            String.format(Locale.ROOT, "%,d", run.points())));
        }
        return TextTable.of(rows);
    }

    /** Lines about what the table does not show. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (Acceptance one : accepted) {
            notes.add(
                    "accepted with %s: %s: %s"
                            .formatted(
                                    ForeignText.of(one.began()),
                                    Numbers.counted(one.points().size(), "point"),
                                    ForeignText.prose(one.why())));
        }
        for (String name : unfinished) {
            notes.add(
                    "unfinished: %s: still being written, or left over and safe to delete"
                            .formatted(name));
        }
        return notes;
    }

    /** Fields for {@code archive list --json}. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("archive", location);
        document.put("runs", runs);
        document.put("unfinished", unfinished);
        document.put("accepted", accepted);
        return document;
    }
}
