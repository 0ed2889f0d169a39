package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GuestMemoryTests {
    @Test
    void isReadableThroughItsDescriptorAndHasNoName() throws Exception {
        try (GuestMemory memory = GuestMemory.holding(new byte[] {1, 2, 3})) {
            assertThat(Files.readAllBytes(memory.path())).containsExactly(1, 2, 3);
            assertThat(Files.readSymbolicLink(memory.path()).toString()).endsWith("(deleted)");
        }
    }

    @Test
    void mapsThePartAskedFor() throws Exception {
        try (GuestMemory memory = GuestMemory.create(8192, 4096, 4096, 8192)) {
            memory.bytes().put(0, (byte) 7);
            assertThat(Files.readAllBytes(memory.path())[4096]).isEqualTo((byte) 7);
            assertThat(memory.bytes().capacity()).isEqualTo(4096);
        }
    }

    @Test
    void saysWhenThereIsNoRoom() {
        assertThatThrownBy(() -> GuestMemory.create(1 << 20, 0, 4096, Long.MAX_VALUE / 2))
                .hasMessageContaining("found at most")
                .hasMessageEndingWith("free some, or ask for fewer samples");
    }

    @Test
    void goesWhenItIsClosed() throws Exception {
        Path path;
        try (GuestMemory memory = GuestMemory.holding(new byte[] {1})) {
            path = memory.path();
        }
        assertThat(Files.exists(path)).isFalse();
    }
}
