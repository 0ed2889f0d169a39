package org.feuerprobe.probe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.feuerprobe.plan.Plan;

/**
 * Snapshot of the header page, in which the kernel reports its state. While the kernel runs, the
 * fields may come from different moments, so readers use only their growth.
 *
 * @param written bytes of complete records after the page
 * @param error which part of the plan the kernel refused, if the state is {@link State#REFUSED}
 */
public record HeaderPage(
        long heartbeat,
        long done,
        long total,
        long written,
        State state,
        int error,
        int planCrc,
        int boot) {

    private static final int MINOR_AT = 10;
    private static final int KNOWS_CALLS = 1;

    /**
     * The kernel's state. The order is that of the wire; 0 means that the kernel has not started.
     */
    public enum State {
        NOTHING,
        BOOTING,
        RUNNING,
        COMPLETE,
        PANIC,
        REFUSED,
        OUT_OF_ROOM;

        static final java.util.List<State> BY_CODE = java.util.List.of(values());
    }

    /** What the kernel wrote when it panicked. */
    public record Panic(int cpu, long code, long detail, long pc, long address, String message) {
        /**
         * Describes what happened and where, and names the point of the plan that came after the
         * {@code done} finished ones.
         */
        public String describe(Plan plan, long done) {
            String what =
                    "%s (cpu %d, code %d, pc %#x, address %#x)"
                            .formatted(message, cpu, code, pc, address);
            String where = plan.whereabouts(done);
            return where.isEmpty() ? what : what + "; " + where;
        }
    }

    /**
     * Reads the page; empty until the kernel has written its magic. A wrong version or state is an
     * error.
     */
    public static Optional<HeaderPage> read(ByteBuffer region) throws ProbeFormatException {
        ByteBuffer page = region.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (page.limit() < ProbeLayout.PAGE_SIZE) {
            throw new ProbeFormatException(
                    0,
                    "output region of %d bytes is smaller than its header page"
                            .formatted(page.limit()));
        }
        byte[] magic = new byte[ProbeLayout.PAGE_MAGIC.length];
        page.get(0, magic);
        if (Arrays.equals(magic, new byte[magic.length])) {
            return Optional.empty();
        }
        if (!Arrays.equals(magic, ProbeLayout.PAGE_MAGIC)) {
            throw new ProbeFormatException(0, "wrong magic in the header page");
        }
        int major = Short.toUnsignedInt(page.getShort(8));
        if (major != ProbeLayout.MAJOR) {
            throw new ProbeFormatException(
                    8, "probe version %d, want %d".formatted(major, ProbeLayout.MAJOR));
        }
        if (page.getInt(12) != ProbeLayout.PAGE_SIZE) {
            throw new ProbeFormatException(
                    12,
                    "header size %d, want %d".formatted(page.getInt(12), ProbeLayout.PAGE_SIZE));
        }
        int state = page.getInt(ProbeLayout.STATE);
        if (state < 0 || state >= State.BY_CODE.size()) {
            throw new ProbeFormatException(ProbeLayout.STATE, "unknown state %d".formatted(state));
        }
        return Optional.of(
                new HeaderPage(
                        page.getLong(ProbeLayout.HEARTBEAT),
                        page.getLong(ProbeLayout.DONE),
                        page.getLong(ProbeLayout.TOTAL),
                        page.getLong(ProbeLayout.WRITTEN),
                        State.BY_CODE.get(state),
                        page.getInt(ProbeLayout.ERROR),
                        page.getInt(ProbeLayout.PAGE_PLAN_CRC),
                        page.getInt(ProbeLayout.PAGE_BOOT)));
    }

    /**
     * The system call that each processor entered last, as text. Empty if the page is missing, if
     * its version has no such field, or if no processor entered one.
     */
    public static String lastCalls(ByteBuffer region) {
        ByteBuffer page = region.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (page.limit() < ProbeLayout.PAGE_SIZE || page.getShort(MINOR_AT) < KNOWS_CALLS) {
            return "";
        }
        return SystemCall.describe(
                IntStream.range(0, ProbeLayout.MOST_CPUS)
                        .mapToObj(cpu -> page.getInt(ProbeLayout.CALLS + Integer.BYTES * cpu))
                        .toList());
    }

    /** The panic that the page reports, if any. */
    public static Optional<Panic> panic(ByteBuffer region) {
        ByteBuffer page = region.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (page.limit() < ProbeLayout.PAGE_SIZE
                || page.getInt(ProbeLayout.PANIC) != ProbeLayout.PANIC_MAGIC) {
            return Optional.empty();
        }
        int at = ProbeLayout.PANIC;
        return Optional.of(
                new Panic(
                        page.getInt(at + 4),
                        page.getLong(at + 8),
                        page.getLong(at + 16),
                        page.getLong(at + 24),
                        page.getLong(at + 32),
                        HarmlessText.read(
                                page,
                                at + ProbeLayout.PANIC_MESSAGE,
                                ProbeLayout.PANIC_SIZE - ProbeLayout.PANIC_MESSAGE)));
    }
}
