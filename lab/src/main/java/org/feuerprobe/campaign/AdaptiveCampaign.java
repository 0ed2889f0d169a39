package org.feuerprobe.campaign;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;

/**
 * Measures until every bound is decided, or nothing more would help, or the time is spent: after
 * each round, further points and boots go to the bounds that are still open. All rounds count: a
 * point measured twice has the boots of both.
 */
public final class AdaptiveCampaign {
    /**
     * All that was measured, and the last verdicts.
     *
     * @param rounds how often the target was asked; 1 where the first answer was enough
     * @param stopped why it ended with something open; empty where all is decided
     */
    public record Outcome(
            CampaignResult result, List<BoundVerdict> verdicts, int rounds, String stopped) {}

    private final Campaign campaign;
    private final Function<CampaignResult, List<BoundVerdict>> judge;
    private final Duration budget;
    private final LongSupplier nanos;

    /**
     * Prepares.
     *
     * @param budget for all rounds; one that would end later is not begun
     * @param nanos a clock that only runs forwards
     */
    public AdaptiveCampaign(
            Campaign campaign,
            Function<CampaignResult, List<BoundVerdict>> judge,
            Duration budget,
            LongSupplier nanos) {
        this.campaign = campaign;
        this.judge = judge;
        this.budget = budget;
        this.nanos = nanos;
    }

    /** Carries out the plan and then what its verdicts ask for. */
    public Outcome run(Plan plan, int seeds, CampaignProgress progress)
            throws CampaignException, InterruptedException {
        long began = nanos.getAsLong();
        progress.round(1, 0);
        CampaignResult result = campaign.run(plan, seeds, progress);
        List<BoundVerdict> verdicts = judge.apply(result);
        double pace = pace(result, began);
        for (int round = 2; ; round++) {
            List<BoundVerdict> open =
                    verdicts.stream().filter(v -> v.kind() == VerdictKind.INCONCLUSIVE).toList();
            if (!open.isEmpty() && !campaign.goesOn()) {
                return new Outcome(
                        result, verdicts, round - 1, "the recording holds no further boot");
            }
            Optional<FollowUp> next = FollowUp.of(result, open);
            if (next.isEmpty()) {
                String why = open.isEmpty() ? "" : "no further point or boot would decide them";
                return new Outcome(result, verdicts, round - 1, why);
            }
            long now = nanos.getAsLong();
            double spent = (now - began) / 1e9;
            double takes = pace * next.get().plan().values() * (next.get().seeds() + 1);
            if (spent + takes > budget.toMillis() / 1e3) {
                return new Outcome(
                        result,
                        verdicts,
                        round - 1,
                        "the budget of %d s is spent".formatted(budget.toSeconds()));
            }
            progress.round(round, open.size());
            CampaignResult more = campaign.run(next.get().plan(), next.get().seeds(), progress);
            result = result.and(more);
            verdicts = judge.apply(result);
            pace = Math.max(pace, pace(more, now));
        }
    }

    /**
     * Seconds that a value of a round took, judging included. What is still open is rarely what is
     * quick to measure, so the slowest round tells what the next may take.
     */
    private double pace(CampaignResult round, long began) {
        double values = (double) round.plan().values() * round.boots().size();
        return (nanos.getAsLong() - began) / 1e9 / Math.max(1, values);
    }
}
