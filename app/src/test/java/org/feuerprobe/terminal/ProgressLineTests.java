package org.feuerprobe.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The line that tells how far a campaign is. */
class ProgressLineTests {
    @Test
    void aKernelThatDoesMoreThanIsAskedIsDoneAndNoMore() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream terminal = new PrintStream(err, true, StandardCharsets.UTF_8);
        try (ProgressLine line =
                new ProgressLine(new Console(terminal, terminal, false, true, true), 0, 10)) {
            line.begin(1, 2);
            line.entries(0, 8);
            line.bootDone();
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("1/1 boots  20 samples");
    }
}
