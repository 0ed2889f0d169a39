package org.feuerprobe.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.probe.ProbeFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadReaderTests {
    private static final String REUSE =
            "reuse 5 4"
                    + String.join("", Collections.nCopies(5, " 0"))
                    + " 2"
                    + String.join("", Collections.nCopies(25, " 0"))
                    + " 3";

    private static final String GOOD =
            """
            feuerprobe-workload 1
            mix program move 6
            mix program branch 4
            access program 3 2
            kernel ffffffff80100000 7
            mix libos move 1
            access libos 0 0
            mix kernel system 2
            access kernel 1 1
            counters 13 4 3 1 1 1 1 2 0 0 0 9
            halts 5
            data 4 2
            code 1 1
            %s
            strides 1 0 2 0 0 0
            branches 4 3 1 2 2 0
            interval 10000
            block 0 401000
            vector 10 0:10
            complete
            """
                    .formatted(REUSE);

    @Test
    void readsWhatThePluginWrites() throws ProbeFormatException {
        Workload found = WorkloadReader.read(GOOD);

        assertThat(found.parts().keySet()).containsExactly("program", "libos", "kernel");
        assertThat(found.program().instructions()).isEqualTo(10);
        assertThat(found.program().accesses()).isEqualTo(5);
        assertThat(found.instructions()).isEqualTo(13);
        assertThat(found.counters()).containsEntry(Counter.CROSSINGS, 2L);
        assertThat(found.counters()).doesNotContainKey(Counter.LONGEST_MASKED);
        assertThat(found.halts()).isEqualTo(5);
        assertThat(found.kernel()).isEqualTo(Map.of(0xffffffff80100000L, 7L));
        assertThat(found.vectors()).isEqualTo(List.of(new Workload.Vector(10, Map.of(0, 10L))));
    }

    /** Distances 0 (5), 1 (4) and 64 to 127 (2), and 3 first accesses. */
    @Test
    void derivesTheMissesOfCachesFromReuseDistances() throws ProbeFormatException {
        Workload found = WorkloadReader.read(GOOD);

        assertThat(found.lineAccesses()).isEqualTo(14);
        assertThat(found.misses(1)).isEqualTo(9);
        assertThat(found.misses(2)).isEqualTo(5);
        assertThat(found.misses(64)).isEqualTo(5);
        assertThat(found.misses(128)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "feuerprobe-workload 1|feuerprobe-workload 2|1|no workload of version 1",
                "mix program move 6|mix program move|2|a mix has four words",
                "mix program move 6|mix program move -6|2|'-6' is no number",
                "access program 3 2|access program 3|4|accesses have four words",
                "kernel ffffffff80100000 7|kernel xyz 7|5|'xyz' is no address",
                "access kernel 1 1|nonsense|9|unknown record",
                "mix libos move 1|mix libs move 1|20|the part 'libos' is missing",
                "strides 1 0 2 0 0 0|strides 1 0|20|'strides' wants 6 numbers",
                "block 0 401000|block 1 401000|19|a block without an address",
                "vector 10 0:10|vector 11 0:10|19|a vector's sum is wrong",
                "complete|failed no memory|20|the plugin failed: no memory",
                "complete|halts 1|21|it is not complete",
            })
    void refusesWhatIsWrong(String right, String wrong, long line, String problem) {
        assertThatThrownBy(() -> WorkloadReader.read(GOOD.replace(right, wrong)))
                .isInstanceOf(ProbeFormatException.class)
                .hasMessage("at offset %d: the plugin's workload: %s".formatted(line, problem));
    }
}
