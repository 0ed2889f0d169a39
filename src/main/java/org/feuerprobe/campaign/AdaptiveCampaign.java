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
            double spent = (nanos.getAsLong() - began) / 1e9;
            double takes = seconds(result, next.get(), spent);
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
        }
    }

    /** What a round may take, judged by the time a value took so far. */
    private static double seconds(CampaignResult result, FollowUp next, double spent) {
        double values = (double) result.plan().values() * result.boots().size();
        double wanted = (double) next.plan().values() * (next.seeds() + 1);
        return values == 0 ? spent : spent * wanted / values;
    }
}
