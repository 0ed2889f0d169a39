package org.feuerprobe.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Priorities for tasks that have none, after Audsley (1991): the least urgent place goes to a task
 * that keeps its deadline there, then the next one. If any order keeps all deadlines, this one
 * does. Otherwise the rest is ordered by deadline, the shortest being the most urgent.
 */
final class Priorities {
    private Priorities() {}

    static TaskSet assign(TaskSet set) {
        int count = set.tasks().size();
        List<Task> tasks = new ArrayList<>(set.tasks());
        boolean[] open = new boolean[count];
        Arrays.fill(open, true);
        for (int priority = 1; priority <= count; priority++) {
            int chosen = fitting(set, open);
            if (chosen < 0) {
                chosen = longestDeadline(set, open);
            }
            open[chosen] = false;
            tasks.set(chosen, tasks.get(chosen).withPriority(priority));
        }
        return set.with(tasks);
    }

    /** A task that keeps its deadline below all open ones; the one with the longest deadline. */
    private static int fitting(TaskSet set, boolean[] open) {
        int best = -1;
        for (int i = 0; i < open.length; i++) {
            if (!open[i]
                    || (best >= 0
                            && set.tasks().get(i).shortestDeadline()
                                    <= set.tasks().get(best).shortestDeadline())) {
                continue;
            }
            boolean[] above = open.clone();
            above[i] = false;
            long deadline = set.tasks().get(i).deadline();
            if (ResponseTime.of(set, i, above, Blocking.below(set, open)).orElse(Long.MAX_VALUE)
                    <= deadline) {
                best = i;
            }
        }
        return best;
    }

    private static int longestDeadline(TaskSet set, boolean[] open) {
        int best = -1;
        for (int i = 0; i < open.length; i++) {
            if (open[i]
                    && (best < 0
                            || set.tasks().get(i).shortestDeadline()
                                    > set.tasks().get(best).shortestDeadline())) {
                best = i;
            }
        }
        return best;
    }
}
