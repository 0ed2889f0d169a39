package org.feuerprobe.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatCommandTests {
    @Test
    void keepsWhatDeterminesTheMeasurement() {
        assertThat(
                        RepeatCommand.of(
                                List.of(
                                        "feuerprobe",
                                        "validate",
                                        "--only",
                                        "a",
                                        "b",
                                        "--quick",
                                        "--out=x",
                                        "--json",
                                        "--seed",
                                        "7"),
                                "it's"))
                .isEqualTo("feuerprobe validate --quick --seed 7 --only 'it'\\''s'");
    }
}
