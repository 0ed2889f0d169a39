package org.feuerprobe.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class RtAppReaderTests {
    @Test
    void commentsRepeatedKeysAndLocks() throws Exception {
        TaskSet set =
                RtAppReader.read(
                        "app.json",
                        """
                        {
                            /* two threads that
                               share a lock */
                            "tasks" : {
                                "audio" : {
                                    "policy" : "SCHED_FIFO", "priority" : 20, "loop" : -1,
                                    "run" : 100,           // before the lock
                                    "lock" : "mutex", "run" : 30, "unlock" : "mutex",
                                    "run" : 70,
                                    "timer" : { "ref" : "tick", "period" : 1000 }
                                },
                                "ui" : {
                                    "instance" : 2, "priority" : 10, "delay" : 5,
                                    "phases" : {
                                        "short" : { "loop" : 1, "run0" : 10, "timer0" : { "ref" : "u", "period" : 5000 } },
                                        "long" : { "loop" : 3, "run" : 400, "timer" : { "ref" : "u", "period" : 6000 } },
                                    }
                                }
                            },
                            "global" : { "default_policy" : "SCHED_FIFO", "cpus" : [0, 1] }
                        }
                        """,
                        Optional.empty());
        assertThat(set.policy()).isEqualTo(Policy.FP);
        assertThat(set.tasks().stream().map(Task::name)).containsExactly("audio", "ui-0", "ui-1");
        Task audio = set.tasks().getFirst();
        assertThat(List.of(audio.cost(), audio.period(), audio.deadline()))
                .containsExactly(200_000L, 1_000_000L, 1_000_000L);
        assertThat(audio.priority()).hasValue(20);
        assertThat(audio.sections()).containsExactly(new Section("mutex", 100_000, 30_000));
        Task ui = set.tasks().get(1);
        assertThat(List.of(ui.cost(), ui.period(), ui.offset()))
                .containsExactly(400_000L, 5_000_000L, 5_000L);
    }

    /** Each lock blocks others for as long as any phase holds it. */
    @Test
    void theLongestSectionOfEachLockCountsInWhicheverPhaseItIs() throws Exception {
        String first =
                "'a': {'run': 2, 'lock': 'm', 'run1': 8, 'unlock': 'm', 'timer': {'period': 100}}";
        String second =
                "'b': {'run': 10, 'lock': 'm', 'run1': 1, 'unlock': 'm', 'lock1': 'k', 'run2': 3,"
                        + " 'unlock1': 'k', 'run3': 6, 'timer': {'period': 100}}";
        for (String phases : List.of(first + ", " + second, second + ", " + first)) {
            TaskSet set =
                    RtAppReader.read(
                            "app.json",
                            "{'tasks': {'x': {'policy': 'SCHED_FIFO', 'priority': 1, 'phases': {%s}}}}"
                                    .formatted(phases)
                                    .replace('\'', '"'),
                            Optional.empty());
            Task task = set.tasks().getFirst();
            assertThat(task.cost()).isEqualTo(20_000);
            assertThat(task.sections())
                    .containsExactly(new Section("k", 0, 3000), new Section("m", 3000, 8000));
        }
    }

    /** Locks of several phases that one phase has no time for make the job longer. */
    @Test
    void sectionsFitIntoTheCost() throws Exception {
        TaskSet set =
                RtAppReader.read(
                        "app.json",
                        """
                        {"tasks": {"x": {"policy": "SCHED_FIFO", "priority": 1, "phases": {
                          "a": {"lock": "m", "run": 8, "unlock": "m", "timer": {"period": 100}},
                          "b": {"lock": "k", "run": 9, "unlock": "k", "timer": {"period": 100}}}}}}
                        """,
                        Optional.empty());
        assertThat(set.tasks().getFirst().cost()).isEqualTo(17_000);
    }

    @Test
    void deadlineTasksHaveBudgets() throws Exception {
        TaskSet set =
                RtAppReader.read(
                        "app.json",
                        """
                        {"tasks": {"a": {"policy": "SCHED_DEADLINE", "dl-runtime": 200,
                          "dl-period": 1000, "dl-deadline": 900, "run": 250,
                          "timer": {"ref": "x", "period": 1000}}}}
                        """,
                        Optional.empty());
        assertThat(set.policy()).isEqualTo(Policy.EDF);
        assertThat(set.tasks().getFirst())
                .isEqualTo(Task.periodic("a", 200_000, 1_000_000, 900_000));
    }

    @Test
    void errorsWithTheirPlaces() {
        assertRefused(
                """
                {"tasks": {
                  "out": {"priority": 5, "run": 275, "resume": "track", "suspend": "out"},
                  "tick": {"policy": "SCHED_FIFO", "run": "x", "timer": {"ref": "t"}},
                  "none": {"policy": "SCHED_FIFO", "run": 5},
                  "idle": {"policy": "SCHED_FIFO", "timer": {"ref": "t", "period": 10}},
                  "lock": {"policy": "SCHED_FIFO", "lock": "m", "run": 5, "unlock": "n", "timer": {"ref": "t", "period": 10}}
                }}
                """,
                """
                app.json:2:3: task 'out': SCHED_OTHER promises no deadlines; want SCHED_FIFO, SCHED_RR or SCHED_DEADLINE, or give --policy
                app.json:2:38: event 'resume': the analysis knows only run, runtime, timer, lock and unlock
                app.json:2:57: event 'suspend': the analysis knows only run, runtime, timer, lock and unlock
                app.json:3:36: 'run' is x, want a whole number
                app.json:3:48: 'timer' has no period
                app.json:4:3: task 'none' has no timer with a period
                app.json:5:3: task 'idle' runs for no time
                app.json:6:59: this resource is not locked here\
                """);
        assertRefused("{\"tasks\" 5}", "app.json:1:10: want ':' after the key 'tasks'");
        assertRefused("{\"tasks\": {}}", "app.json:1:2: 'tasks' has no task");
        assertRefused("{\"tasks\": {} /* no end", "app.json:1:14: the comment has no end");
        assertRefused("{\"tasks", "app.json:1:3: the text has no closing quote");
        assertRefused("[1, 2]", "app.json:1:1: want an object");
        assertRefused("{} {", "app.json:1:4: unexpected '{' after the end");
        assertRefused("[".repeat(20), "app.json:1:17: nested deeper than 16");
        assertRefused(
                """
                {"tasks": {
                  "a": {"cpus": [0], "policy": "SCHED_RR", "run": 1, "timer": {"ref": "t", "period": 9}},
                  "b": {"cpus": [1], "policy": "SCHED_DEADLINE", "run": 1, "timer": {"ref": "t", "period": 9}}
                }}
                """,
                """
                app.json:1:2: tasks on several processors ([0] and [1]): write a file for each
                app.json:1:2: earliest deadline first beside fixed priorities: write a file for each\
                """);
    }

    private static final String SOME_WITHOUT_DEADLINES =
            """
            {"tasks": {
              "own": {"policy": "SCHED_FIFO", "priority": 7, "run": 1, "timer": {"ref": "t", "period": 9}},
              "other": {"run": 1, "timer": {"ref": "t", "period": 9}}
            }}
            """;

    @Test
    void theWantedPolicyIsThatOfTasksWithoutDeadlines() throws SetException {
        TaskSet set = RtAppReader.read("app.json", SOME_WITHOUT_DEADLINES, Optional.of(Policy.FP));

        assertThat(set.policy()).isEqualTo(Policy.FP);
        assertThat(set.tasks())
                .extracting(Task::priority)
                .containsExactly(OptionalInt.of(7), OptionalInt.empty());
    }

    @Test
    void theWantedPolicyChangesNoTasksOwn() {
        assertThatThrownBy(() ->
                        RtAppReader.read(
                                "app.json", SOME_WITHOUT_DEADLINES, Optional.of(Policy.EDF)))
                .isInstanceOf(SetException.class)
                .hasMessage(
                        "app.json:1:2: earliest deadline first beside fixed priorities: write a file for each");
        assertThatThrownBy(() ->
                        RtAppReader.read(
                                "app.json",
                                SOME_WITHOUT_DEADLINES.replace(
                                        "\"other\": {", "\"other\": {\"policy\": \"SCHED_RR\", "),
                                Optional.of(Policy.EDF)))
                .isInstanceOf(SetException.class)
                .hasMessage("app.json:1:2: every task has a policy of its own: leave --policy out");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> RtAppReader.read("app.json", text, Optional.empty()))
                .isInstanceOf(SetException.class)
                .hasMessage(message);
    }
}
