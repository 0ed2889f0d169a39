package org.feuerprobe.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
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

    @Test
    void asksForTheSamplesThatWouldDecide() {
        assertThat(
                        RepeatCommand.of(
                                List.of("feuerprobe", "validate", "--samples", "4", "--quick"),
                                "a",
                                OptionalLong.of(1500)))
                .isEqualTo("feuerprobe validate --quick --samples 1500 --only a");
        assertThat(
                        RepeatCommand.of(
                                List.of("feuerprobe", "validate", "--samples=4"),
                                "a",
                                OptionalLong.of(1500)))
                .isEqualTo("feuerprobe validate --samples 1500 --only a");
    }
}
