package org.feuerprobe.realtime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.feuerprobe.guest.KernelBuilder;
import org.feuerprobe.guest.LibosBoot;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.schedule.Analysis;
import org.feuerprobe.schedule.Job;
import org.feuerprobe.schedule.KernelCosts;
import org.feuerprobe.schedule.Task;
import org.feuerprobe.schedule.TaskSet;

/**
 * A set that was analysed with the costs of our kernel and scheduler, and run on them.
 *
 * @param analysis the answer on paper, with measured costs
 * @param tasks what was observed of each task; empty if the set was not run
 * @param jobs every job that ran
 * @param runs how many runs there were
 * @param horizon how long releases went on in each run
 * @param refuted jobs that the analysis had excluded: each is a defect of this program
 */
public record Trial(
        Analysis analysis,
        List<Observed> tasks,
        List<Done> jobs,
        int runs,
        long horizon,
        List<String> refuted) {
    /** The kernel's own limit (bounds/feuerbird.yaml). */
    private static final long MASKED = 2000;

    private static final int MEBIBYTES = 256;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int RANDOM = 12;
    private static final long SEED = 20261130;
    private static final int MOST_REFUTED = 10;

    public Trial {
        tasks = List.copyOf(tasks);
        jobs = List.copyOf(jobs);
        refuted = List.copyOf(refuted);
    }

    /**
     * What was observed of a task.
     *
     * @param response the longest time from arrival to end
     * @param start the longest time from arrival to the first instruction
     * @param jitter the difference between the longest and the shortest response
     */
    public record Observed(long jobs, long response, long start, long jitter, long misses) {}

    /**
     * A job that ran.
     *
     * @param run number of the run; 0 is the critical instant
     * @param overrun whether its budget ended it
     */
    public record Done(int run, Job job, long start, long end, boolean overrun) {}

    /** Boots with a module; returns the text of the console. */
    @FunctionalInterface
    public interface Machine {
        /** Boots once. */
        String boot(byte[] module) throws LabException, InterruptedException;
    }

    /** The emulated machine. */
    static Machine machine(LibosBoot boot) {
        return module -> {
            StringBuilder console = new StringBuilder();
            try {
                String failure = boot.run(module, 1, false, value -> console.append((char) value));
                if (!failure.isEmpty()) {
                    throw LabException.targetFailed(
                            "the real-time run failed: %s; the kernel's last line: %s"
                                    .formatted(
                                            failure,
                                            console.toString().lines().reduce("", (_, b) -> b)));
                }
            } catch (IOException e) {
                throw LabException.targetFailed(String.valueOf(e.getMessage()));
            }
            return console.toString();
        };
    }

    /** A set that is only analysed, with the costs in its file. */
    public static Trial onPaper(TaskSet set) {
        return new Trial(Analysis.of(set), List.of(), List.of(), 0, 0, List.of());
    }

    /** Whether the set is schedulable, and no run refuted that. */
    public boolean kept() {
        return analysis.kept() && refuted.isEmpty();
    }

    /** Our kernel in the emulator. */
    public static Machine machine(Places places) throws LabException, InterruptedException {
        try {
            return machine(
                    new LibosBoot(
                            places.emulator(),
                            new KernelBuilder(places.exokernel()).build(List.of()),
                            MEBIBYTES,
                            LIMIT));
        } catch (IOException e) {
            throw LabException.targetFailed(String.valueOf(e.getMessage()));
        }
    }

    /** Measures the costs, analyses the set with them, and runs it. */
    public static Trial of(TaskSet set, Machine machine) throws LabException, InterruptedException {
        requireRoom(set);
        Calibration calibration = new Calibration(set.tasks().size());
        RunPlan measuring = calibration.plan(set.policy());
        KernelCosts costs = calibration.costs(ran(measuring, machine));
        return of(set, costs, RANDOM, SEED, machine);
    }

    /** Analyses a set with these costs, and runs it. */
    static Trial of(TaskSet set, KernelCosts costs, int random, long seed, Machine machine)
            throws LabException, InterruptedException {
        Analysis analysis = Analysis.of(set.with(larger(set.costs(), costs)));
        TaskSet analysed = analysis.set();
        if (analysed.share().tooMuch()) {
            return new Trial(analysis, List.of(), List.of(), 0, 0, List.of());
        }
        Phasings phasings = new Phasings(analysed, costs.release() + costs.completion());
        RunPlan plan =
                new RunPlan(
                        analysed,
                        phasings.runs(random, seed),
                        Calibration.SLACK,
                        costs.release(),
                        true);
        return judge(analysis, plan, phasings.horizon(), ran(plan, machine));
    }

    private static KernelCosts larger(KernelCosts given, KernelCosts measured) {
        return new KernelCosts(
                Math.max(given.release(), measured.release()),
                Math.max(given.completion(), measured.completion()),
                Math.max(given.masked(), MASKED));
    }

    private static void requireRoom(TaskSet set) throws LabException {
        if (set.tasks().size() > RunPlan.MOST_TASKS) {
            throw LabException.wrongUse(
                    "%d tasks: the scheduler runs at most %d; --paper decides without running"
                            .formatted(set.tasks().size(), RunPlan.MOST_TASKS));
        }
        for (Task task : set.tasks()) {
            if (task.sections().size() > RunPlan.MOST_SECTIONS) {
                throw LabException.wrongUse(
                        "task %s has %d sections: the scheduler runs at most %d; --paper decides without running"
                                .formatted(
                                        task.name(),
                                        task.sections().size(),
                                        RunPlan.MOST_SECTIONS));
            }
        }
    }

    private static List<RunLog.Ran> ran(RunPlan plan, Machine machine)
            throws LabException, InterruptedException {
        return RunLog.read(plan, machine.boot(plan.bytes()))
                .orElseThrow(() ->
                        LabException.targetFailed("the real-time run did not report all its jobs"));
    }

    static Trial judge(Analysis analysis, RunPlan plan, long horizon, List<RunLog.Ran> ran) {
        List<Observed> observed = new ArrayList<>();
        List<String> refuted = new ArrayList<>();
        for (int i = 0; i < plan.set().tasks().size(); i++) {
            int place = i;
            Analysis.Result result = analysis.results().get(i);
            List<RunLog.Ran> own = ran.stream().filter(job -> job.job().task() == place).toList();
            long longest = own.stream().mapToLong(RunLog.Ran::response).max().orElse(0);
            long shortest = own.stream().mapToLong(RunLog.Ran::response).min().orElse(0);
            observed.add(
                    new Observed(
                            own.size(),
                            longest,
                            own.stream()
                                    .mapToLong(job -> job.start() - job.job().arrival())
                                    .max()
                                    .orElse(0),
                            longest - shortest,
                            own.stream()
                                    .filter(job -> job.response() > result.task().deadline())
                                    .count()));
            own.stream()
                    .filter(job -> job.job().cost() <= result.task().cost())
                    .filter(job -> isExcluded(job, result))
                    .limit(MOST_REFUTED)
                    .forEach(job -> refuted.add(refutation(job, result)));
        }
        return new Trial(
                analysis,
                observed,
                ran.stream()
                        .map(job ->
                                new Done(
                                        job.run(),
                                        job.job(),
                                        job.start(),
                                        job.end(),
                                        job.overrun()))
                        .toList(),
                plan.runs().size(),
                horizon,
                refuted);
    }

    /** Whether a job took longer than was computed, or was ended although it kept its cost. */
    private static boolean isExcluded(RunLog.Ran job, Analysis.Result result) {
        return job.overrun()
                || (result.response().isPresent()
                        && job.response() > result.response().getAsLong());
    }

    private static String refutation(RunLog.Ran job, Analysis.Result result) {
        return String.format(
                Locale.ROOT,
                "run %d: the job of %s that arrived at %,d took %,d%s; %s",
                job.run(),
                result.task().name(),
                job.job().arrival(),
                job.response(),
                job.overrun() ? " and was ended for its budget" : "",
                result.response().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "the computed response is %,d",
                                result.response().getAsLong())
                        : "no response is computed");
    }
}
