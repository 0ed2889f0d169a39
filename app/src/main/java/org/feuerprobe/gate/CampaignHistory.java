package org.feuerprobe.gate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.feuerprobe.archive.Acceptance;
import org.feuerprobe.archive.Archive;
import org.feuerprobe.archive.ArchiveException;
import org.feuerprobe.archive.ArchivedRun;
import org.feuerprobe.archive.Archives;
import org.feuerprobe.change.Better;
import org.feuerprobe.change.History;
import org.feuerprobe.change.HistoryRun;
import org.feuerprobe.compare.LabelledCampaign;
import org.feuerprobe.compare.TestbedRule;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.results.StoredManifest;
import org.feuerprobe.results.StoredResults;
import org.feuerprobe.results.StoredSeries;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.Summary;
import org.jspecify.annotations.Nullable;

/** Earlier campaigns whose figures can be compared with those of a campaign. */
public final class CampaignHistory {
    /** Number of campaigns that are read from an archive, the newest first. */
    private static final int MOST = 200;

    /** Number of digits of a commit that are shown. */
    private static final int SHORT = 12;

    /** A run. It keeps two figures per point, because all samples would fill the memory. */
    private record Run(
            String began, String name, String revision, Map<List<Object>, Figures> figures) {}

    /**
     * Figures of one point in a run.
     *
     * @param work seeds and numbers of values; means of different work cannot be compared
     */
    private record Figures(double median, double mean, String work) {}

    private final LabelledCampaign now;
    private final String since;
    private final Set<List<String>> known = new HashSet<>();
    private final List<Run> runs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Acceptance> accepted = new HashMap<>();
    private @Nullable LabelledCampaign newest;
    private int incomparable;
    private String why = "";

    private CampaignHistory(LabelledCampaign now, String since) {
        this.now = now;
        this.since = since;
    }

    /** Reads results folders and archives. Runs that began before {@code since} are left out. */
    public static CampaignHistory read(List<String> places, LabelledCampaign now, String since)
            throws LabException {
        CampaignHistory history = new CampaignHistory(now, since);
        for (String place : places) {
            history.read(place);
        }
        history.runs.sort(Comparator.comparing(Run::began));
        history.accepted.values().stream()
                .distinct()
                .map(one ->
                        String.format(
                                Locale.ROOT,
                                "the history of %s starts again with %s: accepted: %s",
                                Numbers.counted(one.points().size(), "point"),
                                one.began(),
                                ForeignText.prose(one.why())))
                .sorted()
                .forEach(history.notes::add);
        if (history.incomparable > 0) {
            history.notes.add(
                    String.format(
                            Locale.ROOT,
                            "%s %s not comparable: %s",
                            Numbers.counted(history.incomparable, "earlier campaign"),
                            history.incomparable == 1 ? "is" : "are",
                            history.why));
        }
        return history;
    }

    /**
     * Records accepted points in the first archive of these places. Returns a sentence that names
     * it.
     */
    public static String accept(
            List<String> places, LabelledCampaign now, String why, List<String> points)
            throws LabException {
        String place =
                places.stream()
                        .filter(one -> !isResults(Path.of(one)))
                        .findFirst()
                        .orElseThrow(() ->
                                LabException.wrongUse(
                                        "--accept: an archive keeps what is accepted, and --history names results folders only: name their folder"));
        try (Archive archive = opened(place)) {
            archive.accept(
                    new Acceptance(
                            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                            now.campaign().provenance().began(),
                            now.manifest().target(),
                            now.manifest().metric(),
                            why,
                            points));
            return archive.location();
        } catch (ArchiveException e) {
            throw refused(e);
        }
    }

    private static Archive opened(String place) throws LabException {
        try {
            return Archives.open(place);
        } catch (ArchiveException e) {
            throw refused(e);
        }
    }

    private static LabException refused(ArchiveException e) {
        return LabException.wrongUse(String.valueOf(e.getMessage()));
    }

    private static boolean isResults(Path folder) {
        return Files.exists(folder.resolve("manifest.json"));
    }

    private void read(String place) throws LabException {
        Path folder = Path.of(place);
        if (isResults(folder)) {
            try {
                add(side(place, folder));
                return;
            } catch (StoredResults.UnreadableResultsException e) {
                throw LabException.wrongUse(String.valueOf(e.getMessage()));
            }
        }
        if (!place.startsWith("jdbc:") && !Files.isDirectory(folder)) {
            throw LabException.wrongUse("--history %s: no such folder or archive".formatted(place));
        }
        try (Archive archive = opened(place)) {
            archive.acceptances().forEach(this::accept);
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
            throw refused(e);
        }
    }

