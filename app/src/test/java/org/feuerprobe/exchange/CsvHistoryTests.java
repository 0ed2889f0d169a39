package org.feuerprobe.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.feuerprobe.change.Better;
import org.feuerprobe.change.History;
import org.feuerprobe.change.HistoryRun;
import org.feuerprobe.exchange.HistoryReader.MalformedHistoryException;
import org.junit.jupiter.api.Test;

final class CsvHistoryTests {
    private static CsvHistory read(String... texts) throws MalformedHistoryException {
        CsvHistory history = new CsvHistory(Optional.empty());
        for (String text : texts) {
            history.add("h.csv", "p/h", text);
        }
        return history;
    }

    private static List<History> series(String... texts) throws MalformedHistoryException {
        return read(texts).series(MetricDirections.NONE);
    }

    @Test
    void everyColumnOfNumbersIsASeriesInTheOrderOfTime() throws Exception {
        assertThat(
                        series(
                                """
                                time,commit,ipc_call,rate (MB/s)
                                2026-01-02T03:00:00Z,b,402,9
                                2026-01-01T03:00:00Z,a,400,
                                """))
                .containsExactly(
                        new History(
                                "p/h/ipc_call",
                                Better.LOWER,
                                List.of(
                                        new HistoryRun("a", "a", 400),
                                        new HistoryRun("b", "b", 402))),
                        new History(
                                "p/h/rate (MB/s)",
                                Better.HIGHER,
                                List.of(new HistoryRun("b", "b", 9))));
    }

    @Test
    void otherColumnsDistinguishSeriesWhereOneContainsTheValues() throws Exception {
        List<History> found =
                series(
                        """
                        run;name;unit;n;value
                        1;sort;ns;8;1,5
                        1;sort;ns;16;3,5
                        1;send;ops/s;8;7
                        2;sort;ns;8;1,25
                        2;sort;ns;16;3
                        2;send;ops/s;8;6
                        """);
        assertThat(found.stream().map(History::series))
                .containsExactly("p/h/sort n=8", "p/h/sort n=16", "p/h/send n=8");
        assertThat(found.stream().map(History::better))
                .containsExactly(Better.LOWER, Better.LOWER, Better.HIGHER);
        assertThat(found.getFirst().values()).containsExactly(1.5, 1.25);
    }

    @Test
    void repetitionsOfARunCountByTheirMedian() throws Exception {
        CsvHistory history =
                read(
                        "commit,build,value\na,1,10\na,1,12\na,1,90\nb,2,11\n",
                        "commit,build,value\n");
        assertThat(history.runs()).isEqualTo(2);
        assertThat(history.series(MetricDirections.NONE).getFirst().values())
                .containsExactly(12, 11);
    }

    @Test
    void rowsWithoutTimeAndRunAreRunsOfTheirOwn() throws Exception {
        History history = series("commit,ns\na,1\na,2\nb,3\n").getFirst();
        assertThat(history.values()).containsExactly(1, 2, 3);
    }

    @Test
    void aColumnThatDiffersFromRunToRunNamesNoSeries() throws Exception {
        CsvHistory history =
                read(
                        """
                        date,name,value,stddev,message
                        2026-01-01,a,1,0.1,x
                        2026-01-02,a,1,0.2,y
                        2026-01-03,a,2,0.3,z
                        2026-01-04,a,1,0.4,w
                        """);
        assertThat(history.series(MetricDirections.NONE))
                .singleElement()
                .extracting(History::series)
                .isEqualTo("p/h/a");
        assertThat(history.notes())
                .containsExactly("h.csv: column stddev is ignored: it differs from run to run");
    }

    @Test
    void timesAreReadInEachUsualForm() {
        assertThat(HistoryTime.of("2021.01.01 3:00:00 +0100").orElseThrow().at())
                .isEqualTo(HistoryTime.of("2021-01-01T02:00:00Z").orElseThrow().at())
                .isEqualTo(HistoryTime.of("1609466400").orElseThrow().at())
                .isEqualTo(HistoryTime.of("1609466400000").orElseThrow().at())
                .isEqualTo(HistoryTime.of("2021/1/1 02:00").orElseThrow().at());
        assertThat(HistoryTime.of("2021-13-01")).isEmpty();
        assertThat(HistoryTime.of("1.5")).isEmpty();
        assertThat(HistoryTime.of("2021-01-01 +9999")).isEmpty();
    }

    @Test
    void aTimeThatIsADurationIsAValue() throws Exception {
        assertThat(series("commit,time\na,1.5\nb,1.6\n").getFirst().values())
                .containsExactly(1.5, 1.6);
    }

    @Test
    void saysWhereATableIsWrong() {
        refuses(
                "",
                "time,ns\n2026-01-01,1\nyesterday,2\n",
                "h.csv:3: column time: want a time like 2026-01-31T03:00:00Z, not 'yesterday'");
        refuses("", "commit,ns\na,1\n\nb,NaN\n", "h.csv:4: column ns: want a number, not 'NaN'");
        refuses("", "commit,name\na,b\n", "h.csv:1: no column of numbers: columns: commit, name");
        refuses("cost", "commit,ns\na,1\n", "h.csv:1: no column 'cost' in [commit, ns]");
        refuses("", "commit,ns\na\n", "h.csv:2: 1 cells under 2 headings");
    }

    private static void refuses(String value, String text, String message) {
        CsvHistory history = new CsvHistory(Optional.of(value).filter(column -> !column.isEmpty()));
        assertThatThrownBy(() -> history.add("h.csv", "p/h", text))
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessage(message);
    }

    @Test
    void theMedianOfARunsRepetitionsCounts() throws Exception {
        assertThat(series("run;value\n1;5\n1;9\n2;1\n2;8\n2;3\n").getFirst().runs())
                .containsExactly(new HistoryRun("1", "", 7), new HistoryRun("2", "", 3));
    }
}
