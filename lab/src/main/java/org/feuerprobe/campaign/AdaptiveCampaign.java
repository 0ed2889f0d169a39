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
 * A campaign in rounds. After each round, it measures further points and boots for the bounds that
 * are still undecided. It ends when every bound is decided, when nothing more would help, or when
 * the time is spent. All rounds count: a point measured twice has the boots of both.
 */
public final class AdaptiveCampaign {
    /**
     * Everything that was measured, and the last verdicts.
     *
     * @param rounds number of rounds
     * @param stopped why the campaign ended with undecided bounds; empty if all are decided
     */
    public record Outcome(
            CampaignResult result, List<BoundVerdict> verdicts, int rounds, String stopped) {}

    private final Campaign campaign;
    private final Function<CampaignResult, List<BoundVerdict>> judge;
    private final Duration budget;
    private final LongSupplier nanos;

    /**
     * Creates a campaign; {@link #run} starts it.
     *
     * @param budget time for all rounds; a round that would probably exceed it is not started
     * @param nanos a monotonic clock
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

    /** Runs the plan, and then further rounds as the verdicts need them. */
    public Outcome run(Plan plan, int seeds, CampaignProgress progress)
            throws CampaignException, InterruptedException {
        long start = nanos.getAsLong();
        progress.round(1, 0);
        CampaignResult result = campaign.run(plan, seeds, progress);
        List<BoundVerdict> verdicts = judge.apply(result);
        double pace = pace(result, start);
        for (int round = 2; ; round++) {
            List<BoundVerdict> open =
                    verdicts.stream().filter(v -> v.kind() == VerdictKind.INCONCLUSIVE).toList();
            if (!open.isEmpty() && !campaign.canBootAgain()) {
                return new Outcome(
                        result, verdicts, round - 1, "the recording contains no further boot");
            }
            Optional<FollowUp> next = FollowUp.of(result, open);
            if (next.isEmpty()) {
                String why = open.isEmpty() ? "" : "no further point or boot would decide the rest";
                return new Outcome(result, verdicts, round - 1, why);
            }
            long now = nanos.getAsLong();
            double spent = (now - start) / 1e9;
            double takes = pace * next.get().plan().values() * (next.get().seeds() + 1);
            if (spent + takes > budget.toMillis() / 1e3) {
                return new Outcome(
                        result,
                        verdicts,
                        round - 1,
                        "the budget of %d s is spent".formatted(budget.toSeconds()));
            }
            progress.round(round, open.size());
            CampaignResult more;
            try {
                more = campaign.run(next.get().plan(), next.get().seeds(), progress);
            } catch (CampaignException e) {
                if (!e.failure().failure().keepsFinished()) {
                    throw e;
                }
                String why = String.valueOf(e.getMessage());
                CampaignResult lost = result.losing(next.get().plan(), why);
                return new Outcome(lost, judge.apply(lost), round, why);
            }
            result = result.and(more);
            verdicts = judge.apply(result);
            pace = Math.max(pace, pace(more, now));
        }
    }

    /**
     * Seconds that a round took per value, including the verdicts. Undecided bounds are rarely
     * those that are quick to measure, so the caller plans with the slowest round so far.
     */
    private double pace(CampaignResult round, long start) {
        double values = (double) round.plan().values() * round.boots().size();
        return (nanos.getAsLong() - start) / 1e9 / Math.max(1, values);
    }
}
