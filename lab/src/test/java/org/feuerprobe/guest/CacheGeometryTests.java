package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which caches are modelled. */
class CacheGeometryTests {
    @TempDir Path folder;

    private void cache(int index, String... facts) throws Exception {
        Path cache = Files.createDirectory(folder.resolve("index" + index));
        List<String> names =
                List.of("level", "type", "size", "ways_of_associativity", "coherency_line_size");
        for (int i = 0; i < names.size(); i++) {
            Files.writeString(cache.resolve(names.get(i)), facts[i] + "\n");
        }
    }

    @Test
    void takesTheHostsCaches() throws Exception {
        cache(0, "1", "Data", "48K", "12", "64");
        cache(1, "1", "Instruction", "32K", "8", "64");
        cache(2, "2", "Unified", "2048K", "16", "64");
        cache(3, "3", "Unified", "36864K", "12", "64");

        assertThat(CacheGeometry.of(folder).pluginOptions())
                .isEqualTo("l1i=32/8/64,l1d=48/12/64,l2=2048/16/64,tlb=64/4");
        assertThat(CacheGeometry.of(folder).origin()).isEqualTo("host");
    }

    @Test
    void saysWhatItAssumes() {
        assertThat(CacheGeometry.of(folder.resolve("absent"))).isEqualTo(CacheGeometry.ASSUMED);
        assertThat(CacheGeometry.of(folder).origin()).contains("assumed");
    }

    @Test
    void changesWhatTheTextNames() {
        assertThat(CacheGeometry.ASSUMED.with("l1d=8/2/64,tlb=16/16").pluginOptions())
                .isEqualTo("l1i=32/8/64,l1d=8/2/64,l2=512/8/64,tlb=16/16");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "l3=1/1/64 ; 'l3=1/1/64': want l1i|l1d|l2=KiB/ways/line or tlb=entries/ways",
                "l1d=48/12/64, ; '': want l1i|l1d|l2=KiB/ways/line or tlb=entries/ways",
                "l1d=48 ; 'l1d=48': want l1i|l1d|l2=KiB/ways/line or tlb=entries/ways",
                "l1d=33/8/64 ; 'l1d=33/8/64': 33 KiB in 8 ways of 64-byte lines: want a power of two of sets",
                "l1d=0/8/64 ; 'l1d=0/8/64': 0 KiB in 8 ways of 64-byte lines: want 1 to 1048576 KiB, 1 way or more, and a power of two of bytes",
                "l2=256/8/63 ; 'l2=256/8/63': 256 KiB in 8 ways of 63-byte lines: want 1 to 1048576 KiB, 1 way or more, and a power of two of bytes",
                "tlb=63/4 ; 'tlb=63/4': TLB of 63 entries in 4 ways: want a power of two of sets",
                "l2=256/8/64,l2=512/8/64 ; 'l2=512/8/64': named twice",
            })
    void refusesCachesThatCannotBe(String text, String message) {
        assertThatThrownBy(() -> CacheGeometry.ASSUMED.with(text)).hasMessage(message);
    }
}
