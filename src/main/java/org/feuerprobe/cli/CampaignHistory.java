package org.feuerprobe.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.feuerprobe.archive.Archive;
import org.feuerprobe.archive.ArchiveException;
import org.feuerprobe.archive.ArchivedRun;
import org.feuerprobe.compare.Side;
import org.feuerprobe.compare.TestbedRule;
import org.feuerprobe.report.StoredManifest;
import org.feuerprobe.report.StoredResults;
import org.feuerprobe.report.StoredSeries;
import org.feuerprobe.sample.Measurement;
import org.jspecify.annotations.Nullable;

/** Campaigns before one, that its figures may be compared with. */
final class CampaignHistory {
    /** So many campaigns of an archive are read at most, the newest. */
    private static final int MOST = 200;

    /** Of a run only the medians are kept: its samples would fill the memory. */
    private record Run(String began, Map<List<Object>, Double> medians) {}

    private final Side now;
    private final String since;
    private final Set<List<String>> known = new HashSet<>();
    private final List<Run> runs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable Side newest;
    private int incomparable;
    private String why = "";

    private CampaignHistory(Side now, String since) {
        this.now = now;
        this.since = since;
    }

    /** Reads results folders and archives; runs that began before {@code since} are left out. */
    static CampaignHistory read(List<String> places, Side now, String since)
            throws CommandException {
        CampaignHistory history = new CampaignHistory(now, since);
        for (String place : places) {
            history.read(place);
        }
        history.runs.sort(Comparator.comparing(Run::began));
        if (history.incomparable > 0) {
            history.notes.add(
                    "%,d earlier campaigns are not comparable: %s"
                            .formatted(history.incomparable, history.why));
        }
        return history;
    }

    private void read(String place) throws CommandException {
        Path folder = Path.of(place);
        if (Files.exists(folder.resolve("manifest.json"))) {
            try {
                add(side(place, folder));
                return;
            } catch (StoredResults.UnreadableResultsException e) {
                throw new CommandException(ExitStatus.USAGE, String.valueOf(e.getMessage()));
            }
        }
        if (!place.startsWith("jdbc:") && !Files.isDirectory(folder)) {
            throw new CommandException(
                    ExitStatus.USAGE, "--history %s: no such folder or archive".formatted(place));
        }
        try (Archive archive = ArchiveCommand.open(place)) {
            List<ArchivedRun> all =
                    archive.runs().stream()
                            .filter(run -> run.target().equals(now.manifest().target()))
                            .filter(run -> run.metric().equals(now.manifest().metric()))
                            .toList();
            for (ArchivedRun run : all.subList(Math.max(0, all.size() - MOST), all.size())) {
                try {
                    add(side(run.id(), archive.folder(run.id())));
                } catch (StoredResults.UnreadableResultsException e) {
                    notes.add("left out: " + e.getMessage());
                }
            }
        } catch (ArchiveException e) {
            throw ArchiveCommand.failed(e);
        }
    }

    static Side side(String label, Path folder) throws StoredResults.UnreadableResultsException {
        return new Side(label, StoredManifest.read(folder), StoredResults.read(folder));
    }

    private void add(Side side) {
        String began = side.campaign().began();
        if (began.compareTo(now.campaign().began()) >= 0
                || began.compareTo(since) < 0
                || !known.add(List.of(began, side.manifest().image()))) {
            return;
        }
        String differs = difference(side.manifest());
        if (!differs.isEmpty()) {
            incomparable++;
            why = differs;
            return;
        }
        runs.add(new Run(began, medians(side)));
        if (newest == null || newest.campaign().began().compareTo(began) < 0) {
            newest = side;
        }
    }

    private String difference(StoredManifest before) {
        List<String> differences = TestbedRule.differences(before, now.manifest());
        if (!differences.isEmpty()) {
            return String.join("; ", differences);
        }
        return before.exact() == now.manifest().exact()
                        && before.build().equals(now.manifest().build())
                ? ""
                : "the kernels were built differently";
    }

    private static Map<List<Object>, Double> medians(Side side) {
        Map<List<Object>, Double> medians = new HashMap<>();
        for (StoredSeries series : side.campaign().series()) {
            for (Measurement point : series.points()) {
                medians.put(key(point), series.summary(point).median());
            }
        }
        return medians;
    }

    /** The latest campaign before; empty where there is none. */
    Optional<Side> newest() {
        return Optional.ofNullable(newest);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Medians of all runs at a point, that of the point itself last. */
    double[] values(Measurement point) {
        return DoubleStream.concat(
                        runs.stream()
                                .map(run -> run.medians().get(key(point)))
                                .filter(Objects::nonNull)
                                .mapToDouble(Double::doubleValue),
                        DoubleStream.of(point.summary().median()))
                .toArray();
    }

    private static List<Object> key(Measurement point) {
        return List.of(
                point.benchmark(), point.target(), point.metric(), Map.copyOf(point.parameters()));
    }
}
