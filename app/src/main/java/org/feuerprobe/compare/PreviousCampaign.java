package org.feuerprobe.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.results.ChangesSince;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredManifest;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.results.StoredResults;
import org.feuerprobe.results.StoredResults.UnreadableResultsException;
import org.feuerprobe.results.StoredVerdict;

/**
 * Finder of the campaign before a given one. That is the most recent earlier results folder next to
 * its own with the same bounds file, target and metric. Folders that cannot be read are skipped:
 * they are broken or belong to something else, and no verdict depends on them.
 *
 * <p>Cost: at most {@value #MOST_READ} manifests are read.
 */
public final class PreviousCampaign {
    private static final int MOST_READ = 32;

    private PreviousCampaign() {}

    /** What changed since the previous campaign. The {@code folder} need not exist yet. */
    public static Optional<ChangesSince> changes(Path folder, LabelledCampaign now) {
        Path own = folder.toAbsolutePath().normalize();
        Path parent = own.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return Optional.empty();
        }
        for (Path candidate : newestFirst(parent, own)) {
            Optional<LabelledCampaign> before = readable(candidate);
            if (before.isPresent()
                    && sameQuestion(before.get().campaign(), now.campaign())
                    && before.get()
                                    .campaign()
                                    .provenance()
                                    .began()
                                    .compareTo(now.campaign().provenance().began())
                            < 0) {
                return Optional.of(between(before.get(), now));
            }
        }
        return Optional.empty();
    }

    /** The differences in the form that the manifest stores and the reports show. */
    static ChangesSince between(LabelledCampaign before, LabelledCampaign now) {
        Comparison comparison = Comparer.decisions(before, now);
        Set<String> earlier =
                before.campaign().verdicts().stream()
                        .map(StoredVerdict::bound)
                        .collect(Collectors.toSet());
        List<String> added =
                now.campaign().verdicts().stream()
                        .map(StoredVerdict::bound)
                        .filter(bound -> !earlier.contains(bound))
                        .toList();
        return new ChangesSince(
                ForeignText.of(before.label()),
                before.campaign().provenance().began(),
                conditions(comparison),
                comparison.verdicts().stream().map(PreviousCampaign::verdict).toList(),
                comparison.models().stream()
                        .map(m -> new ChangesSince.Model(m.benchmark(), m.was(), m.is()))
                        .toList(),
                now.campaign().verdicts().size()
                        - added.size()
                        - comparison.verdicts().size()
                        - comparison.otherClaims().size(),
                added);
    }

    private static List<String> conditions(Comparison comparison) {
        List<String> conditions = new ArrayList<>();
        if (!comparison.base().manifest().image().equals(comparison.now().manifest().image())) {
            conditions.add("another kernel image");
        }
        conditions.addAll(comparison.differences());
        conditions.addAll(comparison.notes());
        return conditions;
    }

    private static ChangesSince.Verdict verdict(VerdictChange change) {
        return new ChangesSince.Verdict(
                change.bound(),
                change.claim(),
                change.before(),
                change.after(),
                text(change.base()),
                text(change.now()));
    }

    private static String text(StoredVerdict verdict) {
        return verdict.model().map(StoredModel::text).orElse(verdict.growth());
    }

    private static Optional<LabelledCampaign> readable(Path folder) {
        try {
            return Optional.of(
                    new LabelledCampaign(
                            String.valueOf(folder.getFileName()),
                            StoredManifest.read(folder),
                            StoredResults.decisions(folder)));
        } catch (UnreadableResultsException e) {
            return Optional.empty();
        }
    }

    private static List<Path> newestFirst(Path parent, Path own) {
        try (Stream<Path> siblings = Files.list(parent)) {
            return siblings.filter(sibling -> !sibling.equals(own))
                    .map(sibling -> sibling.resolve("manifest.json"))
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(PreviousCampaign::modified).reversed())
                    .limit(MOST_READ)
                    .map(manifest -> manifest.resolveSibling("").normalize())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static boolean sameQuestion(StoredCampaign a, StoredCampaign b) {
        return a.provenance().subject().equals(b.provenance().subject())
                && lastName(a.provenance().boundsFile())
                        .equals(lastName(b.provenance().boundsFile()))
                && fact(a, "target").equals(fact(b, "target"))
                && fact(a, "metric").equals(fact(b, "metric"))
                && a.verdicts().stream()
                        .anyMatch(v ->
                                b.verdicts().stream().anyMatch(w -> w.bound().equals(v.bound())));
    }

    private static String fact(StoredCampaign campaign, String key) {
        return campaign.facts().getOrDefault(key, "");
    }

    /** The file's own name, because the same file may be given by another path. */
    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
