package org.feuerprobe.gate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.feuerprobe.harness.BenchCampaign;
import org.feuerprobe.harness.BenchmarkChoice;
import org.feuerprobe.harness.EffortChoice;
import org.feuerprobe.harness.Invocation;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Measurand;
import org.feuerprobe.harness.MeasurementListener;
import org.feuerprobe.harness.Places;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.TargetKind;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.results.KeptCampaign;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredManifest;
import org.feuerprobe.results.StoredSeries;
import org.feuerprobe.sample.Metric;

/**
 * Counts of a campaign that are compared with a baseline file.
 *
 * @param whole whether the campaign measured everything, so that a missing point is gone
 */
public record BaselineCheck(
        Path file, SequencedMap<String, String> identity, List<PointCounts> points, boolean whole) {
    private static final String METRIC = Metric.INSTRUCTIONS.name();

    /** Takes the counts of a results folder. */
    public static BaselineCheck of(Path file, StoredManifest manifest, StoredCampaign campaign)
            throws LabException {
        if (!manifest.exact()) {
            throw LabException.wrongUse(
                    "counts of target %s do not repeat exactly, so they have no baseline: compare them with --history"
                            .formatted(manifest.target()));
        }
        SequencedMap<String, String> identity = new LinkedHashMap<>();
        identity.put("target", manifest.target());
        identity.putAll(manifest.build());
        identity.put("emulator", manifest.testbed().getOrDefault("emulator", ""));
        List<PointCounts> points = new ArrayList<>();
        campaign.series().stream()
                .filter(series -> series.metric().equals(METRIC))
                .sorted(Comparator.comparing(StoredSeries::benchmark))
                .flatMap(series -> series.points().stream())
                .map(PointCounts::of)
                .forEach(points::add);
        if (points.isEmpty()) {
            throw LabException.wrongUse("the campaign has no instruction counts to gate");
        }
        return new BaselineCheck(file, identity, points, false);
    }

    /** Boots the exokernel and measures all its counts. */
    public static BaselineCheck measure(Path file, Places places, Invocation invocation)
            throws LabException, InterruptedException {
        CampaignReport report;
        try {
            report =
                    BenchCampaign.open(
                                    TargetChoice.of(places, TargetKind.QEMU),
                                    EffortChoice.quickest(),
                                    BenchmarkChoice.of(List.of()),
                                    OptionalInt.empty(),
                                    List.of(new Measurand.Clock()))
                            .run(invocation, MeasurementListener.none());
        } catch (LabException e) {
            throw new LabException(e.kind(), "the counts cannot be measured: " + e.getMessage());
        }
        if (!report.result().rejected().isEmpty()) {
            throw LabException.targetFailed(
                    "the counts cannot be measured: no samples: "
                            + report.result().rejected().stream()
                                    .map(Object::toString)
                                    .collect(Collectors.joining("; ")));
        }
        KeptCampaign kept = KeptCampaign.of(report);
        BaselineCheck check = of(file, kept.manifest(), kept.stored());
        return new BaselineCheck(file, check.identity, check.points, true);
    }

    /** Compares the counts with the baseline. */
    public GateResult judge() throws LabException {
        return BaselineGate.judge(BaselineFile.read(file), identity, points, whole);
    }

    /** Writes the counts into the file, and returns a summary of the changes. */
    public String accept(String why) throws LabException {
        Baseline old =
                Files.exists(file)
                        ? BaselineFile.read(file)
                        : new Baseline(new LinkedHashMap<>(), List.of(), List.of());
        List<PointCounts> kept = new ArrayList<>(points);
        if (!whole && old.differences(identity).isEmpty()) {
            kept.addAll(old.missing(points));
            kept.sort(Comparator.comparing(PointCounts::benchmark));
        }
        String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Baseline fresh = old.accept(identity, kept, date, why);
        BaselineFile.write(file, fresh);
        return fresh.accepted().getLast().summary();
    }
}
