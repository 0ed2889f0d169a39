package org.feuerprobe.harness;

import java.util.List;
import java.util.Set;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignProgress;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.FamilyCorrection;
import org.feuerprobe.verdict.Judge;

/** Measures two kernels in turns, and judges both. */
record InterleavedValidation(
        ChosenBounds chosen,
        TargetChoice target,
        EffortChoice effort,
        MeasurementListener listener) {
    /** The measurements of one kernel, and its verdicts. */
    record Result(CampaignResult result, List<BoundVerdict> verdicts) {}

    private List<Bound> bounds() {
        return chosen.bounds();
    }

    Interleaved<Result> run(OpenTarget base, OpenTarget now)
            throws LabException, InterruptedException {
        int parallel = now.target().exact() ? effort.parallel() : 1;
        try (MeasurementListener.Progress progress =
                listener.begin(bounds().size(), effort.effort().samples())) {
            return Interleaved.run(
                    base.target(),
                    booted -> judge(base, booted, measure(booted, CampaignProgress.none())),
                    now.target(),
                    booted -> judge(now, booted, measure(booted, progress)),
                    parallel);
        }
    }

    /** Counts of the plugin need no turns, because they do not depend on what else runs. */
    private Result judge(OpenTarget kernel, Target booted, CampaignResult result)
            throws LabException, InterruptedException {
        CountedBounds counted = CountedBounds.of(bounds(), kernel, target);
        Calibration calibration = kernel.calibration(target.places());
        Judge judge = calibration.judge(booted, result);
        if (counted.isEmpty()) {
            return new Result(
                    calibration.withTimes(booted, result, bounds()),
                    FamilyCorrection.of(bounds().stream().map(judge::judge).toList()));
        }
        CampaignResult counts =
                measure(
                        counted.campaign(effort.parallel()),
                        counted.bounds(),
                        CampaignProgress.none());
        List<BoundVerdict> verdicts =
                bounds().stream()
                        .map(bound ->
                                counted.bounds().contains(bound)
                                        ? counted.judge(bound, counts)
                                        : judge.judge(bound))
                        .toList();
        return new Result(
                counted.withCounts(calibration.withTimes(booted, result, bounds()), counts),
                FamilyCorrection.of(verdicts));
    }

    /** Both get the same points and boots, because different points would look like a change. */
    private CampaignResult measure(Target booted, CampaignProgress progress)
            throws LabException, InterruptedException {
        return measure(new Campaign(booted, effort.parallel()), bounds(), progress);
    }

    private CampaignResult measure(Campaign campaign, List<Bound> chosen, CampaignProgress progress)
            throws LabException, InterruptedException {
        Set<String> operations = Bound.operations(chosen);
        try {
            List<Benchmark> benchmarks =
                    campaign.catalogue().stream()
                            .filter(benchmark -> operations.contains(benchmark.operation()))
                            .toList();
            Effort each = effort.effort();
            return campaign.run(
                    GridPlanner.plan(benchmarks, each, effort.seed()), each.seeds(), progress);
        } catch (CampaignException e) {
            throw BootFailure.of(e);
        }
    }
}
