package org.feuerprobe.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SetReaderTests {
    @Test
    void allFields() throws Exception {
        TaskSet set =
                SetReader.read(
                        "set.yaml",
                        """
                        schema: 1
                        policy: fp
                        kernel: {release: 267, completion: 170, masked: 2_000}
                        tasks:
                          - name: control
                            kind: sporadic
                            cost: 20_000
                            period: 100000
                            deadline: 90000
                            jitter: 500
                            offset: 7
                            priority: 3
                            sections:
                              - {resource: bus, at: 100, length: 50}
                          - {name: log, cost: 5, period: 200000, priority: 1}
                        """);
        assertThat(set.policy()).isEqualTo(Policy.FP);
        assertThat(set.costs()).isEqualTo(new KernelCosts(267, 170, 2000));
        Task task = set.tasks().getFirst();
        assertThat(task.sporadic()).isTrue();
        assertThat(List.of(task.cost(), task.period(), task.deadline(), task.jitter()))
                .containsExactly(20_000L, 100_000L, 90_000L, 500L);
        assertThat(task.offset()).isEqualTo(7);
        assertThat(task.priority()).hasValue(3);
        assertThat(task.sections()).containsExactly(new Section("bus", 100, 50));
        assertThat(set.tasks().get(1).deadline()).isEqualTo(200_000);
    }

    @Test
    void allErrorsWithTheirPlaces() {
        assertRefused(
                """
                schema: 2
                policy: rms
                kernel: {relase: 3}
                tasks:
                  - name: a
                    cost: 0
                    period: 1.5
                  - {name: b, cost: 10, period: 100, sections: [{resource: r, at: 8, length: 3}]}
                  - {name: b, cost: 5, period: 9, kind: aperiodic}
                  - {name: c, cost: 5, priority: 4}
                  - just text
                """,
                """
                set.yaml:1:9: 'schema' is '2', want one of 1
                set.yaml:2:9: 'policy' is 'rms', want one of fp, edf
                set.yaml:3:10: unknown key 'relase', want one of release, completion, masked; did you mean release?
                set.yaml:6:11: 'cost' is 0, want a whole number of 1 to 1,000,000,000,000
                set.yaml:7:13: 'period' is 1.5, want a whole number of 1 to 1,000,000,000,000
                set.yaml:8:49: the section ends at 11, after the job's cost of 10
                set.yaml:9:12: duplicate task 'b'
                set.yaml:9:41: 'kind' is 'aperiodic', want one of periodic, sporadic; did you mean periodic?
                set.yaml:10:5: missing key 'period'
                set.yaml:11:5: want a mapping with the keys name, cost, period\
                """);
        assertRefused("", "set.yaml:1:1: the file is empty");
        assertRefused("a: [", "set.yaml:1:5: expected the node content, but found '<stream end>'");
        assertRefused(
                """
                schema: 1
                policy: edf
                tasks:
                  - {name: a, cost: 9, period: 10, priority: 1}
                  - name: b
                    cost: 9
                    period: 10
                    sections: [{resource: r, at: 0, length: 3}, {resource: s, at: 2, length: 3}]
                """,
                """
                set.yaml:4:46: policy edf has no priorities: remove this key
                set.yaml:8:49: sections of 'r' and 's' overlap: nesting is not supported\
                """);
        assertRefused(
                """
                schema: 1
                policy: fp
                tasks:
                  - {name: a, cost: 1, period: 10, priority: 1}
                  - {name: b, cost: 1, period: 10}
                """,
                "set.yaml:4:3: give every task a priority, or none");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> SetReader.read("set.yaml", text))
                .isInstanceOf(SetException.class)
                .hasMessage(message);
    }
}
