package org.feuerprobe.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.feuerprobe.change.Better;
import org.feuerprobe.change.History;
import org.feuerprobe.change.HistoryRun;
import org.feuerprobe.exchange.HistoryReader.MalformedHistoryException;
import org.junit.jupiter.api.Test;

class Sel4benchHistoryTests {
    private static String run(String time, long id, String metrics) {
        return "{\"ts\":\"%s\",\"sha\":\"a\",\"sha_kernel\":\"k\",\"sha_bench\":\"b\",\"run_id\":%d%s}\n"
                .formatted(time, id, metrics.isEmpty() ? "" : "," + metrics);
    }

    @Test
    void ordersYearsByTimeAndCountsARunOnce() throws MalformedHistoryException {
        Sel4benchHistory history = new Sel4benchHistory();
        String late = run("2027-01-01T00:00:00Z", 2, "\"x\":[1,2,30,40,5,6,0.1,16]");
        String early = run("2026-01-01T00:00:00Z", 1, "\"x\":[1,2,3,4,5,6,0.1,16]");
        history.add("2027/p/c.jsonl", "p/c", late);
        history.add("2026/p/c.jsonl", "p/c", early + "\n" + late);
        assertThat(history.runs()).isEqualTo(2);
        assertThat(history.series(MetricDirections.NONE))
                .containsExactly(
                        new History(
                                "p/c/x",
                                Better.LOWER,
                                List.of(
                                        new HistoryRun("1", "k/b", 3),
                                        new HistoryRun("2", "k/b", 30))));
    }

    @Test
    void refusesACountThatWouldBeRounded() {
        assertThatThrownBy(() ->
                        new Sel4benchHistory()
                                .add(
                                        "f",
                                        "p/c",
                                        run(
                                                "2026-01-01T00:00:00Z",
                                                1,
                                                "\"x\":[1,2,9007199254740993,4,5,6,0.1,16]")))
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessageContaining(
                        "x: figure 3: 9007199254740993 is beyond 2^53 and cannot be held exactly");
    }

    @Test
    void takesTheMeanWhereARunHasNoQuartiles() throws MalformedHistoryException {
        Sel4benchHistory history = new Sel4benchHistory();
        history.add(
                "f",
                "p/c",
                run("2026-01-01T00:00:00Z", 1, "\"x\":[1,2,3,4,5,6,0.1,16]")
                        + run("2026-01-02T00:00:00Z", 2, "\"x\":[0,0,0,7,0,0,0.1,16]")
                        + run("2026-01-03T00:00:00Z", 3, ""));
        assertThat(history.series(MetricDirections.NONE))
                .singleElement()
                .satisfies(series -> assertThat(series.values()).containsExactly(4, 7));
        assertThat(history.runs()).isEqualTo(3);
    }

    @Test
    void takesWhatScattersLessFromRunToRun() throws MalformedHistoryException {
        assertThat(values("[1,2,%2$d,%1$d,5,6,0.1,16]")).containsExactly(100, 101, 100, 101, 100);
        assertThat(values("[1,2,%1$d,%2$d,5,6,0.1,16]")).containsExactly(100, 101, 100, 101, 100);
    }

    /** A series of five runs; the first number of each is steady, the second is not. */
    private static double[] values(String metric) throws MalformedHistoryException {
        Sel4benchHistory history = new Sel4benchHistory();
        for (int i = 0; i < 5; i++) {
            String figures = metric.formatted(100 + i % 2, 100 + 9 * (i % 2));
            history.add(
                    "f", "p/c", run("2026-01-0" + (i + 1) + "T00:00:00Z", i, "\"x\":" + figures));
        }
        return history.series(MetricDirections.NONE).getFirst().values();
    }

    @Test
    void saysWhereALineIsWrong() {
        refuses("{\"ts\":", "f.jsonl:2: not JSON");
        refuses("[1]", "f.jsonl:2: not a JSON object");
        refuses("{\"ts\":\"2026-01-01T00:00:00Z\"}", "f.jsonl:2: run_id is missing: want a number");
        refuses("{\"run_id\":1}", "f.jsonl:2: ts is missing");
        refuses("{\"run_id\":1,\"ts\":\"yesterday\"}", "f.jsonl:2: ts 'yesterday' is not a time");
        refuses(
                run("2026-01-01T00:00:00Z", 1, "\"x\":[1,2]"),
                "f.jsonl:2: x has 2 figures, want 8: min, q1, median, mean, q3, max, sd, n");
        refuses(
                run("2026-01-01T00:00:00Z", 1, "\"x\":[1,2,3,\"4\",5,6,7,8]"),
                "f.jsonl:2: x: figure 4 is not a finite number");
        refuses(
                run("2026-01-01T00:00:00Z", 1, "\"x\":[1,2,1e999,4,5,6,7,8]"),
                "f.jsonl:2: x: figure 3 is not a finite number");
    }

    private static void refuses(String line, String message) {
        assertThatThrownBy(() ->
                        new Sel4benchHistory()
                                .add("f.jsonl", "p/c", run("2026-01-01T00:00:00Z", 7, "") + line))
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessageStartingWith(message);
    }
}
