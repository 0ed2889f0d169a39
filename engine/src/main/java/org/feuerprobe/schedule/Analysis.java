package org.feuerprobe.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The answer on paper: whether each task keeps its deadlines, whatever the arrivals are.
 *
 * @param set the set, with the priorities that were assigned to it
 * @param assigned whether priorities were assigned here
 * @param why why the set as a whole was refused; empty if it was not
 * @param results one for each task, in the order of the set
 */
public record Analysis(TaskSet set, boolean assigned, String why, List<Result> results) {
    public Analysis {
        results = List.copyOf(results);
    }

    /**
     * What is computed for a task.
     *
     * @param blocking how long less urgent jobs and masked interrupts delay it; under earliest
     *     deadline first the longest for any of its jobs
     * @param response the worst time from arrival to end; empty: no bound was found
     * @param kept whether every job keeps its deadline
     * @param largest the largest cost with which the whole set keeps its deadlines; empty: none
     */
    public record Result(
            Task task, long blocking, OptionalLong response, boolean kept, OptionalLong largest) {
        /**
         * By how many permille the task may take longer, rounded down; negative: must be shorter.
         */
        public Optional<Long> slackPermille() {
            return largest.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Math.floorDiv((largest.getAsLong() - task.cost()) * 1000, task.cost()));
        }
    }

    /** Whether every task keeps its deadlines. */
    public boolean kept() {
        return results.stream().allMatch(Result::kept);
    }

    /** Analyses a set. Fixed priorities are assigned if the tasks have none. */
    public static Analysis of(TaskSet given) {
        return switch (given.policy()) {
            case FP -> fixed(given);
            case EDF -> deadline(given);
        };
    }

    private static Analysis fixed(TaskSet given) {
        boolean assigned = given.tasks().stream().anyMatch(task -> task.priority().isEmpty());
        TaskSet set = assigned ? Priorities.assign(given) : given;
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < set.tasks().size(); i++) {
            Task task = set.tasks().get(i);
            OptionalLong response = ResponseTime.of(set, i);
            results.add(
                    new Result(
                            task,
                            Blocking.fixed(set, i),
                            response,
                            within(response, task),
                            Sensitivity.largest(set, i, Analysis::fixedKept)));
        }
        return new Analysis(set, assigned, "", results);
    }

    private static boolean within(OptionalLong response, Task task) {
        return response.isPresent() && response.getAsLong() <= task.deadline();
    }

    private static boolean fixedKept(TaskSet set) {
        for (int i = 0; i < set.tasks().size(); i++) {
            if (!within(ResponseTime.of(set, i), set.tasks().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Analysis deadline(TaskSet set) {
        Demand demand = new Demand(set);
        Demand.Outcome outcome = demand.test();
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < set.tasks().size(); i++) {
            Task task = set.tasks().get(i);
            OptionalLong response = OptionalLong.empty();
            if (outcome.kept()) {
                response = DeadlineResponse.of(set, i, demand.busyPeriod().orElseThrow());
                response =
                        OptionalLong.of(
                                Math.min(response.orElse(task.deadline()), task.deadline()));
            }
            results.add(
                    new Result(
                            task,
                            Blocking.deadline(set, task.shortestDeadline()),
                            response,
                            outcome.kept(),
                            Sensitivity.largest(set, i, other -> new Demand(other).test().kept())));
        }
        return new Analysis(set, false, outcome.why(), results);
    }
}
