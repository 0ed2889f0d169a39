package org.feuerprobe.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.testing.Golden;
import org.junit.jupiter.api.Test;

final class RecordDecoderTests {
    private static final Path STREAM =
            Path.of("lab/src/test/resources/org/feuerprobe/probe/stream-v1.0.bin");

    @Test
    void readsTheFirstVersionForEver() throws IOException, ProbeFormatException {
        byte[] stream = Files.readAllBytes(STREAM);
        Golden.check(
                "org/feuerprobe/probe/stream-v1.0.txt", Streams.describe(Streams.run(stream, 2)));
        assertThat(Streams.golden()).as("what the writer writes today").isEqualTo(stream);
    }

    @Test
    void detectsEverySingleBitThatIsFlipped() {
        byte[] stream = Streams.golden();
        for (int bit = 0; bit < 8 * stream.length; bit++) {
            byte[] flipped = stream.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatExceptionOfType(ProbeFormatException.class)
                    .as("bit %d of byte %d", bit % 8, bit / 8)
                    .isThrownBy(() -> Streams.run(flipped, 2));
        }
    }

    @Test
    void detectsTruncationAtEveryLength() {
        byte[] stream = Streams.golden();
        for (int length = 0; length < stream.length; length++) {
            byte[] shorter = Arrays.copyOf(stream, length);
            assertThatExceptionOfType(ProbeFormatException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> Streams.run(shorter, 2));
        }
    }

    @Test
    void readsFromTheStartWhateverTheBuffersPositionAndOrder() throws ProbeFormatException {
        ByteBuffer bytes = ByteBuffer.wrap(Streams.golden()).order(ByteOrder.BIG_ENDIAN);
        bytes.position(5);
        assertThat(RecordDecoder.decode(bytes)).hasSize(12);
        assertThat(bytes.position()).isEqualTo(5);
    }

    @Test
    void skipsOptionalTypesAndRefusesUnknownOnes() throws ProbeFormatException {
        assertThat(decode(new RecordWriter().record(128, RecordWriter.payload(8)).bytes()))
                .isEmpty();
        assertThat(decode(new RecordWriter().record(65535, RecordWriter.payload(0)).bytes()))
                .isEmpty();
        for (int type : new int[] {0, 7, 127}) {
            refuses(
                    new RecordWriter().record(type, RecordWriter.payload(0)).bytes(),
                    0,
                    "unknown record type " + type);
        }
    }

    @Test
    void refusesAHeaderThatIsNotWhole() {
        refuses(new byte[15], 0, "15 bytes left, a record header needs 16");
        byte[] two = new RecordWriter().log("").log("").bytes();
        refuses(Arrays.copyOf(two, 17), 16, "1 bytes left, a record header needs 16");
    }

    @Test
    void refusesLengthsThatCannotBe() {
        byte[] log = new RecordWriter().log("12345678").bytes();
        refuses(patched(log, b -> b.putInt(4, 8)), 0, "record length 8 with 24 bytes left");
        refuses(patched(log, b -> b.putInt(4, 0)), 0, "record length 0 with 24 bytes left");
        refuses(patched(log, b -> b.putInt(4, 20)), 0, "record length 20 with 24 bytes left");
        refuses(patched(log, b -> b.putInt(4, 32)), 0, "record length 32 with 24 bytes left");
        refuses(
                patched(log, b -> b.putInt(4, 0x80000018)),
                0,
                "record length 2147483672 with 24 bytes left");
        refuses(
                patched(log, b -> b.putInt(4, 0x7FFFFFF8)),
                0,
                "record length 2147483640 with 24 bytes left");
    }

    @Test
    void refusesVersionChecksumAndSequence() {
        byte[] log = new RecordWriter().log("x").log("y").bytes();
        refuses(patched(log, b -> b.putShort(2, (short) 2)), 0, "record version 2, want 1");
        refuses(patched(log, b -> b.put(16, (byte) 'X')), 0, "wrong checksum");
        byte[] gap = new RecordWriter().log("x").log("y").log("z").bytes();
        byte[] without = Arrays.copyOf(gap, 48);
        System.arraycopy(gap, 48, without, 24, 24);
        refuses(without, 24, "sequence number 2, want 1");
        refuses(Arrays.copyOfRange(gap, 24, 48), 0, "sequence number 1, want 0");
    }

    @Test
    void refusesRecordsOfAnotherSizeThanTheirType() {
        refusesSize(RecordWriter.KERNEL, 288);
        refusesSize(RecordWriter.BENCHMARK, 384);
        refusesSize(RecordWriter.RESULT, 160);
        refusesSize(RecordWriter.END, 16);
    }

