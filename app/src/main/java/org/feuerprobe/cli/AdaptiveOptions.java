package org.feuerprobe.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Part;
import org.feuerprobe.campaign.AdaptiveCampaign;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.guest.CacheGeometry;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.FamilyCorrection;
import org.feuerprobe.verdict.Judge;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Measures and judges until all bounds are decided, or the time for it is spent. */
final class AdaptiveOptions {
    /** Seconds: what people wait for while they do something else. */
    private static final int BUDGET = 120;

    /** Seconds: what --quick promises. */
    private static final int QUICK_BUDGET = 20;

    @Option(
            names = "--budget",
            paramLabel = "SECONDS",
            description =
                    "Time in which undecided bounds get further points and boots (default: 120; with --quick 20; 0: one round).")
    @Nullable Integer budget;

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

    /** What the target's clock tells, and then what the plugin counts for the bounds on counts. */
    AdaptiveCampaign.Outcome measure(
            Console console,
            OpenTarget opened,
            List<Bound> chosen,
            CountedBounds counted,
            EffortOptions options)
            throws CommandException, InterruptedException {
        long began = System.nanoTime();
        Duration budget = seconds(options.quick);
        Calibration calibration = opened.calibration();
        Judged byClock =
                new Judged(
                        chosen.stream().filter(b -> !counted.bounds().contains(b)).toList(),
                        result -> calibration.judge(result)::judge);
        CacheGeometry geometry = counted.geometry();
        Judged byCount =
                new Judged(
                        counted.bounds(),
                        result -> bound -> counted.judge(bound, result, geometry));
        if (byCount.bounds().isEmpty()) {
            Campaign campaign = new Campaign(opened.target(), options.parallel());
            AdaptiveCampaign.Outcome all = measure(console, campaign, byClock, budget, options);
            return new AdaptiveCampaign.Outcome(
                    calibration.beside(opened.target(), all.result(), chosen),
                    all.verdicts(),
                    all.rounds(),
                    all.stopped());
        }
        Campaign counting = counted.campaign(options.parallel());
        if (byClock.bounds().isEmpty()) {
            AdaptiveCampaign.Outcome all = measure(console, counting, byCount, budget, options);
            return new AdaptiveCampaign.Outcome(
                    counted.asked(all.result()), all.verdicts(), all.rounds(), all.stopped());
        }
        AdaptiveCampaign.Outcome clock =
                measure(
                        console,
                        new Campaign(opened.target(), options.parallel()),
                        byClock,
                        budget,
                        options);
        Duration left = budget.minusNanos(System.nanoTime() - began);
        AdaptiveCampaign.Outcome counts =
                measure(
                        console,
                        counting,
                        byCount,
                        left.isNegative() ? Duration.ZERO : left,
                        options);
        Map<String, BoundVerdict> alone = new HashMap<>();
        byClock.alone(clock.result()).forEach(verdict -> alone.put(verdict.bound().id(), verdict));
        byCount.alone(counts.result()).forEach(verdict -> alone.put(verdict.bound().id(), verdict));
        return new AdaptiveCampaign.Outcome(
                counted.beside(
                        calibration.beside(opened.target(), clock.result(), chosen),
                        counts.result()),
                FamilyCorrection.of(
                        chosen.stream()
                                .map(bound -> Objects.requireNonNull(alone.get(bound.id())))
                                .toList()),
                clock.rounds() + counts.rounds() - 1,
                clock.stopped().isEmpty() ? counts.stopped() : clock.stopped());
    }

    private static AdaptiveCampaign.Outcome measure(
            Console console,
            Campaign campaign,
            Judged judged,
            Duration budget,
            EffortOptions options)
            throws CommandException, InterruptedException {
        Effort effort = options.effort();
        Set<String> operations = operations(judged.bounds());
        try (ProgressLine progress =
                new ProgressLine(console, judged.bounds().size(), effort.samples())) {
            List<Benchmark> benchmarks =
                    campaign.catalogue().stream()
                            .filter(benchmark -> operations.contains(benchmark.operation()))
                            .toList();
            return new AdaptiveCampaign(campaign, judged::together, budget, System::nanoTime)
                    .run(
                            GridPlanner.plan(benchmarks, effort, options.seed),
                            effort.seeds(),
                            progress);
        } catch (CampaignException e) {
            throw ValidateCommand.failed(e);
        }
    }

    private Duration seconds(boolean quick) throws CommandException {
        int seconds = budget == null ? quick ? QUICK_BUDGET : BUDGET : budget;
        if (seconds < 0) {
            throw new CommandException(
                    ExitStatus.USAGE, "--budget " + seconds + ": want seconds, 0 or more");
        }
        return Duration.ofSeconds(seconds);
    }

    /** What the bounds speak of, and what that is built of. */
    static Set<String> operations(List<Bound> chosen) {
        return chosen.stream()
                .flatMap(bound ->
                        Stream.concat(
                                Stream.of(bound.operation()),
                                bound.parts().stream().map(Part::operation)))
                .collect(Collectors.toSet());
    }

    static Judge judge(Target target, CampaignResult result) {
        return new Judge(
                        target.name(),
                        target.metric(),
                        result.exact(),
                        result.measurements(),
                        result.failures())
                .elsewhere(wanted -> Elsewhere.of(target, wanted));
    }

    /** How often the target was asked, and why it was not asked again; empty for once and done. */
    static String rounds(AdaptiveCampaign.Outcome outcome) {
        if (outcome.rounds() == 1 && outcome.stopped().isEmpty()) {
            return "";
        }
        return "%d round%s%s"
                .formatted(
                        outcome.rounds(),
                        outcome.rounds() == 1 ? "" : "s",
                        outcome.stopped().isEmpty()
                                ? ", all decided"
                                : ", not all decided: " + outcome.stopped());
    }
}
