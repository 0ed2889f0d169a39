package org.feuerprobe.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.FakeTarget;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.junit.jupiter.api.Test;

final class InterleavingTests {
    private static final Benchmark SEND =
            new Benchmark("send/short", "send", 0, false, 1, List.of(), "it arrives");
    private static final Plan PLAN = GridPlanner.plan(List.of(SEND), Effort.QUICK, 1);

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    private FakeTarget fake(String name, long cost) {
        return new FakeTarget(List.of(SEND), _ -> cost).troubledBy(_ -> order.add(name));
    }

    /** Both at once; the results, or empty where a campaign failed. */
    private static List<List<CampaignResult>> run(Target a, Target b, int parallel, int seeds)
            throws Exception {
        Interleaving turns = new Interleaving(parallel);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            Future<List<CampaignResult>> first =
                    pool.submit(side(turns.first(a), seeds, turns::firstEnded));
            Future<List<CampaignResult>> second =
                    pool.submit(side(turns.second(b), seeds, turns::secondEnded));
            return List.of(first.get(), second.get());
        }
    }

    private static Callable<List<CampaignResult>> side(Target target, int seeds, Runnable ended) {
        return () -> {
            try {
                return List.of(new Campaign(target, 4).run(PLAN, seeds, CampaignProgress.none()));
            } catch (CampaignException e) {
                return List.of();
            } finally {
                ended.run();
            }
        };
    }

    @Test
    void bootsTakeTurns() throws Exception {
        List<List<CampaignResult>> results = run(fake("A", 30), fake("B", 40), 1, 5);
        assertThat(String.join("", order)).isEqualTo("ABBAABBAABBA");
        assertThat(median(results.get(0))).isEqualTo(30);
        assertThat(median(results.get(1))).isEqualTo(40);
        assertThat(results.get(0).getFirst().boots()).hasSize(6);
    }

    private static double median(List<CampaignResult> results) {
        return results.getFirst().measurements().getFirst().summary().median();
    }

    /** Those that have begun are never more than one apart; one of two may not have said so yet. */
    @Test
    void twoAtATimeStillAlternate() throws Exception {
        run(fake("A", 30), fake("B", 40), 2, 5);
        int ahead = 0;
        for (String name : order) {
            ahead += name.equals("A") ? 1 : -1;
            assertThat(Math.abs(ahead)).as("%s", order).isLessThanOrEqualTo(2);
        }
        assertThat(ahead).isZero();
    }

    @Test
    void whoFailsDoesNotHoldTheOtherUp() throws Exception {
        FakeTarget broken = fake("A", 30).failing(1, BootOutcome.Failure.PANIC, "on purpose");
        List<List<CampaignResult>> results = run(broken, fake("B", 40), 1, 7);
        assertThat(results.get(0)).isEmpty();
        assertThat(results.get(1).getFirst().boots()).hasSize(8);
    }
}