    private static void refusesSize(int type, int size) {
        for (int other : new int[] {size - 8, size + 8}) {
            refuses(
                    new RecordWriter().record(type, RecordWriter.payload(other)).bytes(),
                    0,
                    "record length %d, want %d".formatted(other + 16, size + 16));
        }
    }

    @Test
    void refusesImpossibleKernels() throws ProbeFormatException {
        assertThat(decode(new RecordWriter().kernel("K", 4096, 0).bytes()))
                .containsExactly(
                        new ProbeRecord.Kernel(
                                "K",
                                "0.1",
                                "CAP_ALLOC=scan",
                                4096,
                                false,
                                1_000_000_000,
                                new GuestCounters.Unreported()));
        refuses(new RecordWriter().kernel("K", 0, 1).bytes(), 0, "kernel with 0 CPUs");
        refuses(new RecordWriter().kernel("K", 4097, 1).bytes(), 0, "kernel with 4097 CPUs");
        refuses(new RecordWriter().kernel("K", -1, 1).bytes(), 0, "kernel with -1 CPUs");
        refuses(new RecordWriter().kernel("K", 1, 2).bytes(), 0, "unknown clock 2");
    }

    @Test
    void refusesImpossibleBenchmarks() {
        byte[] good = new RecordWriter().benchmark(Streams.LOOKUP).bytes();
        int p = 16;
        refuses(
                resealed(good, b -> b.put(p + 99, (byte) 5)),
                0,
                "benchmark with 5 parameters, cache 1");
        refuses(
                resealed(good, b -> b.put(p + 97, (byte) 2)),
                0,
                "benchmark with 2 parameters, cache 2");
        refuses(
                resealed(good, b -> b.putLong(p + 104 + 16, 5000)),
                0,
                "parameter 0 'N_caps' with range 5000 to 4096");
        refuses(
                resealed(good, b -> b.putLong(p + 136 + 16, -1)),
                0,
                "parameter 1 'M' with range -1 to 9223372036854775807");
        refuses(
                resealed(good, b -> b.put(p + 136, (byte) 0)),
                0,
                "parameter 1 '' with range 0 to 9223372036854775807");
        refuses(
                resealed(good, b -> b.put(p + 99, (byte) 3)),
                0,
                "parameter 2 '' with range 0 to 0");
        refuses(
                resealed(good, b -> b.put(p + 136, "N_caps".getBytes(US_ASCII))),
                0,
                "benchmark 'lookup/random' names a parameter twice");
        refuses(resealed(good, b -> b.put(p, (byte) 0)), 0, "benchmark without name or operation");
        refuses(
                resealed(good, b -> b.put(p + 48, (byte) 0)),
                0,
                "benchmark without name or operation");
    }

    private static final java.nio.charset.Charset US_ASCII =
            java.nio.charset.StandardCharsets.US_ASCII;

    @Test
    void refusesABenchmarkThatAPlanCouldNotName() {
        byte[] hostile = new byte[48];
        Arrays.fill(hostile, (byte) 0x80);
        byte[] good = new RecordWriter().benchmark(Streams.NONE).bytes();
        refuses(
                resealed(good, b -> b.put(16, hostile)),
                0,
                "benchmark name '%s' is not plain text".formatted("\uFFFD".repeat(48)));
        refuses(
                resealed(good, b -> b.put(16, (byte) 27)),
                0,
                "benchmark name '\uFFFDop' is not plain text");
    }

    @Test
    void refusesSamplesThatDoNotFillTheirRecord() {
        byte[] good = new RecordWriter().samples(0, 0, 0, 1, 1, 2, 3).bytes();
        int count = 16 + 16;
        refuses(
                resealed(good, b -> b.putInt(count, 4)),
                0,
                "SAMPLES record of 64 bytes claims to hold 4 values");
        refuses(
                resealed(good, b -> b.putInt(count, 0x80000003)),
                0,
                "SAMPLES record of 64 bytes claims to hold 2147483651 values");
        refuses(
                resealed(good, b -> b.putInt(count, 0x20000003)),
                0,
                "SAMPLES record of 64 bytes claims to hold 536870915 values");
        refuses(
                new RecordWriter().record(RecordWriter.SAMPLES, RecordWriter.payload(16)).bytes(),
                0,
                "SAMPLES record of 32 bytes");
    }

    @Test
    void refusesImpossibleBatchesAndValues() {
        byte[] good = new RecordWriter().samples(0, 0, 0, 1, 1, 2).bytes();
        refuses(resealed(good, b -> b.putInt(36, 0)), 0, "batch 0");
        refuses(resealed(good, b -> b.putInt(36, -1)), 0, "batch 4294967295");
        refuses(resealed(good, b -> b.putLong(48, -1)), 0, "value 1 is 18446744073709551615");
    }

