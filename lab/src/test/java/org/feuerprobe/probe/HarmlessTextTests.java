package org.feuerprobe.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HarmlessTextTests {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x09, 0x0A, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x200B, 0x200E, 0x2028,
                0x2029, 0x202A, 0x202E, 0x2066, 0x2069, 0xD800, 0xE000, 0xFEFF, 0xFFFF, 0xE0001,
                0x10FFFF
            })
    void replacesWhatCouldSteerATerminalOrReorderALine(int codePoint) {
        assertThat(HarmlessText.of("a" + Character.toString(codePoint) + "b"))
                .isEqualTo("a\uFFFDb");
    }

    @Test
    void keepsEverythingElse() {
        String text = "cap_table/alloc µ … 😀 日本 <b>&\"' é";
        assertThat(HarmlessText.of(text)).isEqualTo(text);
    }

    @Test
    void cutsAtTheLimitAndNeverThroughACharacter() {
        assertThat(HarmlessText.of("abcd", 4)).isEqualTo("abcd");
        assertThat(HarmlessText.of("abcde", 4)).isEqualTo("abc…");
        assertThat(HarmlessText.of("ab😀de", 4)).isEqualTo("ab…");
        assertThat(HarmlessText.of("a😀de", 4)).isEqualTo("a😀…");
        assertThat(HarmlessText.of("😀😀", 2)).isEqualTo("…");
    }

    @Test
    void readsAFieldUpToItsFirstNul() {
        byte[] field = "xxabc\0de".getBytes(StandardCharsets.UTF_8);
        assertThat(HarmlessText.read(ByteBuffer.wrap(field), 2, 6)).isEqualTo("abc");
        assertThat(HarmlessText.read(ByteBuffer.wrap(field), 2, 3)).isEqualTo("abc");
        assertThat(HarmlessText.read(ByteBuffer.wrap(field), 5, 3)).isEmpty();
        byte[] broken = {'a', (byte) 0xC3};
        assertThat(HarmlessText.read(ByteBuffer.wrap(broken), 0, 2)).isEqualTo("a\uFFFD");
    }
}
