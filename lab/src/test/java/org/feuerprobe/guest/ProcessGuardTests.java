package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ProcessGuardTests {
    @Test
    void aCommaInAPathEndsNoValueOfTheEmulator() {
        assertThat(EmulatorCommand.value(Path.of("/x,y/a,,b.so"))).isEqualTo("/x,,y/a,,,,b.so");
    }
}
