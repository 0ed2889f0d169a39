package org.feuerprobe.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.feuerprobe.sample.DataSet;
import org.junit.jupiter.api.Test;

class ForeignDataTests {
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
        assertThat(shown(ForeignData.read(ForeignData.Format.GOOGLE_BENCHMARK, json)))
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
        assertThat(shown(ForeignData.read(ForeignData.Format.EXTRA_P, text)))
                .contains("main->f time", "[1.0, 2.0, 3.0]", "[4.0, 5.0]", "main->f visits");
        String lines =
                """
                {"params":{"p":4},"metric":"time","callpath":"f","value":1.5}
                {"params":{"p":4},"metric":"time","callpath":"f","value":2}
                """;
        assertThat(shown(ForeignData.read(ForeignData.Format.EXTRA_P_JSONL, lines)))
                .isEqualTo("f time {p=4.0}[1.5][2.0]\n");
    }

    @Test
    void readsCsv() throws Exception {
        String csv =
                "name,metric,n,boot,value\r\n\"a,\"\"b\",ns,8,0,5\r\n\"a,\"\"b\",ns,8,0,6\r\n\"a,\"\"b\",ns,8,1,7\r\n";
        assertThat(shown(ForeignData.read(ForeignData.Format.CSV, csv)))
                .isEqualTo("a,\"b ns {n=8.0}[5.0, 6.0][7.0]\n");
    }

    @Test
    void makesLinesThatCheckReads() throws Exception {
        assertThat(ForeignData.checkLines(ForeignData.Format.CSV, "n,value\n8,5\n16,6\n", "O(n)"))
                .isEqualTo(
                        "{\"id\":\"\",\"bound\":\"O(n)\",\"metric\":\"value\",\"points\":[{\"n\":8.0,\"values\":[[5.0]]},{\"n\":16.0,\"values\":[[6.0]]}]}\n");
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        assertThatThrownBy(() -> ForeignData.read(ForeignData.Format.CSV, "n,value\n8,x\n"))
                .hasMessage("line 2: want a number, not 'x'");
        assertThatThrownBy(() -> ForeignData.read(ForeignData.Format.CSV, "n\n8\n"))
                .hasMessage("line 1: no column 'value' in [n]");
        assertThatThrownBy(() -> ForeignData.read(ForeignData.Format.CSV, "n,value\n8,NaN\n"))
                .hasMessage("line 2: want a finite number, not 'NaN'");
        assertThatThrownBy(() -> ForeignData.read(ForeignData.Format.EXTRA_P, "DATA 1\n"))
                .hasMessage("line 1: more DATA than the 0 points");
        assertThatThrownBy(() -> ForeignData.read(ForeignData.Format.GOOGLE_BENCHMARK, "[]"))
                .hasMessage("no list 'benchmarks': not Google Benchmark's JSON");
        assertThatThrownBy(() -> ForeignData.read(ForeignData.Format.GOOGLE_BENCHMARK, "{"))
                .hasMessageContaining("not JSON");
    }
}
