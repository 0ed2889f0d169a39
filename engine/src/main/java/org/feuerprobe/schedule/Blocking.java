package org.feuerprobe.schedule;

/**
 * How long can a less urgent job delay a more urgent one? Under the immediate ceiling protocol and
 * the stack resource policy a job waits for one section of one less urgent job at most, before it
 * starts (Baker 1991; Sha, Rajkumar and Lehoczky 1990). A stretch in which the system masks
 * interrupts is added.
 */
final class Blocking {
    private Blocking() {}

    /** Fixed priorities: by the priorities of the tasks. */
    static long fixed(TaskSet set, int place) {
        int own = set.tasks().get(place).priority().orElseThrow();
        boolean[] atLeast = new boolean[set.tasks().size()];
        for (int i = 0; i < atLeast.length; i++) {
            atLeast[i] = set.tasks().get(i).priority().orElseThrow() >= own;
        }
        return below(set, atLeast);
    }

    /**
     * Fixed priorities: the longest section of a less urgent task on a resource that one of the
     * others uses too.
     *
     * @param atLeast the tasks that are at least as urgent, the delayed one among them
     */
    static long below(TaskSet set, boolean[] atLeast) {
        long longest = 0;
        for (int i = 0; i < atLeast.length; i++) {
            if (atLeast[i]) {
                continue;
            }
            for (Section section : set.tasks().get(i).sections()) {
                if (anyUses(set, atLeast, section.resource())) {
                    longest = Math.max(longest, section.length());
                }
            }
        }
        return longest + set.costs().masked();
    }

    private static boolean anyUses(TaskSet set, boolean[] among, String resource) {
        for (int i = 0; i < among.length; i++) {
            if (among[i] && uses(set.tasks().get(i), resource)) {
                return true;
            }
        }
        return false;
    }

    private static boolean uses(Task task, String resource) {
        return task.sections().stream().anyMatch(section -> section.resource().equals(resource));
    }

    /**
     * Earliest deadline first: the longest section that can delay the jobs whose deadlines are at
     * most {@code end} after the beginning of a busy period. Its job came before that, so its
     * deadline is later than {@code end}, if its relative one is.
     */
    static long deadline(TaskSet set, long end) {
        long longest = 0;
        for (Task task : set.tasks()) {
            if (task.deadline() <= end) {
                continue;
            }
            for (Section section : task.sections()) {
                if (shortest(set, section.resource()) <= end) {
                    longest = Math.max(longest, section.length());
                }
            }
        }
        return longest + set.costs().masked();
    }

    /** The shortest deadline of the users, which is the ceiling of the resource. */
    private static long shortest(TaskSet set, String resource) {
        return set.tasks().stream()
                .filter(task -> uses(task, resource))
                .mapToLong(Task::shortestDeadline)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
