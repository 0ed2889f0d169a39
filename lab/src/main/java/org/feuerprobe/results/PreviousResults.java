package org.feuerprobe.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.feuerprobe.results.StoredResults.UnreadableResultsException;

/**
 * Which campaign came before this one? The most recent earlier results folder beside its own, about
 * the same bounds file, target and metric. Folders that cannot be read are passed over: they are
 * somebody else's, or broken, and nothing depends on them.
 *
 * <p>Cost: at most {@value #MOST_READ} manifests are read.
 */
public final class PreviousResults {
    private static final int MOST_READ = 32;

    private PreviousResults() {}

    /** What changed since then; {@code folder} need not exist yet. */
    public static Optional<Changes> changes(Path folder, StoredCampaign now) {
        Path own = folder.toAbsolutePath().normalize();
        Path parent = own.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return Optional.empty();
        }
        for (Path candidate : newestFirst(parent, own)) {
            Optional<StoredCampaign> before = readable(candidate);
            if (before.isPresent()
                    && sameQuestion(before.get(), now)
                    && before.get().began().compareTo(now.began()) < 0) {
                return Optional.of(
                        Changes.between(
                                String.valueOf(candidate.getFileName()), before.get(), now));
            }
        }
        return Optional.empty();
    }

    private static Optional<StoredCampaign> readable(Path folder) {
        try {
            return Optional.of(StoredResults.decisions(folder));
        } catch (UnreadableResultsException e) {
            return Optional.empty();
        }
    }

    private static List<Path> newestFirst(Path parent, Path own) {
        try (Stream<Path> siblings = Files.list(parent)) {
            return siblings.filter(sibling -> !sibling.equals(own))
                    .map(sibling -> sibling.resolve("manifest.json"))
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(PreviousResults::modified).reversed())
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
        return a.subject().equals(b.subject())
                && lastName(a.boundsFile()).equals(lastName(b.boundsFile()))
                && fact(a, "target").equals(fact(b, "target"))
                && fact(a, "metric").equals(fact(b, "metric"))
                && a.verdicts().stream()
                        .anyMatch(v ->
                                b.verdicts().stream().anyMatch(w -> w.bound().equals(v.bound())));
    }

    private static String fact(StoredCampaign campaign, String key) {
        return campaign.facts().getOrDefault(key, "");
    }

    /** The same file may be spelt from another folder. */
    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
