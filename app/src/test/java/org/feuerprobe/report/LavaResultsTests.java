package org.feuerprobe.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.feuerprobe.verdict.VerdictKind;
import org.junit.jupiter.api.Test;

/** The lines that LAVA reads: it splits them at spaces, and each part at {@code =}. */
final class LavaResultsTests {
    @Test
    void everyVerdictIsATestCase() {
        List<String> results =
                LavaResults.of(Reports.stored(Reports.plain()))
                        .lines()
                        .map(line -> line.replaceFirst(".* RESULT=", ""))
                        .toList();

        assertThat(Arrays.stream(VerdictKind.values()).map(VerdictKind::name))
                .containsExactly(
                        "HOLDS",
                        "LOOSE",
                        "VIOLATED",
                        "INCONCLUSIVE",
                        "NOT_MEASURABLE",
                        "NOT_EXERCISED");
        assertThat(results)
                .containsExactly("pass>", "pass>", "fail>", "unknown>", "skip>", "skip>");
    }

    @Test
    void aHostileNameStaysOneWord() {
        assertThat(LavaResults.of(Reports.stored(Reports.hostile())).lines())
                .hasSize(VerdictKind.values().length)
                .allMatch(line ->
                        line.matches(
                                "<LAVA_SIGNAL_TESTCASE TEST_CASE_ID=[A-Za-z0-9_.-]+ RESULT=[a-z]+>"));
    }
}
