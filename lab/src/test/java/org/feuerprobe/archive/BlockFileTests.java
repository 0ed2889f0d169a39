package org.feuerprobe.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.ValueCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlockFileTests {
    private static final Path GOLDEN =
            Path.of("lab/src/test/resources/org/feuerprobe/archive/blocks-v1.fpb");

    @TempDir Path temp;

    /** What a file says, as text: equal texts mean that equal things were told. */
    private static final class Told implements BlockFile.Visitor {
        final List<String> lines = new ArrayList<>();

        @Override
        public void series(SeriesName name) {
            lines.add(name.toString());
        }

        @Override
        public void boot(BootName name) {
            lines.add(name.toString());
        }

        @Override
        public void values(SampleRow row, long[] values) {
            lines.add(row + " " + Arrays.toString(values));
        }

        @Override
        public void table(SampleRow row, ValueCounts table) {
            lines.add(
                    row + " " + Arrays.toString(table.values()) + Arrays.toString(table.counts()));
        }
    }

    private static List<String> told(byte[] file) throws IOException {
        Told told = new Told();
        BlockFile.read(new ByteArrayInputStream(file), "file", told);
        return told.lines;
    }

    /** Every type of block, every kind of number. */
    private static byte[] example() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BlockFileWriter file = new BlockFileWriter(out);
        LinkedHashMap<String, Long> at = new LinkedHashMap<>();
        at.put("N_caps", 65_535L);
        at.put("µ", -1L);
        file.series(new SeriesName("alloc", "alloc/random", "qemu", "instructions", at));
        file.boot(new BootName(0, 1, 1, 6, 2));
        file.values(
                SampleRow.OPERATION, new long[] {0, -1, 63, 64, Long.MIN_VALUE, Long.MAX_VALUE});
        file.values(SampleRow.TWIN, new long[] {8, 8});
        file.boot(new BootName(2, -7, 16, 5, 1));
        file.table(SampleRow.OPERATION, ValueCounts.of(new long[] {30, 30, 31, 30, 1_000}));
        file.table(SampleRow.TWIN, ValueCounts.of(new long[] {8}));
        file.series(new SeriesName("", "", "", "", new LinkedHashMap<>()));
        file.end();
        return out.toByteArray();
    }

    @Test
    void readsTheFirstVersionForEver() throws IOException {
        assertThat(Files.readAllBytes(GOLDEN)).isEqualTo(example());
        assertThat(told(Files.readAllBytes(GOLDEN)))
                .containsExactly(
                        "SeriesName[operation=alloc, benchmark=alloc/random, target=qemu,"
                                + " metric=instructions, parameters={N_caps=65535, µ=-1}]",
                        "BootName[boot=0, seed=1, batch=1, operations=6, twins=2]",
                        "OPERATION [0, -1, 63, 64, -9223372036854775808, 9223372036854775807]",
                        "TWIN [8, 8]",
                        "BootName[boot=2, seed=-7, batch=16, operations=5, twins=1]",
                        "OPERATION [30, 31, 1000][3, 1, 1]",
                        "TWIN [8][1]",
                        "SeriesName[operation=, benchmark=, target=, metric=, parameters={}]");
    }

    /** Block 0 by hand, as docs/results.md describes it. */
    @Test
    void isLaidOutAsThePageSays() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(example()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(Arrays.copyOf(bytes.array(), 4)).isEqualTo(new byte[] {'F', 'P', 'B', '1'});
        assertThat(bytes.getInt(4)).isEqualTo(1);
        assertThat(bytes.getInt(8)).isZero();
        assertThat(bytes.getInt(12)).isEqualTo(1);
        assertThat(bytes.get(20)).isEqualTo((byte) 1);
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, 16);
        crc.update(bytes.array(), 20, 1);
        assertThat(bytes.getInt(16)).isEqualTo((int) crc.getValue());
        assertThat(bytes.getInt(21)).isEqualTo(BlockWriter.MAGIC);
        assertThat(bytes.getInt(25)).isEqualTo(2);
        assertThat(bytes.getInt(29)).isEqualTo(1);
    }

    @Test
    void everyFlippedBitOfEveryTypeIsSeen() throws IOException {
        byte[] whole = example();
        Set<BlockType> hit = EnumSet.noneOf(BlockType.class);
        int seen = 0;
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatExceptionOfType(BlockFormatException.class)
                    .as("bit %d", bit)
                    .isThrownBy(() -> told(flipped));
            hit.add(typeAt(whole, bit / 8));
            seen++;
        }
        assertThat(seen).isEqualTo(8 * whole.length).isGreaterThan(2_000);
        assertThat(hit).isEqualTo(EnumSet.allOf(BlockType.class));
    }

    private static BlockType typeAt(byte[] file, int offset) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (true) {
            int end = at + BlockWriter.HEADER + bytes.getInt(at + 12);
            if (offset < end) {
                return BlockType.of(bytes.getInt(at + 4)).orElseThrow();
            }
            at = end;
        }
    }

    @Test
    void everyCutIsSeen() throws IOException {
        byte[] whole = example();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(BlockFormatException.class)
                    .as("length %d", length)
                    .isThrownBy(() -> told(cut));
        }
        assertThatExceptionOfType(BlockFormatException.class)
                .isThrownBy(() -> told(Arrays.copyOf(whole, whole.length + 1)))
                .withMessage("file: bytes follow the END block");
    }

    @Test
    void aMissingOrDoubledBlockIsSeen() throws IOException {
        byte[] whole = example();
        ByteBuffer bytes = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        int blocks = 0;
        for (int at = 0; at < whole.length; blocks++) {
            int end = at + BlockWriter.HEADER + bytes.getInt(at + 12);
            ByteArrayOutputStream without = new ByteArrayOutputStream();
            without.write(whole, 0, at);
            without.write(whole, end, whole.length - end);
            ByteArrayOutputStream twice = new ByteArrayOutputStream();
            twice.write(whole, 0, end);
            twice.write(whole, at, whole.length - at);
            assertThatExceptionOfType(BlockFormatException.class)
                    .isThrownBy(() -> told(without.toByteArray()));
            assertThatExceptionOfType(BlockFormatException.class)
                    .isThrownBy(() -> told(twice.toByteArray()));
            at = end;
        }
        assertThat(blocks).isEqualTo(10);
    }

    /** Whatever stands behind good checksums, a message comes of it and no other exception. */
    @Test
    void survivesWrongContentWithRightChecksums() throws IOException {
        byte[] whole = example();
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = whole.clone();
            int changes = 1 + random.nextInt(3);
            for (int c = 0; c < changes; c++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            refused += refused(mended(changed)) ? 1 : 0;
        }
        assertThat(refused).isBetween(10_000, 20_000);
    }

    @FuzzTest
    void survivesAnyBytes(byte[] file) throws IOException {
        refused(file);
        refused(mended(file.clone()));
    }

    private static boolean refused(byte[] file) throws IOException {
        try {
            told(file);
            return false;
        } catch (BlockFormatException e) {
            return true;
        }
    }

    /** Gives every block that can be found its right checksum. */
    private static byte[] mended(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at + BlockWriter.HEADER <= file.length) {
            int length = bytes.getInt(at + 12);
            if (length < 0 || length > file.length - at - BlockWriter.HEADER) {
                break;
            }
            CRC32C crc = new CRC32C();
            crc.update(file, at, BlockWriter.CRC_AT);
            crc.update(file, at + BlockWriter.HEADER, length);
            bytes.putInt(at + BlockWriter.CRC_AT, (int) crc.getValue());
            at += BlockWriter.HEADER + length;
        }
        return file;
    }

    @Test
    void keepsMeasurementsOfManyBlocks() throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        long[] many = random.longs(200_001, 800, 1_000).toArray();
        long[] wild = random.longs(70_000).toArray();
        LinkedHashMap<String, Long> at = new LinkedHashMap<>();
        at.put("N", 4L);
        List<Measurement> measurements =
                List.of(
                        new Measurement(
                                "send",
                                "send/b",
                                "native",
                                "cycles",
                                at,
                                List.of(
                                        new BootSamples(0, 1, 2, many, new long[] {3}),
                                        new BootSamples(2, 2, 1, wild, many))));
        Path samples = temp.resolve("samples");
        Path counts = temp.resolve("counts");
        try (var out = Files.newOutputStream(samples)) {
            BlockFileWriter.samples(measurements, out);
        }
        try (var out = Files.newOutputStream(counts)) {
            BlockFileWriter.counts(measurements, out);
        }
        Measurement read = SampleReader.read(samples).getFirst();
        assertThat(read.parameters()).isEqualTo(at);
        assertThat(read.boots().get(0).sameValues(measurements.getFirst().boots().get(0))).isTrue();
        assertThat(read.boots().get(1).sameValues(measurements.getFirst().boots().get(1))).isTrue();
        assertThat(read.boots().get(1).seed()).isEqualTo(2);
        List<ValueCounts> tables = new ArrayList<>();
        BlockFile.read(
                counts,
                new BlockFile.Visitor() {
                    @Override
                    public void series(SeriesName name) {}

                    @Override
                    public void boot(BootName name) {}

                    @Override
                    public void table(SampleRow row, ValueCounts table) {
                        tables.add(table);
                    }
                });
        assertThat(tables).hasSize(4);
        assertThat(tables.get(0).quantile(0.99)).isEqualTo(ValueCounts.of(many).quantile(0.99));
        assertThat(tables.get(2).values()).hasSize(70_000);
    }
}
