package org.feuerprobe.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.results.CampaignConditions;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.results.Context;
import org.feuerprobe.results.MissOnsets;
import org.feuerprobe.results.Published;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.testbed.Anchors;
import org.feuerprobe.testbed.Testbed;
import org.feuerprobe.testbed.TestbedState;

/** Measures benchmarks without deciding anything: one campaign for each measurand. */
public final class BenchCampaign {
    private static final int MOST_BATCH = 1 << 20;

    /** One planned campaign: what it measures, and on which target. */
    private record Series(Measurand measurand, OpenTarget opened, Campaign campaign) {}

    private final TargetChoice target;
    private final EffortChoice effort;
    private final BenchmarkChoice choice;
    private final OptionalInt batch;
    private final List<Series> series;

    private BenchCampaign(
            TargetChoice target,
            EffortChoice effort,
            BenchmarkChoice choice,
            OptionalInt batch,
            List<Series> series) {
        this.target = target;
        this.effort = effort;
        this.choice = choice;
        this.batch = batch;
        this.series = series;
    }

    /**
     * Opens the target once for each measurand.
     *
     * @param batch operations in one value; empty for one
     */
    public static BenchCampaign open(
            TargetChoice target,
            EffortChoice effort,
            BenchmarkChoice choice,
            OptionalInt batch,
            List<Measurand> measurands)
            throws LabException, InterruptedException {
        List<Series> series = new ArrayList<>();
        for (Measurand each : measurands) {
            OpenTarget opened = new TargetOpener(target).open(each);
            opened.requirePlan("--samples", effort.samplesNamed());
            opened.requirePlan("--batch", batch.isPresent());
            opened.requirePlan("--metric bytes", each instanceof Measurand.Bytes);
            series.add(
                    new Series(
                            each,
                            opened,
                            new Campaign(opened.target(), effort.parallel(), each.plugin())));
        }
        return new BenchCampaign(target, effort, choice, batch, series);
    }

    /** The target of the first measurand. */
    public OpenTarget opened() {
        return series.getFirst().opened();
    }

    /** The chosen benchmarks; a pattern that matches none is an error. */
    public List<Benchmark> benchmarks() throws LabException, InterruptedException {
        try {
            return choice.choose(series.getFirst().campaign().catalogue());
        } catch (CampaignException e) {
            throw BootFailure.of(e);
        }
    }

    /** Measures; one campaign after the other, in one result. */
    public CampaignResult run(MeasurementListener listener)
            throws LabException, InterruptedException {
        try {
            CampaignResult all = run(series.getFirst(), listener);
            for (Series more : series.subList(1, series.size())) {
                all = all.and(run(more, listener));
            }
            return all;
        } catch (CampaignException e) {
            throw BootFailure.of(e);
        }
    }

    /** Measures, and reports it as a campaign without bounds. */
    public CampaignReport run(Invocation invocation, MeasurementListener listener)
            throws LabException, InterruptedException {
        OpenTarget opened = opened();
        String metric =
                series.getFirst().measurand() instanceof Measurand.Nanoseconds
                        ? Metric.NANOSECONDS.name()
                        : opened.target().metric();
        TestbedState.Begun before = opened.testbed(target);
        CampaignResult result = run(listener);
        CampaignConditions conditions =
                new CampaignConditions(Optional.of(before.end(opened.speed())), Map.of(), "");
        return new CampaignReport(
                invocation.provenance("", result.kernel().name()),
                opened.target().name(),
                metric,
                opened.image(),
                Testbed.read(target.places().emulator()),
                Map.of("effort", effort.word()),
                result,
                List.of(),
                context(result),
                conditions);
    }

    /** Figures to compare with: published ones, and where misses begin. */
    private Context context(CampaignResult result) throws LabException {
        try {
            return new Context(
                    Optional.empty(),
                    Published.of(
                            Anchors.read(target.places().anchors()),
                            ties(),
                            result.measurements().stream()
                                    .map(Measurement::operation)
                                    .distinct()
                                    .toList()),
                    MissOnsets.of(result, target.geometry().bytes()));
        } catch (IOException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    /** Published operations that are similar to those of this project's kernel. */
    private Map<String, List<String>> ties() throws LabException {
        boolean ours = EnumSet.of(TargetKind.QEMU, TargetKind.NATIVE).contains(target.kind());
        if (!ours || target.kernel().isPresent()) {
            return Map.of();
        }
        return ChosenBounds.read(target.places().bounds(), Set.of(), List.of())
                .written()
                .published();
    }

    private CampaignResult run(Series each, MeasurementListener listener)
            throws CampaignException, LabException, InterruptedException {
        Campaign campaign = each.campaign();
        Plan plan =
                batched(
                                GridPlanner.plan(
                                        choice.choose(campaign.catalogue()),
                                        effort.effort(),
                                        effort.seed()))
                        .reading(each.measurand().reading());
        CampaignResult result;
        try (MeasurementListener.Progress progress = listener.begin(0, effort.effort().samples())) {
            result = campaign.run(plan, effort.effort().seeds(), progress);
        }
        return switch (each.measurand()) {
            case Measurand.Nanoseconds _ -> each.opened().nanoseconds().instead(result);
            case Measurand.Clock _ ->
                    each.opened()
                            .calibration(target.places())
                            .inUnits(each.opened().target(), result);
            case Measurand.Bytes _,
                    Measurand.EstimatedCycles _,
                    Measurand.Counted _,
                    Measurand.Event _,
                    Measurand.GuestEvent _ ->
                    result;
        };
    }

    private Plan batched(Plan plan) throws LabException {
        if (batch.isEmpty()) {
            return plan;
        }
        int operations = batch.getAsInt();
        if (operations < 1 || operations > MOST_BATCH) {
            throw LabException.wrongUse(
                    "--batch %d: want 1 to %d".formatted(operations, MOST_BATCH));
        }
        return plan.with(
                plan.entries().stream()
                        .map(entry ->
                                new PlanEntry(
                                        entry.benchmark(),
                                        entry.parameters(),
                                        entry.samples(),
                                        entry.warmup(),
                                        operations))
                        .toList());
    }
}