    /** Reads a results folder. */
    public static LabelledCampaign side(String label, Path folder)
            throws StoredResults.UnreadableResultsException {
        return new LabelledCampaign(label, StoredManifest.read(folder), StoredResults.read(folder));
    }

    private void add(LabelledCampaign side) {
        String began = side.campaign().provenance().began();
        if (began.compareTo(now.campaign().provenance().began()) >= 0
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
        runs.add(run(side));
        if (newest == null || newest.campaign().provenance().began().compareTo(began) < 0) {
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

    /** Keeps the newest acceptance of a point that is not later than this campaign. */
    private void accept(Acceptance acceptance) {
        if (acceptance.target().equals(now.manifest().target())
                && acceptance.metric().equals(now.manifest().metric())
                && acceptance.began().compareTo(now.campaign().provenance().began()) <= 0) {
            for (String point : acceptance.points()) {
                accepted.merge(
                        point, acceptance, (a, b) -> a.began().compareTo(b.began()) < 0 ? b : a);
            }
        }
    }

    private static Run run(LabelledCampaign side) {
        Map<List<Object>, Figures> figures = new HashMap<>();
        for (StoredSeries series : side.campaign().series()) {
            if (!side.campaign().trust(series.target(), series.metric()).believed()) {
                continue;
            }
            for (Measurement point : series.points()) {
                Summary summary = series.summary(point);
                figures.put(
                        key(point),
                        new Figures(summary.median(), summary.mean(), PointCounts.work(point)));
            }
        }
        StoredManifest manifest = side.manifest();
        String revision = manifest.commit().isEmpty() ? manifest.image() : manifest.commit();
        Path last = Path.of(side.label()).getFileName();
        return new Run(
                side.campaign().provenance().began(),
                last == null ? side.label() : last.toString(),
                revision.substring(0, Math.min(SHORT, revision.length())),
                figures);
    }

    /** The latest earlier campaign; empty if there is none. */
    public Optional<LabelledCampaign> newest() {
        return Optional.ofNullable(newest);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** The newest accepted change of a point, at whose campaign the point's history begins. */
    Optional<Acceptance> accepted(Measurement point) {
        return Optional.ofNullable(accepted.get(CampaignGate.name(point)));
    }

    /**
     * Medians of all runs at a point since its last accepted change; the campaign's own is the
     * last.
     */
    double[] values(Measurement point) {
        String from = accepted(point).map(Acceptance::began).orElse("");
        return DoubleStream.concat(
                        runs.stream()
                                .filter(run -> run.began().compareTo(from) >= 0)
                                .map(run -> run.figures().get(key(point)))
                                .filter(Objects::nonNull)
                                .mapToDouble(Figures::median),
                        DoubleStream.of(point.summary().median()))
                .toArray();
    }

    /**
     * All points of the campaign over all runs, with the campaign itself last. Timed series contain
     * medians. Series of exact counts contain means, which change with any single value, from runs
     * of the same work.
     */
    List<History> series() {
        Run own = run(now);
        List<Run> all = new ArrayList<>(runs);
        all.add(own);
        List<History> histories = new ArrayList<>();
        for (StoredSeries series : now.campaign().series()) {
            if (now.manifest().exact() && Metric.of(series.metric()).timed()) {
                continue; // measured beside the counts, and no history of counts
            }
            for (Measurement point : series.points()) {
                histories.add(
                        new History(
                                series(point),
                                Better.LOWER,
                                all.stream()
                                        .flatMap(run -> value(run, own, point).stream())
                                        .toList()));
            }
        }
        return histories;
    }

    private Optional<HistoryRun> value(Run run, Run own, Measurement point) {
        Figures figures = run.figures().get(key(point));
        Figures ours = own.figures().get(key(point));
        if (figures == null || ours == null) {
            return Optional.empty();
        }
        boolean exact = now.manifest().exact();
        return exact && !figures.work().equals(ours.work())
                ? Optional.empty()
                : Optional.of(
                        new HistoryRun(
                                run.name(),
                                run.revision(),
                                exact ? figures.mean() : figures.median()));
    }

    /** Benchmark and point, and the metric if it is not the campaign's own. */
    private String series(Measurement point) {
        String name = CampaignGate.name(point);
        return point.metric().equals(now.manifest().metric()) ? name : name + " " + point.metric();
    }

    /** Number of campaigns, including this one. */
    int campaigns() {
        return runs.size() + 1;
    }

    private static List<Object> key(Measurement point) {
        return List.of(
                point.benchmark(), point.target(), point.metric(), Map.copyOf(point.parameters()));
    }
}
