package org.feuerprobe.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.feuerprobe.probe.RegionProfile.Entered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the plugin writes is read as it is meant; anything else is an error that names its line. */
class RegionProfileTests {
    private static final String WHOLE =
            """
            feuerprobe-profile 1
            entry 0
            node 1 0 E 0 200000
            node 7 1 C 200005 200100
            region 0 30 clock 7 200100
            region 1 5 deadline 7 200100
            node 8 7 S 200108 ffffffff80100000
            cell 0 8 ffffffff80100003 4 1 2 0 0 0 1
            complete 1
            """;

    @Test
    void readsPathsRegionsAndCells() throws Exception {
        RegionProfile profile = RegionProfile.read(WHOLE + "\0\0\0");

        RegionProfile.Entry entry = profile.entries().getFirst();
        assertThat(entry.regions())
                .containsExactly(
                        new RegionProfile.Region(0, 30, true, 7, 0x200100),
                        new RegionProfile.Region(1, 5, false, 7, 0x200100));
        assertThat(entry.cells()).hasSize(1);
        assertThat(entry.cells().getFirst().address()).isEqualTo(0xffffffff80100003L);
        assertThat(entry.cells().getFirst().weights()).containsExactly(4, 1, 2, 0, 0, 0, 1);
        assertThat(profile.path(8))
                .extracting(RegionProfile.Node::entered)
                .containsExactly(Entered.START, Entered.CALL, Entered.SYSCALL);
    }

    @Test
    void aProfileWithoutItsEndIsNone() {
        int end = WHOLE.indexOf("complete");
        assertThatThrownBy(() -> RegionProfile.read(WHOLE.substring(0, end)))
                .isInstanceOf(ProbeFormatException.class)
                .hasMessage("line 8 of the plugin's profile: the plugin did not finish it");
    }

    @ParameterizedTest
    @CsvSource({
        "feuerprobe-profile 1, feuerprobe-profile 2, line 1, no profile of version 1",
        "entry 0, entrance 0, line 2, unknown record",
        "node 7 1 C, node 7 2 C, line 4, a node without parent",
        "node 7 1 C, node 1 1 C, line 4, a node twice",
        "node 7 1 C, node 7 1 X, line 4, an unknown kind of node",
        "node 7 1 C 200005, node 7 1 C, line 4, a malformed node",
        "clock 7, o'clock 7, line 5, a region of no kind",
        "region 0 30, region 2 30, line 5, a stream that is neither operation nor twin",
        "cell 0 8, cell 0 9, line 8, an unknown node",
        "4 1 2 0, 4 1 2, line 8, a malformed cell",
        "4 1 2 0, 4 -1 2 0, line 8, a malformed number",
        "complete 1, complete 2, line 9, the number of entries is wrong",
        "complete 1, failed no memory, line 9, the plugin made none: failed no memory"
    })
    void saysWhatIsWrongAndWhere(String good, String bad, String line, String problem) {
        assertThat(WHOLE).contains(good);
        assertThatThrownBy(() -> RegionProfile.read(WHOLE.replace(good, bad)))
                .isInstanceOf(ProbeFormatException.class)
                .hasMessage(line + " of the plugin's profile: " + problem);
    }
}
