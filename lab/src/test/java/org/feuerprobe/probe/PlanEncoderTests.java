package org.feuerprobe.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.CRC32C;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.testing.Golden;
import org.junit.jupiter.api.Test;

final class PlanEncoderTests {
    @Test
    void writesTheBytesOfTheContract() throws IOException {
        byte[] plan =
                PlanEncoder.encode(
                        new Plan(0x0123456789ABCDEFL, List.of(lookup(), nop())),
                        3,
                        0x4000_0000L,
                        0x10_0000L);
        StringBuilder dump = new StringBuilder();
        for (int at = 0; at < plan.length; at += 16) {
            dump.append("%04x  ".formatted(at))
                    .append(HexFormat.ofDelimiter(" ").formatHex(plan, at, at + 16))
                    .append('\n');
        }
        Golden.check("org/feuerprobe/probe/plan-v1.0.txt", dump.toString());
    }

    @Test
    void sealsThePlanWithItsOwnFieldTakenAsZero() {
        byte[] plan = PlanEncoder.encode(new Plan(1, List.of(nop())), 0, 0, 0);
        ByteBuffer bytes = ByteBuffer.wrap(plan).order(ByteOrder.LITTLE_ENDIAN);
        int crc = bytes.getInt(12);
        bytes.putInt(12, 0);
        CRC32C reference = new CRC32C();
        reference.update(plan);
        assertThat(crc).isEqualTo((int) reference.getValue());
        assertThat(bytes.getInt(16)).isEqualTo(plan.length).isEqualTo(64 + 128);
    }

    @Test
    void asksForTheCatalogueWithoutEntries() {
        byte[] plan = PlanEncoder.encode(Plan.catalogue(), 0, 4096, 8192);
        assertThat(plan).hasSize(64);
        assertThat(ByteBuffer.wrap(plan).order(ByteOrder.LITTLE_ENDIAN).getInt(20)).isZero();
    }

    @Test
    void refusesABenchmarkThatDoesNotFit() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> PlanEncoder.encode(named("é".repeat(25)), 0, 0, 0))
                .withMessage(
                        "benchmark '%s' with 0 parameters is too large for a plan entry",
                        "é".repeat(25));
        assertThat(PlanEncoder.encode(named("é".repeat(24)), 0, 0, 0)).hasSize(192);
        SequencedMap<String, Long> five = new LinkedHashMap<>();
        List.of("a", "b", "c", "d", "e").forEach(name -> five.put(name, 1L));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() ->
                        PlanEncoder.encode(
                                new Plan(1, List.of(new PlanEntry(Streams.NONE, five, 1, 0, 1))),
                                0,
                                0,
                                0))
                .withMessage("benchmark 'nop' with 5 parameters is too large for a plan entry");
    }

    private static Plan named(String name) {
        Benchmark benchmark = new Benchmark(name, "o", 0, false, 1, List.of(), "");
        return new Plan(1, List.of(new PlanEntry(benchmark, new LinkedHashMap<>(), 1, 0, 1)));
    }

    private static PlanEntry lookup() {
        SequencedMap<String, Long> at = new LinkedHashMap<>();
        at.put("N_caps", 4096L);
        at.put("M", Long.MAX_VALUE);
        return new PlanEntry(Streams.LOOKUP, at, 64, 4, 8);
    }

    private static PlanEntry nop() {
        return new PlanEntry(Streams.NONE, new LinkedHashMap<>(), 1, 0, 1);
    }
}
