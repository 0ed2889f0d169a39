package org.feuerprobe.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.junit.jupiter.api.Test;

/** Which of ours stands beside which of Linux, and with what figures. */
class SideBySideTests {
    private static Measurement of(String operation, String metric, long bytes, long... values) {
        LinkedHashMap<String, Long> parameters = new LinkedHashMap<>();
        parameters.put("bytes", bytes);
        return new Measurement(
                operation,
                operation + "/x",
                "t",
                metric,
                parameters,
                List.of(new BootSamples(0, 1, 1, values, new long[] {10})));
    }

    @Test
    void setsMediansOfOnePurposeSideBySide() {
        String text =
                SideBySide.of(
                        List.of(
                                of("exo_call", "instructions", 0, 110, 120, 500),
                                of("exo_call", "instructions", 8, 210, 310, 320),
                                of("linux_pipe_round_trip", "instructions", 1, 2010)),
                        0);

        assertThat(text.lines().skip(2).map(line -> line.replaceAll(" {2,}", "|")))
                .contains(
                        "PURPOSE|OURS|INSTRUCTIONS|LINUX|INSTRUCTIONS",
                        "round trip, other space|exo_call|110–300|linux_pipe_round_trip/x|2,000")
                .noneMatch(line -> line.contains("eventfd"));
        assertThat(text).endsWith(SideBySide.WARNING + "\n");
    }

    @Test
    void saysNothingWhereOneSideIsMissingOrInAnotherUnit() {
        assertThat(SideBySide.of(List.of(of("null_syscall", "instructions", 0, 42)), 80)).isEmpty();
        assertThat(
                        SideBySide.of(
                                List.of(
                                        of("null_syscall", "instructions", 0, 42),
                                        of("linux_null_call", "cycles", 0, 400)),
                                80))
                .isEmpty();
    }

    @Test
    void theWarningFitsTheTerminal() {
        String text =
                SideBySide.of(
                        List.of(
                                of("null_syscall", "instructions", 0, 42),
                                of("linux_null_call", "instructions", 0, 400)),
                        80);
        assertThat(text.lines()).allMatch(line -> line.length() <= 80);
        assertThat(text.replace('\n', ' ')).contains(SideBySide.WARNING);
    }
}
