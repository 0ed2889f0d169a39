package org.feuerprobe.cli;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.feuerprobe.archive.ResultsFolder;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignProgress;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.compare.ChangeDocument;
import org.feuerprobe.compare.Comparer;
import org.feuerprobe.compare.Comparison;
import org.feuerprobe.compare.Side;
import org.feuerprobe.guest.CacheGeometry;
import org.feuerprobe.guest.Target;
import org.feuerprobe.page.ReportPage;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.results.CampaignWriter;
import org.feuerprobe.results.Setting;
import org.feuerprobe.results.StoredManifest;
import org.feuerprobe.results.StoredResults;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.FamilyCorrection;
import org.feuerprobe.verdict.Judge;

/** Two kernels measured by turns in one campaign, and what changed. */
record InterleavedRun(CampaignReport base, CampaignReport now, Comparison comparison) {
    /** Relative change of a timed cost that matters; counts are exact. */
    private static final double LEAST = 0.01;

    static InterleavedRun of(
            Console console,
            ValidateCommand.Reporter reporter,
            AgainstKernel other,
            OpenTarget opened,
            List<Bound> chosen,
            TargetOptions target,
            EffortOptions options)
            throws CommandException, InterruptedException {
        int parallel = opened.target().exact() ? options.parallel() : 1;
        try (ProgressLine progress =
                new ProgressLine(console, chosen.size(), options.effort().samples())) {
            ByTurns<CampaignReport> both =
                    ByTurns.run(
                            other.opened().target(),
                            booted ->
                                    report(
                                            reporter,
                                            other.opened(),
                                            measure(
                                                    booted,
                                                    chosen,
                                                    options,
                                                    CampaignProgress.none()),
                                            booted,
                                            CountedBounds.of(chosen, other.opened(), target),
                                            chosen,
                                            options),
                            opened.target(),
                            booted ->
                                    report(
                                            reporter,
                                            opened,
                                            measure(booted, chosen, options, progress),
                                            booted,
                                            CountedBounds.of(chosen, opened, target),
                                            chosen,
                                            options),
                            parallel);
            return new InterleavedRun(
                    both.base(),
                    both.now(),
                    new Comparer(LEAST)
                            .compare(
                                    side(other.label(), both.base()),
                                    side("this kernel", both.now())));
        }
    }

    /** Counts of the plugin take no turns: they are the same whatever else runs. */
    private static CampaignReport report(
            ValidateCommand.Reporter reporter,
            OpenTarget kernel,
            CampaignResult result,
            Target booted,
            CountedBounds counted,
            List<Bound> chosen,
            EffortOptions options)
            throws CommandException, InterruptedException {
        Calibration calibration = kernel.calibration();
        Judge judge = calibration.judge(booted, result);
        if (counted.isEmpty()) {
            return reporter.report(
                    kernel,
                    calibration.beside(booted, result, chosen),
                    FamilyCorrection.of(chosen.stream().map(judge::judge).toList()),
                    1);
        }
        CampaignResult counts =
                measure(
                        counted.campaign(options.parallel()),
                        counted.bounds(),
                        options,
                        CampaignProgress.none());
        CacheGeometry caches = counted.geometry();
        List<BoundVerdict> verdicts =
                chosen.stream()
                        .map(bound ->
                                counted.bounds().contains(bound)
                                        ? counted.judge(bound, counts, caches)
                                        : judge.judge(bound))
                        .toList();
        return reporter.report(
                kernel, counted.beside(result, counts), FamilyCorrection.of(verdicts), 1);
    }

    /** The same points and boots for both: what is measured on would differ where costs differ. */
    private static CampaignResult measure(
            Target booted, List<Bound> chosen, EffortOptions options, CampaignProgress progress)
            throws CommandException, InterruptedException {
        return measure(new Campaign(booted, options.parallel()), chosen, options, progress);
    }

    private static CampaignResult measure(
            Campaign campaign, List<Bound> chosen, EffortOptions options, CampaignProgress progress)
            throws CommandException, InterruptedException {
        Set<String> operations = AdaptiveOptions.operations(chosen);
        try {
            List<Benchmark> benchmarks =
                    campaign.catalogue().stream()
                            .filter(benchmark -> operations.contains(benchmark.operation()))
                            .toList();
            Effort effort = options.effort();
            return campaign.run(
                    GridPlanner.plan(benchmarks, effort, options.seed), effort.seeds(), progress);
        } catch (CampaignException e) {
            throw ValidateCommand.failed(e);
        }
    }

    private static Side side(String label, CampaignReport report) {
        return new Side(label, StoredManifest.of(report), StoredResults.of(report));
    }

    /** The same, measured on this machine. */
    InterleavedRun in(Setting setting) {
        return new InterleavedRun(base.in(setting), now.in(setting), comparison);
    }

    /** The other kernel's results as a folder of the folder, and the comparison. */
    void write(ResultsFolder results) throws IOException {
        CampaignWriter.write(results, "base/", base, ReportPage::html);
        results.sealInner("base/");
        CampaignWriter.text(results, "comparison.json", ChangeDocument.of(comparison));
    }
}
