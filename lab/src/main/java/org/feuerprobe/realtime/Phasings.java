package org.feuerprobe.realtime;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.feuerprobe.schedule.Job;
import org.feuerprobe.schedule.Section;
import org.feuerprobe.schedule.Task;
import org.feuerprobe.schedule.TaskSet;

/**
 * The runs of a set: the critical instant, in which all tasks are released at once and as late as
 * their jitter permits; for each section, the moment in which it has just begun; and random
 * phasings, with random jitter, and random gaps of sporadic tasks.
 */
final class Phasings {
    private static final long LONGEST = 4_000_000;
    private static final int MOST_JOBS = 1_500;
    private static final int MOST_SECTIONS = 24;

    private final TaskSet set;
    private final long entry;
    private final long horizon;

    /**
     * Phasings of a set.
     *
     * @param entry how long after its release a job has begun at the latest, if nothing else runs
     */
    Phasings(TaskSet set, long entry) {
        this.set = set;
        this.entry = entry;
        this.horizon = horizon(set);
    }

    /** How long releases go on in each run: the hyperperiod, or what can be emulated. */
    long horizon() {
        return horizon;
    }

    private static long horizon(TaskSet set) {
        BigInteger common = BigInteger.ONE;
        BigInteger limit = BigInteger.valueOf(LONGEST);
        double rate = 0;
        for (Task task : set.tasks()) {
            BigInteger period = BigInteger.valueOf(task.period());
            common = common.multiply(period).divide(common.gcd(period)).min(limit);
            rate += 1.0 / task.period();
        }
        return Math.min(common.longValueExact(), (long) (MOST_JOBS / rate));
    }

    /** All runs, the critical instant first. */
    List<List<Job>> runs(int random, long seed) {
        List<List<Job>> runs = new ArrayList<>();
        runs.add(latest(new long[set.tasks().size()]));
        for (int low = 0; low < set.tasks().size(); low++) {
            for (Section section : set.tasks().get(low).sections()) {
                if (runs.size() <= MOST_SECTIONS) {
                    runs.add(latest(behind(low, section)));
                }
            }
        }
        SplittableRandom generator = new SplittableRandom(seed);
        for (int i = 0; i < random; i++) {
            runs.add(i % 2 == 0 ? latest(offsets(generator)) : anyhow(generator));
        }
        return runs;
    }

    /** Offsets with which all other tasks come when a section has just begun. */
    private long[] behind(int low, Section section) {
        long[] offsets = new long[set.tasks().size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = i == low ? 0 : section.at() + Math.min(entry, section.end());
        }
        return offsets;
    }

    private long[] offsets(SplittableRandom random) {
        return set.tasks().stream().mapToLong(task -> random.nextLong(task.period())).toArray();
    }

    /** First jobs are released at these times, as late as they can be, and the next as early. */
    private List<Job> latest(long[] offsets) {
        long shift = set.tasks().stream().mapToLong(Task::jitter).max().orElse(0);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < offsets.length; i++) {
            Task task = set.tasks().get(i);
            long first = shift + offsets[i];
            long arrival = first - task.jitter();
            for (long end = arrival + horizon; arrival < end; arrival += task.period()) {
                jobs.add(new Job(i, arrival, Math.max(arrival, first), task.cost()));
            }
        }
        return jobs;
    }

    private List<Job> anyhow(SplittableRandom random) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < set.tasks().size(); i++) {
            Task task = set.tasks().get(i);
            long arrival = random.nextLong(task.period());
            for (long end = arrival + horizon; arrival < end; ) {
                long release = arrival + random.nextLong(task.jitter() + 1);
                jobs.add(new Job(i, arrival, release, task.cost()));
                arrival += task.period() + (task.sporadic() ? random.nextLong(task.period()) : 0);
            }
        }
        return jobs;
    }
}
