package org.feuerprobe.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.List;
import org.feuerprobe.sample.DataSet;
import org.junit.jupiter.api.Test;

class ForeignDataTests {
    private static List<DataSet> read(ForeignData.Format format, String text)
            throws ForeignFormatException {
        return ForeignData.read(
                        format, List.of(new ForeignData.Source("f", text)), ForeignOptions.NONE)
                .stream()
                .map(MeasuredSet::data)
                .toList();
    }

    private static String shown(List<DataSet> sets) {
        StringBuilder text = new StringBuilder();
        for (DataSet set : sets) {
            text.append(set.name()).append(' ').append(set.metric());
            set.points()
                    .forEach(point -> {
                        text.append(' ').append(new java.util.TreeMap<>(point.parameters()));
                        point.boots().forEach(b -> text.append(java.util.Arrays.toString(b)));
                    });
            text.append('\n');
        }
        return text.toString();
    }

    @Test
    void readsGoogleBenchmark() throws Exception {
        String json =
                """
                {"context": {}, "benchmarks": [
                 {"name": "BM_s/8", "run_name": "BM_s/8", "run_type": "iteration", "real_time": 2.5, "time_unit": "us"},
                 {"name": "BM_s/8", "run_name": "BM_s/8", "run_type": "iteration", "real_time": 3, "time_unit": "us"},
                 {"name": "BM_s/64/k:2", "run_name": "BM_s/64/k:2", "real_time": 9, "time_unit": "ns"},
                 {"name": "BM_s/8_mean", "run_name": "BM_s/8", "run_type": "aggregate", "real_time": 2, "time_unit": "us"},
                 {"name": "BM_s_BigO", "run_name": "BM_s", "run_type": "aggregate", "cpu_coefficient": 1, "big_o": "N"}]}
                """;
        assertThat(shown(read(ForeignData.Format.GOOGLE_BENCHMARK, json)))
                .isEqualTo("BM_s ns {n=8.0}[2500.0][3000.0] {k=2.0, n=64.0}[9.0]\n");
    }

    @Test
    void readsExtraP() throws Exception {
        String text =
                """
                # two parameters
                PARAMETER p
                PARAMETER s
                POINTS ( 4 1 ) ( 8 1 )
                REGION main->f
                METRIC time
                DATA 1 2 3
                DATA 4e0 5
                METRIC visits
                DATA 1
                DATA 1
                """;
        assertThat(shown(read(ForeignData.Format.EXTRA_P, text)))
                .contains("main->f time", "[1.0, 2.0, 3.0]", "[4.0, 5.0]", "main->f visits");
        String lines =
                """
                {"params":{"p":4},"metric":"time","callpath":"f","value":1.5}
                {"params":{"p":4},"metric":"time","callpath":"f","value":2}
                """;
        assertThat(shown(read(ForeignData.Format.EXTRA_P_JSONL, lines)))
                .isEqualTo("f time {p=4.0}[1.5][2.0]\n");
    }

    @Test
    void readsCsv() throws Exception {
        String csv =
                "name,metric,n,boot,value\r\n\"a,\"\"b\",ns,8,0,5\r\n\"a,\"\"b\",ns,8,0,6\r\n\"a,\"\"b\",ns,8,1,7\r\n";
        assertThat(shown(read(ForeignData.Format.CSV, csv)))
                .isEqualTo("a,\"b ns {n=8.0}[5.0, 6.0][7.0]\n");
    }

    @Test
    void readsCountersBesideTheTime() throws Exception {
        String json =
                """
                {"benchmarks": [
                 {"name": "BM/8", "run_type": "iteration", "iterations": 2, "real_time": 1, "time_unit": "ns",
                  "CACHE-MISSES": 3, "bytes_per_second": nan, "label": "inf, -nan"}]}
                """;
        assertThat(shown(read(ForeignData.Format.GOOGLE_BENCHMARK, json)))
                .isEqualTo("BM cache_misses {n=8.0}[3.0]\nBM ns {n=8.0}[1.0]\n");
    }

    @Test
    void readsRtlaHistograms() throws Exception {
        String text =
                """
                # RTLA timerlat histogram
                # Time unit is microseconds (us)
                # Duration:   0 00:00:01
                Index   IRQ-000   Thr-000   IRQ-001   Thr-001
                0             2         0         1         0
                3             0         2         0         1
                over:         0         1         0         0
                count:        2         3         1         1
                min:          0         3         0         3
                avg:          0         4         0         3
                max:          0         9         0         3
                ALL:        IRQ       Thr
                """;
        assertThat(shown(read(ForeignData.Format.RTLA, text)))
                .isEqualTo(
                        """
                        timerlat IRQ ns {}[0.0, 0.0][0.0]
                        timerlat Thr ns {}[3000.0, 3000.0, 9000.0][3000.0]
                        """);
    }

