package org.feuerprobe.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.feuerprobe.guest.KernelFixture;
import org.feuerprobe.guest.LibosBoot;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.schedule.Analysis;
import org.feuerprobe.schedule.Job;
import org.feuerprobe.schedule.KernelCosts;
import org.feuerprobe.schedule.Policy;
import org.feuerprobe.schedule.Section;
import org.feuerprobe.schedule.Task;
import org.feuerprobe.schedule.TaskSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sets that run on the scheduler in ring 3: no job takes longer than the analysis computed. */
@Tag("boots")
final class TrialTests {
    /** {@code make test-real-time} takes more. */
    private static final int SETS = Integer.getInteger("sets", 6);

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final long SHORTEST = 20_000;

    private static Trial.Machine machine() throws Exception {
        return Trial.machine(
                new LibosBoot("qemu-system-x86_64", KernelFixture.image(), 256, LIMIT));
    }

    /** UUniFast (Bini and Buttazzo 2005), with log-uniform periods of 20,000 to 500,000. */
    private static TaskSet random(SplittableRandom random, Policy policy, int count, boolean hard) {
        double left = 0.3 + 0.6 * random.nextDouble();
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double rest =
                    i == count - 1
                            ? 0
                            : left * Math.pow(random.nextDouble(), 1.0 / (count - 1 - i));
            long period = (long) (SHORTEST * Math.pow(25, random.nextDouble())) / 1000 * 1000;
            long cost = Math.max(500, (long) ((left - rest) * period));
            left = rest;
            long deadline =
                    random.nextBoolean()
                            ? period
                            : cost + (long) ((period - cost) * (0.5 + random.nextDouble()));
            Task task = Task.periodic("t" + i, cost, period, deadline);
            if (hard) {
                task = task.withJitter(random.nextLong(period / 5));
                long at = random.nextLong(cost - 1);
                long length = 1 + random.nextLong(Math.min(cost - at, 8000));
                task = task.withSections(List.of(new Section("r" + i % 2, at, length)));
            }
            tasks.add(task);
        }
        return new TaskSet(policy, KernelCosts.NONE, tasks);
    }

    @Test
    void noJobOfARandomSetTakesLongerThanComputed() throws Exception {
        Trial.Machine machine = machine();
        SplittableRandom random = new SplittableRandom(20261130);
        int accepted = 0;
        int refused = 0;
        int inVain = 0;
        for (int n = 0; n < SETS; n++) {
            TaskSet set = random(random, n % 2 == 0 ? Policy.FP : Policy.EDF, 2 + n % 5, n % 4 > 1);
            Trial trial = Trial.of(set, machine);
            long misses = trial.tasks().stream().mapToLong(Trial.Observed::misses).sum();
            assertThat(trial.refuted()).as(set.toString()).isEmpty();
            if (trial.analysis().kept()) {
                assertThat(misses).as(set.toString()).isZero();
                accepted++;
            } else {
                refused++;
                inVain += trial.runs() > 0 && misses == 0 ? 1 : 0;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d sets: %d accepted, none of which missed; %d refused, %d of them missed in no run%n",
                SETS,
                accepted,
                refused,
                inVain);
        assertThat(accepted).isPositive();
    }

    /** Its budget ends a job that takes six times its cost, and the others do not notice. */
    @Test
    void anOverrunHurtsOnlyItself() throws Exception {
        for (Policy policy : Policy.values()) {
            TaskSet set =
                    new TaskSet(
                            policy,
                            KernelCosts.NONE,
                            List.of(
                                    Task.periodic("wild", 5_000, 50_000, 40_000),
                                    Task.periodic("tame", 30_000, 100_000, 100_000)));
            Trial.Machine machine = machine();
            Calibration calibration = new Calibration(2);
            RunPlan measuring = calibration.plan(policy);
            KernelCosts costs =
                    calibration.costs(
                            RunLog.read(measuring, machine.boot(measuring.bytes())).orElseThrow());
            Analysis analysis = Analysis.of(set.with(costs));
            List<Job> jobs = new ArrayList<>();
            for (long at = 0; at < 1_000_000; at += 50_000) {
                jobs.add(new Job(0, at, at, 30_000));
                if (at % 100_000 == 0) {
                    jobs.add(new Job(1, at, at, 30_000));
                }
            }
            RunPlan plan =
                    new RunPlan(
                            analysis.set(),
                            List.of(jobs),
                            Calibration.SLACK,
                            costs.release(),
                            false);

            List<RunLog.Ran> ran = RunLog.read(plan, machine.boot(plan.bytes())).orElseThrow();

            assertThat(ran).allMatch(job -> job.overrun() == (job.job().task() == 0));
            for (RunLog.Ran job : ran) {
                assertThat(job.response())
                        .as("%s %s", policy, job)
                        .isLessThanOrEqualTo(
                                analysis.results().get(job.job().task()).response().orElseThrow());
            }
        }
    }

    /** An analysis that computes too little is refuted: the check has teeth. */
    @Test
    void costsThatAreTooSmallAreRefuted() throws Exception {
        TaskSet set =
                new TaskSet(
                        Policy.FP,
                        KernelCosts.NONE,
                        List.of(
                                Task.periodic("a", 5_000, 50_000, 50_000),
                                Task.periodic("b", 30_000, 100_000, 100_000)));
        Analysis free = Analysis.of(set);
        RunPlan plan =
                new RunPlan(
                        free.set(),
                        List.of(List.of(new Job(0, 0, 0, 5_000), new Job(1, 0, 0, 30_000))),
                        Calibration.SLACK,
                        0,
                        false);

        Trial trial =
                Trial.judge(
                        free,
                        plan,
                        100_000,
                        RunLog.read(plan, machine().boot(plan.bytes())).orElseThrow());

        assertThat(trial.kept()).isFalse();
        assertThat(trial.refuted())
                .hasSize(2)
                .first()
                .asString()
                .matches(
                        "run 0: the job of a that arrived at 0 took 5,[0-9]{3}; the computed response is 5,000");
    }

    @Test
    void whatTheSchedulerHasNoRoomFor() {
        List<Task> many = new ArrayList<>();
        for (int i = 0; i < 33; i++) {
            many.add(Task.periodic("t" + i, 1, 1000, 1000));
        }
        assertThatThrownBy(() ->
                        Trial.of(new TaskSet(Policy.EDF, KernelCosts.NONE, many), module -> ""))
                .isInstanceOf(LabException.class)
                .hasMessage(
                        "33 tasks: the scheduler runs at most 32; --paper decides without running");
        assertThatThrownBy(() ->
                        Trial.of(
                                new TaskSet(Policy.EDF, KernelCosts.NONE, many.subList(0, 2)),
                                module -> "rt 0 0 1 2 0\n"))
                .isInstanceOf(LabException.class)
                .hasMessage("the real-time run did not report all its jobs");
    }
}
