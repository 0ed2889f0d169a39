package org.feuerprobe.probe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;

/** Encodes a plan in the form that the kernel reads: {@code docs/probe.md} section 1. */
public final class PlanEncoder {
    private PlanEncoder() {}

    /**
     * Encodes a plan for boot number {@code boot}.
     *
     * @param outputBase physical address of the output region, in bytes; 0 for the serial carrier
     * @param outputSize bytes of that region
     */
    public static byte[] encode(Plan plan, int boot, long outputBase, long outputSize) {
        int length =
                Math.addExact(
                        ProbeLayout.PLAN_HEADER_SIZE,
                        Math.multiplyExact(plan.entries().size(), ProbeLayout.PLAN_ENTRY_SIZE));
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(ProbeLayout.PLAN_MAGIC)
                .putShort((short) ProbeLayout.MAJOR)
                .putShort((short) ProbeLayout.MINOR)
                .putInt(0)
                .putInt(length)
                .putInt(plan.entries().size())
                .putLong(plan.seed())
                .putLong(outputBase)
                .putLong(outputSize)
                .putInt(boot)
                .putInt(0)
                .putLong(0);
        plan.entries().forEach(entry -> put(bytes, entry, plan.reading().number()));
        bytes.putInt(
                ProbeLayout.PLAN_CRC, Checksum.withZeroAt(bytes, 0, length, ProbeLayout.PLAN_CRC));
        return bytes.array();
    }

    private static void put(ByteBuffer bytes, PlanEntry entry, int metric) {
        int start = bytes.position();
        byte[] name = entry.benchmark().name().getBytes(StandardCharsets.UTF_8);
        List<Long> values = List.copyOf(entry.parameters().sequencedValues());
        if (name.length > ProbeLayout.NAME_SIZE || values.size() > ProbeLayout.MOST_PARAMETERS) {
            throw new IllegalArgumentException(
                    "benchmark '%s' with %d parameters is too large for a plan entry"
                            .formatted(entry.benchmark().name(), values.size()));
        }
        bytes.put(name).position(start + ProbeLayout.NAME_SIZE);
        for (int i = 0; i < ProbeLayout.MOST_PARAMETERS; i++) {
            bytes.putLong(i < values.size() ? values.get(i) : 0);
        }
        bytes.putInt(entry.samples())
                .putInt(entry.warmup())
                .putInt(entry.batch())
                .putInt(metric)
                .putShort((short) ProbeLayout.ANY_CPU)
                .putShort((short) ProbeLayout.ANY_CPU)
                .putInt(entry.benchmark().cold() ? 1 : 0);
        bytes.position(start + ProbeLayout.PLAN_ENTRY_SIZE);
    }
}
