package org.feuerprobe.cli;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.feuerprobe.archive.ResultsFolder;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignProgress;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.campaign.Interleaving;
import org.feuerprobe.compare.ChangeDocument;
import org.feuerprobe.compare.Comparer;
import org.feuerprobe.compare.Comparison;
import org.feuerprobe.compare.Side;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.report.CampaignReport;
import org.feuerprobe.report.CampaignWriter;
import org.feuerprobe.report.Setting;
import org.feuerprobe.report.StoredManifest;
import org.feuerprobe.report.StoredResults;
import org.feuerprobe.target.Target;
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
            EffortOptions options)
            throws CommandException, InterruptedException {
        int parallel = opened.target().exact() ? options.parallel() : 1;
        try (ProgressLine progress =
                new ProgressLine(console, chosen.size(), options.effort().samples())) {
            Campaigner campaigner =
                    (kernel, booted, hears) -> {
                        CampaignResult result = measure(booted, chosen, options, hears);
                        Judge judge =
                                kernel.calibration().apply(AdaptiveOptions.judge(booted, result));
                        return reporter.report(
                                kernel,
                                result,
                                FamilyCorrection.of(chosen.stream().map(judge::judge).toList()),
                                1);
                    };
            return byTurns(campaigner, other, opened, progress, parallel);
        }
    }

    /** Measures one kernel on one target, and decides. */
    @FunctionalInterface
    private interface Campaigner {
        CampaignReport run(OpenTarget opened, Target booted, CampaignProgress progress)
                throws CommandException, InterruptedException;
    }

    /** The same points and boots for both: what is measured on would differ where costs differ. */
    private static CampaignResult measure(
            Target booted, List<Bound> chosen, EffortOptions options, CampaignProgress progress)
            throws CommandException, InterruptedException {
        Campaign campaign = new Campaign(booted, options.parallel());
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

    private static InterleavedRun byTurns(
            Campaigner campaigner,
            AgainstKernel other,
            OpenTarget opened,
            CampaignProgress progress,
            int parallel)
            throws CommandException, InterruptedException {
        Interleaving turns = new Interleaving(parallel);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            Future<CampaignReport> before =
                    pool.submit(() -> {
                        try {
                            return campaigner.run(
                                    other.opened(),
                                    turns.first(other.opened().target()),
                                    CampaignProgress.none());
                        } finally {
                            turns.firstEnded();
                        }
                    });
            Future<CampaignReport> after =
                    pool.submit(() -> {
                        try {
                            return campaigner.run(opened, turns.second(opened.target()), progress);
                        } finally {
                            turns.secondEnded();
                        }
                    });
            try {
                CampaignReport base = result(before);
                CampaignReport now = result(after);
                return new InterleavedRun(
                        base,
                        now,
                        new Comparer(LEAST)
                                .compare(side(other.label(), base), side("this kernel", now)));
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private static CampaignReport result(Future<CampaignReport> campaign)
            throws CommandException, InterruptedException {
        try {
            return campaign.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommandException known) {
                throw known;
            }
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException();
            }
            throw new IllegalStateException("a campaign ended in an unforeseen way", e.getCause());
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
        CampaignWriter.write(results, "base/", base);
        results.sealInner("base/");
        CampaignWriter.text(results, "comparison.json", ChangeDocument.of(comparison));
    }
}
