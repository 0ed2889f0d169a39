package org.feuerprobe.cli;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Part;
import org.feuerprobe.campaign.AdaptiveCampaign;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.target.Target;
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

    AdaptiveCampaign.Outcome measure(
            Console console, OpenTarget opened, List<Bound> chosen, EffortOptions options)
            throws CommandException, InterruptedException {
        Duration seconds = seconds(options.quick);
        Effort effort = options.effort();
        Campaign campaign = new Campaign(opened.target(), options.parallel());
        UnaryOperator<Judge> calibration = opened.calibration();
        Function<CampaignResult, List<BoundVerdict>> verdicts =
                result -> {
                    Judge judge = calibration.apply(judge(opened.target(), result));
                    return FamilyCorrection.of(chosen.stream().map(judge::judge).toList());
                };
        Set<String> operations = operations(chosen);
        try (ProgressLine progress = new ProgressLine(console, chosen.size(), effort.samples())) {
            List<Benchmark> benchmarks =
                    campaign.catalogue().stream()
                            .filter(benchmark -> operations.contains(benchmark.operation()))
                            .toList();
            return new AdaptiveCampaign(campaign, verdicts, seconds, System::nanoTime)
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
                result.failures());
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
