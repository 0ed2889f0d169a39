package org.feuerprobe.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.campaign.AdaptiveCampaign;
import org.feuerprobe.campaign.BootPool;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.FamilyCorrection;

/**
 * Measures and judges until all bounds are decided or the time is spent. The target's clock comes
 * first, then the plugin's counts.
 */
record AdaptiveValidation(
        OpenTarget opened,
        ChosenBounds chosen,
        CountedBounds counted,
        Calibration calibration,
        EffortChoice effort,
        Duration budget,
        MeasurementListener listener,
        Substitution substitution) {
    AdaptiveValidation(
            OpenTarget opened,
            ChosenBounds chosen,
            CountedBounds counted,
            Calibration calibration,
            EffortChoice effort,
            Duration budget,
            MeasurementListener listener) {
        this(opened, chosen, counted, calibration, effort, budget, listener, Substitution.none());
    }

    /** Bounds judged after each round, one by one and then as a family. */
    private record Judged(
            List<Bound> bounds, Function<CampaignResult, Function<Bound, BoundVerdict>> judge) {
        List<BoundVerdict> alone(CampaignResult result) {
            return bounds.stream().map(judge.apply(result)).toList();
        }

        List<BoundVerdict> together(CampaignResult result) {
            return FamilyCorrection.of(alone(result));
        }
    }

    private List<Bound> bounds() {
        return chosen.bounds();
    }

    /**
     * The measurements, with the verdict on each bound alone.
     *
     * @param outcome the outcome, whose verdicts are corrected as a family
     */
    record JudgedCampaign(AdaptiveCampaign.Outcome outcome, List<BoundVerdict> alone) {}

    AdaptiveCampaign.Outcome run() throws LabException, InterruptedException {
        return judgedCampaign().outcome();
    }

    JudgedCampaign judgedCampaign() throws LabException, InterruptedException {
        long began = System.nanoTime();
        Judged byClock = byClock();
        Judged byCount = byCount();
        Campaign clocked = clocked();
        if (byCount.bounds().isEmpty()) {
            AdaptiveCampaign.Outcome all = measure(clocked, byClock, budget);
            return new JudgedCampaign(
                    outcome(
                            calibration.withTimes(opened.target(), all.result(), bounds()),
                            all.verdicts(),
                            all.rounds(),
                            all.stopped()),
                    byClock.alone(all.result()));
        }
        Campaign counting = counted.campaign(effort.parallel(), substitution);
        if (byClock.bounds().isEmpty()) {
            AdaptiveCampaign.Outcome all = measure(counting, byCount, budget);
            return new JudgedCampaign(
                    outcome(
                            counted.asked(all.result()),
                            all.verdicts(),
                            all.rounds(),
                            all.stopped()),
                    byCount.alone(all.result()));
        }
        AdaptiveCampaign.Outcome clock = measure(clocked, byClock, budget);
        Duration left = budget.minusNanos(System.nanoTime() - began);
        AdaptiveCampaign.Outcome counts =
                measure(counting, byCount, left.isNegative() ? Duration.ZERO : left);
        Map<String, BoundVerdict> alone = new HashMap<>();
        byClock.alone(clock.result()).forEach(verdict -> alone.put(verdict.bound().id(), verdict));
        byCount.alone(counts.result()).forEach(verdict -> alone.put(verdict.bound().id(), verdict));
        List<BoundVerdict> each =
                bounds().stream()
                        .map(bound -> Objects.requireNonNull(alone.get(bound.id())))
                        .toList();
        AdaptiveCampaign.Outcome both =
                outcome(
                        counted.withCounts(
                                calibration.withTimes(opened.target(), clock.result(), bounds()),
                                counts.result()),
                        FamilyCorrection.of(each),
                        clock.rounds() + counts.rounds() - 1,
                        clock.stopped().isEmpty() ? counts.stopped() : clock.stopped());
        return new JudgedCampaign(both, each);
    }

    private static AdaptiveCampaign.Outcome outcome(
            CampaignResult result, List<BoundVerdict> verdicts, int rounds, String stopped) {
        return new AdaptiveCampaign.Outcome(result, verdicts, rounds, stopped);
    }

    private Judged byClock() {
        return new Judged(
                bounds().stream().filter(b -> !counted.bounds().contains(b)).toList(),
                result -> calibration.judge(result)::judge);
    }

    private Judged byCount() {
        return new Judged(counted.bounds(), result -> bound -> counted.judge(bound, result));
    }

    private Campaign clocked() {
        return new Campaign(opened.target(), effort.parallel());
    }

    /** All boots of the first round: those that read the clock, then those with the plugin. */
    List<BootPool.Boot> firstRound() throws LabException, InterruptedException {
        List<BootPool.Boot> boots = new ArrayList<>();
        Judged byClock = byClock();
        if (counted.isEmpty() || !byClock.bounds().isEmpty()) {
            boots.addAll(firstRound(clocked(), byClock));
        }
        if (!counted.isEmpty()) {
            boots.addAll(firstRound(counted.campaign(effort.parallel(), substitution), byCount()));
        }
        return boots;
    }

    private List<BootPool.Boot> firstRound(Campaign campaign, Judged judged)
            throws LabException, InterruptedException {
        try {
            return campaign.boots(campaign.plans(plan(campaign, judged), effort.effort().seeds()));
        } catch (CampaignException e) {
            throw BootFailure.of(e);
        }
    }

    private Plan plan(Campaign campaign, Judged judged)
            throws LabException, CampaignException, InterruptedException {
        Set<String> operations = Bound.operations(judged.bounds());
        List<Benchmark> catalogue = campaign.catalogue();
        chosen.check(catalogue);
        return GridPlanner.plan(
                catalogue.stream()
                        .filter(benchmark -> operations.contains(benchmark.operation()))
                        .toList(),
                effort.effort(),
                effort.seed());
    }

    private AdaptiveCampaign.Outcome measure(Campaign campaign, Judged judged, Duration time)
            throws LabException, InterruptedException {
        Effort each = effort.effort();
        try (MeasurementListener.Progress progress =
                listener.begin(judged.bounds().size(), each.samples())) {
            return new AdaptiveCampaign(campaign, judged::together, time, System::nanoTime)
                    .run(plan(campaign, judged), each.seeds(), progress);
        } catch (CampaignException e) {
            throw BootFailure.of(e);
        }
    }
}
