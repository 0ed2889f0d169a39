package org.feuerprobe.outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.archive.Archive;
import org.feuerprobe.archive.ArchiveException;
import org.feuerprobe.archive.ResultsFolder;
import org.feuerprobe.archive.Seal;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.results.KeptCampaign;
import org.feuerprobe.shard.PartsMerge;
import org.feuerprobe.shard.PartsMerge.Joined;

/** Campaigns joined from parts, added to an archive. */
public final class MergedParts {
    private final List<Joined> joined;
    private final List<Object> fields = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean complete = true;

    private MergedParts(List<Joined> joined) {
        this.joined = joined;
    }

    public static MergedParts of(PartsMerge.Opener opener, List<Path> places)
            throws LabException, InterruptedException {
        return new MergedParts(new PartsMerge(opener).join(places));
    }

    /** Adds the complete campaigns; returns how many are new. */
    public int addTo(Archive archive) throws ArchiveException, LabException {
        int added = 0;
        for (Joined one : joined) {
            Map<String, Object> about = new LinkedHashMap<>(one.fields());
            one.lines().forEach(line -> text.append(line).append('\n'));
            if (one.report().isPresent()) {
                boolean isNew = !archive.all().contains(one.name());
                if (isNew) {
                    add(archive, one.name(), one.report().get());
                    added++;
                }
                String hash = hash(archive.folder(one.name()));
                about.put("id", one.name());
                about.put("hash", hash);
                text.append(isNew ? "added " : "there already: ").append(one.name()).append('\n');
                text.append("hash of counts and verdicts: ").append(hash).append('\n');
            } else {
                complete = false;
                text.append("not added: boots are missing or disputed\n");
            }
            fields.add(about);
        }
        return added;
    }

    private static void add(Archive archive, String name, CampaignReport report)
            throws ArchiveException, LabException {
        Path temporary = null;
        try {
            temporary = Files.createTempDirectory("feuerprobe-merge-");
            Path folder = temporary.resolve(name);
            try (ResultsFolder results = CampaignFolder.begin(folder)) {
                archive.add(CampaignFolder.write(results, folder, KeptCampaign.of(report)));
            }
        } catch (IOException e) {
            throw LabException.targetFailed("cannot write the results: " + e.getMessage());
        } finally {
            if (temporary != null) {
                ResultsFolder.deleteAll(temporary);
            }
        }
    }

    private static String hash(Path folder) throws LabException {
        try {
            return Seal.read(folder).hashOfCounts();
        } catch (IOException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    public String text() {
        return text.toString();
    }

    public List<Object> fields() {
        return fields;
    }

    /** Whether every campaign has all its boots. */
    public boolean complete() {
        return complete;
    }
}
