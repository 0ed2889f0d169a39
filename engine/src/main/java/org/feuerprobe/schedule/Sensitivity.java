package org.feuerprobe.schedule;

import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * By how much may one task take longer, or how much less must it take, while all else stays? The
 * largest cost with which the whole set keeps its deadlines, found by halving.
 */
final class Sensitivity {
    private Sensitivity() {}

    /** The largest cost of a task; empty if no cost will do. */
    static OptionalLong largest(TaskSet set, int place, Predicate<TaskSet> kept) {
        Task task = set.tasks().get(place);
        long least = Math.max(1, task.sections().stream().mapToLong(Section::end).max().orElse(0));
        if (!kept.test(set.with(place, task.withCost(least)))) {
            return OptionalLong.empty();
        }
        long good = least;
        long bad = Math.max(task.deadline(), least) + 1;
        while (bad - good > 1) {
            long middle = good + (bad - good) / 2;
            if (kept.test(set.with(place, task.withCost(middle)))) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return OptionalLong.of(good);
    }
}
