package org.feuerprobe.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.feuerprobe.linux.EndedProgram.CountedCall;
import org.junit.jupiter.api.Test;

class ConsoleSplitterTests {
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    private ConsoleSplitter split(String text) throws IOException {
        ConsoleSplitter splitter = new ConsoleSplitter(77, console);
        for (byte value : text.getBytes(StandardCharsets.ISO_8859_1)) {
            splitter.accept(value & 0xff);
        }
        splitter.end();
        return splitter;
    }

    @Test
    void bytesOfProgramsPassThroughAsTheyAre() throws IOException {
        ConsoleSplitter splitter =
                split("boot\n@77 begin\n@7@@7 a\0\u00ff@77@77 exit 3 1000\n@77 call 39 2 70\n");
        assertThat(console.toString(StandardCharsets.ISO_8859_1)).isEqualTo("@7@@7 a\0\u00ff@77");
        assertThat(splitter.other()).isEqualTo("boot\n");
        assertThat(splitter.ended())
                .containsExactly(
                        new EndedProgram(false, 3, 1000, List.of(new CountedCall(39, 2, 70))));
    }

    @Test
    void aSignalIsAStatusOf128AndMore() throws IOException {
        ConsoleSplitter splitter = split("@77 begin\nx@77 signal 11 5\n@77 begin\ny");
        assertThat(splitter.ended().getFirst().status()).isEqualTo(139);
        assertThat(console.toString(StandardCharsets.ISO_8859_1)).isEqualTo("xy");
    }
}
