package org.feuerprobe.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Reads what the emulator's plugin writes, and refuses what it would not write. */
class RegionCountsTests {
    private static final int COUNTERS = Counter.ALL.size();

    /** A file with one entry of {@code regions} regions; region r counts 10r, 10r+1, … */
    private static ByteBuffer file(int regions) {
        ByteBuffer bytes =
                ByteBuffer.allocate(
                                RegionCounts.HEADER_SIZE + (1 + regions) * RegionCounts.ROW_SIZE)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("FPCOUNT\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .putInt(1)
                .putInt(COUNTERS)
                .putInt(0)
                .putInt(1)
                .putLong(1 + regions);
        row(bytes, 1, 0);
        for (int r = 0; r < regions; r++) {
            row(bytes, 2, 10L * r);
        }
        return bytes.flip();
    }

    private static void row(ByteBuffer bytes, int kind, long first) {
        bytes.putInt(kind).putInt(0);
        for (int i = 0; i < COUNTERS; i++) {
            bytes.putLong(first + i);
        }
    }

    @Test
    void handsOutOperationAndTwinInTurnsWithoutWarmUp() throws Exception {
        RegionCounts counts = RegionCounts.read(file(8)); // 1 warm-up and 3 samples, each twice

        assertThat(counts.entries()).isEqualTo(1);
        assertThat(counts.values(0, Counter.INSTRUCTIONS, 0, 1, 3, 1).orElseThrow())
                .containsExactly(20, 40, 60);
        assertThat(counts.values(0, Counter.STORES, 1, 1, 3, 1).orElseThrow())
                .containsExactly(32, 52, 72);
    }

    /** 1 warm-up and 1 sample, each twice, of 2 operations that are regions of their own. */
    @Test
    void addsUpTheOperationsOfABatch() throws Exception {
        RegionCounts counts = RegionCounts.read(file(8));

        assertThat(counts.values(0, Counter.INSTRUCTIONS, 0, 1, 1, 2).orElseThrow())
                .containsExactly(40 + 50);
        assertThat(counts.values(0, Counter.INSTRUCTIONS, 1, 1, 1, 2).orElseThrow())
                .containsExactly(60 + 70);
        assertThat(counts.values(0, Counter.INSTRUCTIONS, 0, 1, 1, 3)).isEmpty();
    }

    @Test
    void saysNothingWhereRegionsAreMissing() throws Exception {
        RegionCounts counts = RegionCounts.read(file(7));

        assertThat(counts.values(0, Counter.LOADS, 0, 1, 3, 1)).isEmpty();
        assertThat(counts.values(1, Counter.LOADS, 0, 1, 3, 1)).isEmpty();
    }

    @Test
    void refusesAFileThatWasNotFinished() {
        ByteBuffer bytes = file(2);
        bytes.putInt(20, 0);

        assertThatThrownBy(() -> RegionCounts.read(bytes))
                .isInstanceOf(ProbeFormatException.class)
                .hasMessageContaining("the plugin did not finish its file");
    }

    @Test
    void refusesMoreRowsThanThereAre() {
        ByteBuffer bytes = file(2);
        bytes.putLong(24, 4);

        assertThatThrownBy(() -> RegionCounts.read(bytes)).hasMessageContaining("4 rows in");
    }

    @Test
    void endsWithCountsOrAnErrorWhateverTheBytes() {
        byte[] sound = new byte[file(6).remaining()];
        file(6).get(sound);
        SplittableRandom random = new SplittableRandom(20261123);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(sound, random.nextInt(sound.length + 1));
            for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                RegionCounts counts = RegionCounts.read(ByteBuffer.wrap(bytes));
                assertThat(counts.entries()).isLessThanOrEqualTo(7);
            } catch (ProbeFormatException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
