package org.feuerprobe.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.feuerprobe.guest.BootOutcome.Failure.HANG;
import static org.feuerprobe.guest.BootOutcome.Failure.PANIC;
import static org.feuerprobe.guest.BootOutcome.Failure.RESET;
import static org.feuerprobe.guest.BootOutcome.Failure.TIME_LIMIT;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.FakeTarget;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CampaignTests {
    private static final Benchmark ALLOC = benchmark("alloc/full", "alloc");
    private static final Benchmark LOOKUP = benchmark("lookup/random", "lookup");
    private static final Plan PLAN =
            GridPlanner.plan(List.of(ALLOC, LOOKUP), new Effort(3, 0, 2, 1), 100);

    @Test
    void readsTheCatalogueInOneBoot() throws CampaignException, InterruptedException {
        FakeTarget target = new FakeTarget(List.of(ALLOC, LOOKUP), _ -> 1);
        assertThat(new Campaign(target, 2).catalogue()).containsExactly(ALLOC, LOOKUP);
        assertThat(target.boots()).isEqualTo(1);
    }

    @Test
    void bootsOncePerSeedAndOnceMoreWithTheFirst() throws CampaignException, InterruptedException {
        FakeTarget target = fake(call -> call.at("N") + call.seed());
        CampaignResult result = new Campaign(target, 2).run(PLAN, 3, CampaignProgress.none());
        assertThat(target.boots()).isEqualTo(4);
        assertThat(result.boots())
                .extracting(CampaignResult.Boot::seed)
                .containsExactly(100L, 100L, 101L, 102L);
        assertThat(result.boots())
                .extracting(CampaignResult.Boot::number)
                .containsExactly(0, 1, 2, 3);
        assertThat(result.boots().getFirst().calibration()).containsExactly(20, 20);
        assertThat(result.boots().getFirst().ticks()).isEqualTo(123_456);
        assertThat(result.plan()).isEqualTo(PLAN);
        assertThat(result.kernel().name()).isEqualTo("FeuerBird");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "5, 1", "2, 3", "5, 3"})
    void aRecordingGivesEveryBootThatItHolds(int recorded, int seeds)
            throws CampaignException, InterruptedException {
        FakeTarget target = fake(call -> call.at("N")).recording(recorded);
        CampaignResult result = new Campaign(target, 2).run(PLAN, seeds, CampaignProgress.none());

        assertThat(result.measurements()).isNotEmpty();
        assertThat(result.measurements()).allSatisfy(m -> assertThat(m.boots()).hasSize(recorded));
    }

    /** What a clock timed stands beside exact counts, and takes nothing of their exactness. */
    @Test
    void whatAnotherTargetMeasuredStandsBesideCounts()
            throws CampaignException, InterruptedException {
        CampaignResult counts =
                new Campaign(fake(call -> call.at("N")), 1).run(PLAN, 2, CampaignProgress.none());
        CampaignResult times =
                new Campaign(fake(call -> call.boot()).inexact(), 1)
                        .run(PLAN, 2, CampaignProgress.none());

        CampaignResult both = counts.joinedWith(times);

        assertThat(counts.exact()).isTrue();
        assertThat(times.exact()).isFalse();
        assertThat(both.exact()).isTrue();
        assertThat(both.repetition()).isEqualTo(counts.repetition());
        assertThat(both.plan()).isEqualTo(counts.plan());
        assertThat(both.measurements()).isEqualTo(counts.measurements());
        assertThat(both.counted()).hasSameSizeAs(times.measurements());
        assertThat(both.boots())
                .extracting(CampaignResult.Boot::number)
                .containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(both.counted().getFirst().boots())
                .extracting(BootSamples::boot)
                .containsExactly(3, 5);
        assertThat(both.counted().getFirst().boots().getFirst().operation())
                .isEqualTo(times.measurements().getFirst().boots().getFirst().operation());
    }

    @Test
    void countsTheRepetitionForProofAndNotForEvidence()
            throws CampaignException, InterruptedException {
        FakeTarget target = fake(call -> call.at("N") + call.seed());
        CampaignResult result = new Campaign(target, 1).run(PLAN, 2, CampaignProgress.none());
        assertThat(result.measurements()).hasSize(4);
        Measurement first = result.measurements().getFirst();
        assertThat(first.boots()).extracting(BootSamples::boot).containsExactly(0, 2);
        assertThat(first.boots()).extracting(BootSamples::seed).containsExactly(100L, 101L);
        assertThat(first.point().values()).containsExactly(101, 101, 101, 102, 102, 102);
        assertThat(first.target()).isEqualTo("fake");
        assertThat(first.metric()).isEqualTo("instructions");
        assertThat(first.operation()).isEqualTo("alloc");
        assertThat(first.benchmark()).isEqualTo("alloc/full");
        assertThat(first.parameters()).isEqualTo(Map.of("N", 1L));
    }

    @Test
    void findsThatCountsRepeat() throws CampaignException, InterruptedException {
        CampaignResult result = new Campaign(fake(_ -> 5), 2).run(PLAN, 1, CampaignProgress.none());
        assertThat(result.repetition()).isEqualTo(new CampaignResult.Repetition(100, 24, ""));
        assertThat(result.repetition().identical()).isTrue();
        assertThat(result.exact()).isTrue();
    }

    @Test
    void findsTheFirstEntryThatDoesNotRepeat() throws CampaignException, InterruptedException {
        FakeTarget target =
                fake(call ->
                        call.benchmark().equals("lookup/random")
                                        && call.boot() == 1
                                        && call.sample() == 2
                                ? 6
                                : 5);
        CampaignResult result = new Campaign(target, 2).run(PLAN, 1, CampaignProgress.none());
        assertThat(result.repetition())
                .isEqualTo(
                        new CampaignResult.Repetition(
                                100, 12, "values of lookup/random N=1 differ"));
        assertThat(result.exact()).isFalse();
    }

    @Test
    void anotherSeedMayGiveOtherValues() throws CampaignException, InterruptedException {
        CampaignResult result =
                new Campaign(fake(FakeTarget.Call::seed), 2).run(PLAN, 2, CampaignProgress.none());
        assertThat(result.repetition().identical()).isTrue();
    }

    @Test
    void neverCallsAnInexactTargetExact() throws CampaignException, InterruptedException {
        CampaignResult result =
                new Campaign(fake(_ -> 5).inexact(), 2).run(PLAN, 1, CampaignProgress.none());
        assertThat(result.repetition().identical()).isTrue();
        assertThat(result.exact()).isFalse();
    }

    /** To hear the same boot twice shows nothing; two boots of a recording may be held together. */
    @Test
    void aRecordingsFirstBootIsHeldAgainstItsSecond()
            throws CampaignException, InterruptedException {
        FakeTarget differing = fake(call -> Math.max(1, call.boot())).recording(2);
        CampaignResult.Repetition apart =
                new Campaign(differing, 1).run(PLAN, 3, CampaignProgress.none()).repetition();
        assertThat(apart.recorded()).isTrue();
        assertThat(apart.difference()).isEqualTo("values of alloc/full N=1 differ");

        FakeTarget same = fake(_ -> 5).recording(2);
        assertThat(new Campaign(same, 1).run(PLAN, 3, CampaignProgress.none()).repetition())
                .isEqualTo(new CampaignResult.Repetition(100, 24, "", true));
    }

    @Test
    void aRecordingOfOneBootRepeatsNothing() throws CampaignException, InterruptedException {
        CampaignResult.Repetition nothing =
                new Campaign(fake(_ -> 5).recording(1), 1)
                        .run(PLAN, 3, CampaignProgress.none())
                        .repetition();
        assertThat(nothing).isEqualTo(new CampaignResult.Repetition(100, 0, "", true));
        assertThat(nothing.compared()).isFalse();
    }

    @Test
    void whereNothingWasMeasuredNothingWasCompared()
            throws CampaignException, InterruptedException {
        FakeTarget target =
                fake(_ -> 5).withoutEffect("alloc/full", "no").withoutEffect("lookup/random", "no");
        assertThat(
                        new Campaign(target, 1)
                                .run(PLAN, 1, CampaignProgress.none())
                                .repetition()
                                .compared())
                .isFalse();
    }

    @Test
    void rejectsAnEntryWithoutEffectAndKeepsTheOthers()
            throws CampaignException, InterruptedException {
        FakeTarget target = fake(_ -> 5).withoutEffect("alloc/full", "entry was not taken");
        CampaignResult result = new Campaign(target, 2).run(PLAN, 1, CampaignProgress.none());
        assertThat(result.measurements())
                .hasSize(2)
                .extracting(Measurement::operation)
                .containsOnly("lookup");
        assertThat(result.rejected()).hasSize(2);
        assertThat(result.failures())
                .isEqualTo(
                        Map.of(
                                "alloc",
                                "alloc/full N=1: the operation's effect did not take place: entry was not taken"));
        assertThat(result.repetition().values()).isEqualTo(12);
    }

    @Test
    void saysNothingMoreWhereTheKernelGaveNoMessage()
            throws CampaignException, InterruptedException {
        FakeTarget target = fake(_ -> 5).withoutEffect("alloc/full", "");
        CampaignResult result = new Campaign(target, 2).run(PLAN, 1, CampaignProgress.none());
        assertThat(result.rejected().getFirst().reason())
                .isEqualTo("the operation's effect did not take place");
    }

    @Test
    void endsWithTheFirstFailedBootAndNamesIt() {
        FakeTarget target =
                fake(_ -> 5)
                        .failing(2, BootOutcome.Failure.PANIC, "page fault (cpu 0)")
                        .troubledBy(boot -> new CountDownLatch(boot > 2 ? 1 : 0).await());
        assertThatExceptionOfType(CampaignException.class)
                .isThrownBy(() -> new Campaign(target, 1).run(PLAN, 5, CampaignProgress.none()))
                .withMessage("boot 2 failed: PANIC: page fault (cpu 0) (the kernel panicked)")
                .satisfies(e ->
                        assertThat(e.failure().failure()).isEqualTo(BootOutcome.Failure.PANIC));
        assertThat(target.boots()).isBetween(3, 4);
    }

    @Test
    void keepsWhatFailedBootsHadFinished() throws CampaignException, InterruptedException {
        FakeTarget target =
                fake(call -> call.at("N"))
                        .failingAfter(3, 0, BootOutcome.Failure.RESET, "exit status 0")
                        .failingAfter(3, 1, BootOutcome.Failure.RESET, "exit status 0");
        CampaignResult result = new Campaign(target, 2).run(PLAN, 1, CampaignProgress.none());

        assertThat(PLAN.entries()).hasSize(4);
        assertThat(result.measurements())
                .extracting(Measurement::benchmark)
                .containsExactly("alloc/full", "alloc/full", "lookup/random");
        assertThat(result.rejected())
                .extracting(CampaignResult.Rejected::toString)
                .containsExactly(
                        "lookup/random N=64: boot 0 failed: RESET: exit status 0 (the machine reset (a triple fault or a reboot) or switched itself off)");
        assertThat(result.exact()).isTrue();
        assertThat(result.repetition().values()).isEqualTo(18);
    }

    /** Two boots that ended at different times do not differ in what both had finished. */
    @Test
    void namesEachBenchmarkThatAFailedBootDidNotReach()
            throws CampaignException, InterruptedException {
        FakeTarget target =
                fake(call -> call.at("N"))
                        .failingAfter(1, 1, BootOutcome.Failure.TIME_LIMIT, "not finished");
        CampaignResult result = new Campaign(target, 2).run(PLAN, 1, CampaignProgress.none());

        assertThat(result.measurements())
                .extracting(Measurement::benchmark)
                .containsExactly("alloc/full");
        assertThat(result.rejected())
                .extracting(CampaignResult.Rejected::toString)
                .containsExactly(
                        "alloc/full N=64: boot 1 failed: TIME_LIMIT: not finished (the boot's time limit ended, and the kernel was still making progress)",
                        "lookup/random: the failed boot did not reach 2 of its points");
        assertThat(result.repetition().identical()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void onlyFailuresThatLeaveValuesGoodKeepThem(BootOutcome.Failure failure) {
        FakeTarget target = fake(_ -> 5).failingAfter(3, 0, failure, "bad");
        Campaign campaign = new Campaign(target, 1);

        if (Set.of(PANIC, RESET, HANG, TIME_LIMIT).contains(failure)) {
            assertThatNoException()
                    .isThrownBy(() -> campaign.run(PLAN, 1, CampaignProgress.none()));
        } else {
            assertThatExceptionOfType(CampaignException.class)
                    .isThrownBy(() -> campaign.run(PLAN, 1, CampaignProgress.none()))
                    .withMessage(
                            "boot 0 failed: %s: bad (%s)".formatted(failure, failure.meaning()));
        }
    }

    /** A comparison of two kernels must not see a kernel that fails as one with fewer points. */
    @Test
    void aFailedCatalogueNamesTheBootToo() {
        FakeTarget target = fake(_ -> 5).failing(0, BootOutcome.Failure.MISSING, "no image");
        assertThatExceptionOfType(CampaignException.class)
                .isThrownBy(() -> new Campaign(target, 1).catalogue())
                .withMessage(
                        "boot 0 failed: MISSING: no image (something that the boot needs is missing)");
    }

    @Test
    void interruptsTheOtherBootsWhenOneFails() {
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch waiting = new CountDownLatch(1);
        FakeTarget target =
                fake(_ -> 5)
                        .failing(1, BootOutcome.Failure.DIED, "killed")
                        .troubledBy(boot -> {
                            if (boot == 1) {
                                waiting.await();
                                return;
                            }
                            waiting.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.set(true);
                                throw e;
                            }
                        });
        assertThatExceptionOfType(CampaignException.class)
                .isThrownBy(() -> new Campaign(target, 2).run(PLAN, 1, CampaignProgress.none()))
                .withMessage("boot 1 failed: DIED: killed (the boot ended before it was complete)");
        assertThat(interrupted).isTrue();
    }

    @Test
    void anInterruptionEndsAllBootsBeforeItReturns() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(2);
        FakeTarget target =
                fake(_ -> 5)
                        .troubledBy(_ -> {
                            running.incrementAndGet();
                            begun.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } finally {
                                running.decrementAndGet();
                            }
                        });
        AtomicBoolean ended = new AtomicBoolean();
        Thread campaign =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                new Campaign(target, 2).run(PLAN, 3, CampaignProgress.none());
                            } catch (InterruptedException e) {
                                ended.set(running.get() == 0);
                            } catch (CampaignException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        begun.await();
        campaign.interrupt();
        campaign.join();
        assertThat(ended).isTrue();
    }

    @Test
    void tellsItsProgress() throws CampaignException, InterruptedException {
        AtomicInteger boots = new AtomicInteger();
        AtomicInteger entries = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicLong lastEntry = new AtomicLong();
        new Campaign(fake(_ -> 5), 2)
                .run(
                        PLAN,
                        2,
                        new CampaignProgress() {
                            @Override
                            public void begin(int b, int e) {
                                boots.set(b);
                                entries.set(e);
                            }

                            @Override
                            public void entries(int boot, long finished) {
                                lastEntry.accumulateAndGet(finished, Math::max);
                            }

                            @Override
                            public void bootDone() {
                                done.incrementAndGet();
                            }
                        });
        assertThat(boots).hasValue(3);
        assertThat(entries).hasValue(4);
        assertThat(done).hasValue(3);
        assertThat(lastEntry).hasValue(4);
    }

    private static FakeTarget fake(FakeTarget.Cost cost) {
        return new FakeTarget(List.of(ALLOC, LOOKUP), cost);
    }

    private static Benchmark benchmark(String name, String operation) {
        return new Benchmark(
                name,
                operation,
                0,
                false,
                1,
                List.of(new Benchmark.Parameter("N", 1, 64)),
                "it happened");
    }
}