    @Test
    void readsSel4benchsSerialLog() throws Exception {
        String log =
                """
                Booting all finished, dropped to user space
                JSON OUTPUT
                [{"Benchmark": "IPC", "Results": [
                  {"Function": "seL4_Call", "Same vspace?": true, "Length": 10, "Median": 5, "Raw results": [5, 6]}]}]
                END JSON OUTPUT
                All is well in the universe
                """;
        assertThat(shown(read(ForeignData.Format.SEL4BENCH, log)))
                .isEqualTo("IPC / seL4_Call / Same vspace cycles {Length=10.0}[5.0, 6.0]\n");
    }

    @Test
    void turnsThroughputIntoTimeAndCountsOfAHistogramIntoValues() throws Exception {
        String json =
                """
                [{"benchmark": "B", "params": {"n": "8", "kind": "lru"}, "primaryMetric":
                   {"scoreUnit": "ops/us", "rawData": [[2, 4], [5]]}},
                 {"benchmark": "C", "primaryMetric":
                   {"scoreUnit": "us/op", "rawDataHistogram": [[[[1, 2], [3, 1]]]]},
                  "secondaryMetrics": {"·gc": {"scoreUnit": "B/op", "rawData": [["NaN"]]}}}]
                """;
        assertThat(shown(read(ForeignData.Format.JMH, json))).doesNotContain("gc");
        assertThat(shown(read(ForeignData.Format.JMH, json.replace("\"NaN\"", "16"))))
                .isEqualTo(
                        """
                        B kind=lru ns {n=8.0}[500.0, 250.0][200.0]
                        C ns {}[1000.0, 1000.0, 3000.0]
                        C gc B {}[16.0]
                        """);
    }

    @Test
    void decodesWhatOtherSystemsWrite() throws Exception {
        for (String charset : new String[] {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-16"}) {
            byte[] bytes = "größe,value\n1,2\n".getBytes(Charset.forName(charset));
            String text = ForeignText.decode(bytes);
            assertThat(text).as(charset).isEqualTo("größe,value\n1,2\n");
        }
        assertThatThrownBy(() -> ForeignText.decode(new byte[] {'a', (byte) 0xff, 'b'}))
                .hasMessage("not text in UTF-8: save the file as UTF-8");
    }

    @Test
    void findsTheColumnOfValues() throws Exception {
        assertThat(shown(read(ForeignData.Format.CSV, "n|cycles\n8|5\n")))
                .isEqualTo("  cycles {n=8.0}[5.0]\n".substring(1));
        assertThat(
                        shown(
                                ForeignData.read(
                                                ForeignData.Format.CSV,
                                                List.of(
                                                        new ForeignData.Source(
                                                                "f", "n\tcost\n8\t2,5\n")),
                                                new ForeignOptions(
                                                        java.util.Optional.empty(),
                                                        java.util.Set.of("n"),
                                                        true))
                                        .stream()
                                        .map(MeasuredSet::data)
                                        .toList()))
                .isEqualTo(" value {n=8.0}[2.5]\n");
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        assertThatThrownBy(() -> read(ForeignData.Format.CSV, "n,value\n8,x\n"))
                .hasMessage("f: line 2: column value: want a number, not 'x'");
        assertThatThrownBy(() -> read(ForeignData.Format.CSV, "n\n8\n"))
                .hasMessage(
                        "f: line 1: cannot tell which column contains the values: name it with --value n; columns: n");
        assertThatThrownBy(() -> read(ForeignData.Format.CSV, "n,value\n8,NaN\n"))
                .hasMessage("f: line 2: column value: want a number, not 'NaN'");
        assertThatThrownBy(() -> read(ForeignData.Format.EXTRA_P, "DATA 1\n"))
                .hasMessage("f: line 1: a DATA line before the POINTS line");
        assertThatThrownBy(() -> read(ForeignData.Format.GOOGLE_BENCHMARK, "[]"))
                .hasMessage("f: no list 'benchmarks': not Google Benchmark's JSON");
        assertThatThrownBy(() -> read(ForeignData.Format.GOOGLE_BENCHMARK, "{"))
                .hasMessageContaining("not JSON");
    }
}