    @Test
    void takesTheFieldsOfSamplesForUnsigned() throws ProbeFormatException {
        byte[] good = new RecordWriter().samples(0, 65535, -1, 7, 5).bytes();
        assertThat(decode(good).getFirst())
                .isInstanceOfSatisfying(
                        ProbeRecord.Samples.class,
                        samples -> {
                            assertThat(samples.stream()).isEqualTo(65535);
                            assertThat(samples.first()).isEqualTo(4294967295L);
                            assertThat(samples.metric()).isEqualTo(1);
                            assertThat(samples.batch()).isEqualTo(7);
                            assertThat(samples.values()).containsExactly(5);
                        });
    }

    @Test
    @SuppressWarnings("EnumOrdinal") // the order is that of the wire
    void knowsSevenWaysForAnEntryToEnd() throws ProbeFormatException {
        for (ProbeRecord.Status status : ProbeRecord.Status.BY_CODE) {
            byte[] result = new RecordWriter().result(3, status.ordinal(), 1, 2, "m").bytes();
            assertThat(decode(result))
                    .containsExactly(new ProbeRecord.Result(3, status, 1, 2, "m"));
        }
        refuses(new RecordWriter().result(0, 7, 0, 0, "").bytes(), 0, "unknown status 7");
        refuses(new RecordWriter().result(0, -1, 0, 0, "").bytes(), 0, "unknown status 4294967295");
    }

    @Test
    void refusesAnEndThatCountsOtherRecords() {
        refuses(new RecordWriter().kernel().end(1, 0).bytes(), 304, "END counts 1 records, want 2");
        refuses(
                new RecordWriter().kernel().end(-1, 0).bytes(),
                304,
                "END counts 4294967295 records, want 2");
    }

    @Test
    void showsTextHarmless() throws ProbeFormatException {
        assertThat(decode(new RecordWriter().log("a\u001b[31m\u202e\nb").bytes()))
                .containsExactly(new ProbeRecord.Log("a\uFFFD[31m\uFFFD\uFFFDb"));
        assertThat(decode(new RecordWriter().log("").bytes()))
                .containsExactly(new ProbeRecord.Log(""));
        Benchmark hostile =
                new Benchmark("b", "o\u202e", 0, false, 1, Streams.NONE.parameters(), "\u0007");
        assertThat(decode(new RecordWriter().benchmark(hostile).bytes()))
                .containsExactly(
                        new ProbeRecord.Offer(
                                new Benchmark(
                                        "b",
                                        "o\uFFFD",
                                        0,
                                        false,
                                        1,
                                        hostile.parameters(),
                                        "\uFFFD")));
    }

    /**
     * Checksums would stop nearly every mutation: here they are mended, so that all code is met.
     */
    @Test
    void survivesMutationsBehindRightChecksums() {
        long seed = 20_260_101;
        Random random = new Random(seed);
        byte[] stream = Streams.golden();
        for (int round = 0; round < 20_000; round++) {
            byte[] mutant = stream.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            survives(RecordWriter.sealed(mutant), "seed %d round %d".formatted(seed, round));
        }
    }

    @FuzzTest
    void survivesAnyBytes(byte[] bytes) {
        survives(bytes, "as given");
        survives(RecordWriter.sealed(bytes), "sealed");
    }

    private static void survives(byte[] bytes, String what) {
        try {
            ProbeRun run = Streams.run(bytes, 2);
            assertThat(run.entries()).as(what).hasSize(2);
            for (ProbeRun.Entry entry : run.entries()) {
                assertThat(entry.streams().isEmpty()).as(what).isEqualTo(!entry.verified());
            }
        } catch (ProbeFormatException e) {
            assertThat(e.getMessage()).as(what).startsWith("at offset ");
            assertThat(e.offset()).as(what).isBetween(0L, (long) bytes.length);
        }
    }

    private static byte[] patched(byte[] stream, Consumer<ByteBuffer> patch) {
        ByteBuffer bytes = ByteBuffer.wrap(stream.clone()).order(ByteOrder.LITTLE_ENDIAN);
        patch.accept(bytes);
        return bytes.array();
    }

    private static byte[] resealed(byte[] stream, Consumer<ByteBuffer> patch) {
        return RecordWriter.sealed(patched(stream, patch));
    }

    private static java.util.List<ProbeRecord> decode(byte[] stream) throws ProbeFormatException {
        return RecordDecoder.decode(ByteBuffer.wrap(stream));
    }

    private static void refuses(byte[] stream, int offset, String message) {
        assertThatExceptionOfType(ProbeFormatException.class)
                .isThrownBy(() -> decode(stream))
                .withMessage("at offset %d: %s", offset, message)
                .satisfies(e -> assertThat(e.offset()).isEqualTo(offset));
    }
}
