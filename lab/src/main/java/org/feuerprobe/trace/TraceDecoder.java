package org.feuerprobe.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the kernel's rings: {@code exokernel/include/feuerbird/trace.h} describes their layout. */
public final class TraceDecoder {
    /** Where the guest's physical memory has them. */
    public static final long ADDRESS = 0x400_0000;

    /** Bytes before the first ring. */
    public static final int HEAD = 4096;

    static final long MAGIC = 0x3145_4341_5254_4246L;
    static final int EVENT = 32;
    static final int MOST_CPUS = 8;
    static final int WRITTEN = 64;
    private static final int LARGEST_RING = EVENT << 20;

    private TraceDecoder() {}

    /** Size of head and rings, by the head. */
    public static int size(ByteBuffer head) throws TraceFormatException {
        ByteBuffer bytes = head.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() < HEAD) {
            throw new TraceFormatException(
                    bytes.limit(), "it ends there; its head alone has %d bytes".formatted(HEAD));
        }
        if (bytes.getLong(0) != MAGIC) {
            throw new TraceFormatException(
                    0, "there is none: the kernel must be built with TRACE=on");
        }
        require(bytes.getInt(8) == EVENT, 8, "events have %d bytes".formatted(bytes.getInt(8)));
        int cpus = bytes.getInt(12);
        require(cpus >= 1 && cpus <= MOST_CPUS, 12, "it has %d rings".formatted(cpus));
        long ring = bytes.getLong(16);
        require(
                ring >= EVENT && ring <= LARGEST_RING && Long.bitCount(ring) == 1,
                16,
                "a ring has %d bytes".formatted(ring));
        long size = HEAD + cpus * ring;
        require(size <= Integer.MAX_VALUE, 16, "its rings have %d bytes".formatted(size));
        return (int) size;
    }

    /** The trace in head and rings. */
    public static Trace decode(ByteBuffer area) throws TraceFormatException {
        ByteBuffer bytes = area.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int size = size(bytes);
        if (bytes.limit() < size) {
            throw new TraceFormatException(
                    bytes.limit(), "it ends there; the whole has %d bytes".formatted(size));
        }
        int ring = (int) bytes.getLong(16);
        List<TraceEvent> events = new ArrayList<>();
        List<TraceRing> rings = new ArrayList<>();
        for (int cpu = 0; cpu < bytes.getInt(12); cpu++) {
            int place = WRITTEN + 8 * cpu;
            long written = bytes.getLong(place);
            require(
                    written >= 0 && written % EVENT == 0,
                    place,
                    "processor %d wrote %d bytes".formatted(cpu, written));
            long kept = Math.min(written, ring);
            rings.add(new TraceRing(cpu, written / EVENT, kept / EVENT));
            int start = HEAD + cpu * ring;
            for (long at = written - kept; at < written; at += EVENT) {
                events.add(event(bytes, cpu, start + (int) (at & (ring - 1))));
            }
        }
        // Each ring is in the order of time, and a stable sort keeps it.
        events.sort(Comparator.comparingLong(TraceEvent::time));
        return new Trace(events, rings);
    }

    private static TraceEvent event(ByteBuffer bytes, int cpu, int at) throws TraceFormatException {
        int kind = bytes.getInt(at + 12);
        require(kind > 0, at, "no event");
        return new TraceEvent(
                cpu,
                bytes.getLong(at),
                Integer.toUnsignedLong(bytes.getInt(at + 8)),
                kind,
                bytes.getLong(at + 16),
                bytes.getLong(at + 24));
    }

    private static void require(boolean holds, long offset, String otherwise)
            throws TraceFormatException {
        if (!holds) {
            throw new TraceFormatException(offset, otherwise);
        }
    }
}
