package org.feuerprobe.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The exact schedule of given jobs. The simulation goes from event to event: releases, beginnings
 * and ends of sections, ends of jobs. A job starts only if it is more urgent than the ceiling of
 * every resource that another job holds (immediate ceiling, stack resource policy).
 */
public final class Simulation {
    private final TaskSet set;
    private final List<Job> plan;
    private final List<Running> ready = new ArrayList<>();
    private final List<Finished> finished = new ArrayList<>();
    private final List<Slice> slices = new ArrayList<>();
    private long now;
    private long system;
    private int next;

    private Simulation(TaskSet set, List<Job> jobs) {
        this.set = set;
        this.plan =
                jobs.stream()
                        .sorted(
                                Comparator.comparingLong(Job::release)
                                        .thenComparingLong(Job::arrival))
                        .toList();
    }

    /** A job's schedule. */
    public record Finished(Job job, long end) {
        public long response() {
            return end - job.arrival();
        }
    }

    /**
     * A time for which one job ran.
     *
     * @param task place of its task in the set, or -1: the system
     * @param resource what it held; empty: nothing
     */
    public record Slice(int task, long from, long to, Optional<String> resource) {}

    /** All jobs with their ends, and who ran when. */
    public record Schedule(List<Finished> jobs, List<Slice> slices) {
        public Schedule {
            jobs = List.copyOf(jobs);
            slices = List.copyOf(slices);
        }
    }

    private static final class Running {
        private final Job job;
        private final long need;
        private long done;
        private boolean started;

        private Running(Job job, long need) {
            this.job = job;
            this.need = need;
        }
    }

    /** Simulates until all jobs have ended. Under fixed priorities each task has its own. */
    public static Schedule of(TaskSet set, List<Job> jobs) {
        Simulation simulation = new Simulation(set, jobs);
        simulation.run();
        return new Schedule(simulation.finished, simulation.slices);
    }

    private void run() {
        while (true) {
            for (; next < plan.size() && plan.get(next).release() <= now; next++) {
                Job job = plan.get(next);
                ready.add(new Running(job, job.cost() + set.costs().completion()));
                system += set.costs().release();
            }
            long limit = next < plan.size() ? plan.get(next).release() : Long.MAX_VALUE;
            if (system > 0) {
                long end = Math.min(limit, now + system);
                slice(-1, end, Optional.empty());
                system -= end - now;
                now = end;
                continue;
            }
            Optional<Running> chosen = choose();
            if (chosen.isEmpty()) {
                if (limit == Long.MAX_VALUE) {
                    return;
                }
                now = limit;
                continue;
            }
            execute(chosen.get(), limit);
        }
    }

    private void execute(Running job, long limit) {
        job.started = true;
        Optional<Section> held = held(job);
        long part = job.need;
        if (held.isPresent()) {
            part = held.get().end();
        } else {
            for (Section section : set.tasks().get(job.job.task()).sections()) {
                if (section.at() > job.done) {
                    part = Math.min(part, section.at());
                }
            }
        }
        long end = Math.min(limit, now + Math.min(part, job.need) - job.done);
        slice(job.job.task(), end, held.map(Section::resource));
        job.done += end - now;
        now = end;
        if (job.done == job.need) {
            ready.remove(job);
            finished.add(new Finished(job.job, now));
        }
    }

    private void slice(int task, long to, Optional<String> resource) {
        if (to == now) {
            return;
        }
        Slice last = slices.isEmpty() ? null : slices.getLast();
        if (last != null
                && last.to() == now
                && last.task() == task
                && last.resource().equals(resource)) {
            slices.set(slices.size() - 1, new Slice(task, last.from(), to, resource));
        } else {
            slices.add(new Slice(task, now, to, resource));
        }
    }

    /** The section in which a job is, if it has begun it. */
    private Optional<Section> held(Running job) {
        return set.tasks().get(job.job.task()).sections().stream()
                .filter(section -> section.at() <= job.done && job.done < section.end())
                .filter(section -> job.started && job.done < job.need)
                .findFirst();
    }

    /** The most urgent job that has started, or may start. */
    private Optional<Running> choose() {
        Running best = null;
        for (Running job : ready) {
            if ((job.started || mayStart(job)) && (best == null || before(job, best))) {
                best = job;
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean mayStart(Running job) {
        for (Running other : ready) {
            if (other == job || !other.started) {
                continue;
            }
            Optional<Section> held = held(other);
            if (held.isPresent() && !above(job.job.task(), held.get().resource())) {
                return false;
            }
        }
        return true;
    }

    /** Whether a task is more urgent than every user of the resource. */
    private boolean above(int task, String resource) {
        Task own = set.tasks().get(task);
        return set.tasks().stream()
                .filter(user ->
                        user.sections().stream()
                                .anyMatch(section -> section.resource().equals(resource)))
                .allMatch(user ->
                        switch (set.policy()) {
                            case FP -> own.priority().orElseThrow() > user.priority().orElseThrow();
                            case EDF -> own.shortestDeadline() < user.shortestDeadline();
                        });
    }

    private boolean before(Running a, Running b) {
        return switch (set.policy()) {
            case FP -> rank(a) != rank(b) ? rank(a) > rank(b) : first(a, b);
            case EDF -> deadline(a) != deadline(b) ? deadline(a) < deadline(b) : first(a, b);
        };
    }

    private int rank(Running job) {
        return set.tasks().get(job.job.task()).priority().orElseThrow();
    }

    private long deadline(Running job) {
        return job.job.arrival() + set.tasks().get(job.job.task()).deadline();
    }

    private static boolean first(Running a, Running b) {
        return a.job.arrival() < b.job.arrival();
    }
}
