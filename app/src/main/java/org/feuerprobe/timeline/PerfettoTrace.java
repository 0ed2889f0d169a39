package org.feuerprobe.timeline;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.feuerprobe.flame.ProtocolBuffer;
import org.feuerprobe.trace.Trace;

/**
 * A trace for Perfetto: the messages of its {@code trace_packet.proto}, {@code track_event.proto}
 * and {@code track_descriptor.proto}.
 */
public final class PerfettoTrace {
    private static final int PACKET = 1;

    /** Fields of a packet. */
    private static final int TIMESTAMP = 8;

    private static final int SEQUENCE = 10;
    private static final int EVENT = 11;
    private static final int SEQUENCE_FLAGS = 13;
    private static final int DESCRIPTOR = 60;

    /** Fields of a track event. */
    private static final int ANNOTATION = 4;

    private static final int TYPE = 9;
    private static final int TRACK = 11;
    private static final int NAME = 23;
    private static final int FLOW = 47;
    private static final int FLOW_ENDS = 48;

    private static final int BEGIN = 1;
    private static final int END = 2;
    private static final int INSTANT = 3;

    /** Tracks of the groups of rows, which have no row's number. */
    private static final long FIRST_GROUP = 1L << 40;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private PerfettoTrace() {}

    /** The file. */
    public static byte[] of(Trace trace) {
        return new PerfettoTrace().write(Timeline.of(trace));
    }

    private byte[] write(Timeline timeline) {
        for (Timeline.Group group : Timeline.Group.values()) {
            describe(FIRST_GROUP + group.number(), group.name().toLowerCase(Locale.ROOT), 0);
        }
        for (Timeline.Row row : timeline.rows()) {
            describe(row.id(), row.name(), FIRST_GROUP + row.group().number());
            slices(row);
            for (Timeline.Point point : row.points()) {
                packet(
                        point.time(),
                        event(INSTANT, row.id())
                                .text(NAME, point.name())
                                .message(ANNOTATION, annotation(point.detail())));
            }
        }
        int id = 0;
        for (Timeline.Arrow arrow : timeline.arrows()) {
            id++;
            packet(
                    arrow.sent(),
                    event(INSTANT, arrow.from())
                            .text(NAME, "message, " + arrow.detail())
                            .fixed(FLOW, id));
            packet(
                    arrow.received(),
                    event(INSTANT, arrow.to())
                            .text(NAME, "message, " + arrow.detail())
                            .fixed(FLOW_ENDS, id));
        }
        return out.toByteArray();
    }

    /** Beginnings and ends, so that each slice ends before the one that contains it. */
    private void slices(Timeline.Row row) {
        Deque<Long> open = new ArrayDeque<>();
        for (Timeline.Slice slice : row.slices()) {
            closeUntil(row, open, slice.from());
            long until = open.isEmpty() ? slice.until() : Math.min(slice.until(), open.peek());
            packet(
                    slice.from(),
                    event(BEGIN, row.id())
                            .text(NAME, slice.name())
                            .message(ANNOTATION, annotation(slice.detail())));
            open.push(until);
        }
        closeUntil(row, open, Long.MAX_VALUE);
    }

    private void closeUntil(Timeline.Row row, Deque<Long> open, long time) {
        while (!open.isEmpty() && open.peek() <= time) {
            packet(open.pop(), event(END, row.id()));
        }
    }

    private static ProtocolBuffer event(int type, long track) {
        return new ProtocolBuffer().number(TYPE, type).number(TRACK, track);
    }

    private static ProtocolBuffer annotation(String detail) {
        return new ProtocolBuffer().text(10, "what").text(6, detail);
    }

    private void describe(long track, String name, long parent) {
        add(
                new ProtocolBuffer()
                        .number(SEQUENCE, 1)
                        .number(SEQUENCE_FLAGS, 1)
                        .message(
                                DESCRIPTOR,
                                new ProtocolBuffer()
                                        .number(1, track)
                                        .text(2, name)
                                        .number(5, parent)));
    }

    private void packet(long time, ProtocolBuffer event) {
        add(new ProtocolBuffer().number(TIMESTAMP, time).number(SEQUENCE, 1).message(EVENT, event));
    }

    private void add(ProtocolBuffer packet) {
        out.writeBytes(new ProtocolBuffer().message(PACKET, packet).toBytes());
    }
}
