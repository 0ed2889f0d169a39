package org.feuerprobe.timeline;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.feuerprobe.trace.EventKind;
import org.feuerprobe.trace.Trace;
import org.feuerprobe.trace.TraceEvent;
import org.feuerprobe.trace.TraceRing;

/** A trace in the Common Trace Format 1.8: {@code metadata}, and a stream for each processor. */
public final class CtfTrace {
    private static final int MAGIC = 0xC1FC1FC1;
    private static final int HEAD = 8 + 5 * 8 + 4;
    private static final int EVENT = 2 + 8 + 4 + 8 + 8;
    private static final long BITS = 8;

    private CtfTrace() {}

    /** The files of its folder, by their names. */
    public static Map<String, byte[]> of(Trace trace) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("metadata", metadata(trace).getBytes(StandardCharsets.US_ASCII));
        for (TraceRing ring : trace.rings()) {
            files.put("cpu" + ring.cpu(), stream(trace, ring.cpu()));
        }
        return files;
    }

    private static byte[] stream(Trace trace, int cpu) {
        List<TraceEvent> events =
                trace.events().stream().filter(event -> event.cpu() == cpu).toList();
        ByteBuffer bytes =
                ByteBuffer.allocate(HEAD + events.size() * EVENT).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(0).putLong(trace.begin()).putLong(trace.end());
        bytes.putLong(bytes.capacity() * BITS).putLong(bytes.capacity() * BITS);
        bytes.putLong(0).putInt(cpu);
        for (TraceEvent event : events) {
            bytes.putShort((short) event.number()).putLong(event.time());
            bytes.putInt((int) event.environment()).putLong(event.a()).putLong(event.b());
        }
        return bytes.array();
    }

    private static String metadata(Trace trace) {
        StringBuilder text = new StringBuilder(header(trace.lost()));
        SortedSet<Integer> numbers = new TreeSet<>();
        for (EventKind kind : EventKind.values()) {
            numbers.add(kind.number());
        }
        trace.events().forEach(event -> numbers.add(event.number()));
        for (int number : numbers) {
            text.append(
                    "event { name = \"%s\"; id = %d; stream_id = 0; fields := struct { u32 environment; u64 %s; u64 %s; }; };\n"
                            .formatted(
                                    EventKind.of(number)
                                            .map(EventKind::word)
                                            .orElse("kind_" + number),
                                    number,
                                    name(number, true),
                                    name(number, false)));
        }
        return text.toString();
    }

    /** The name of a word; one that the kind does not have is 0. */
    private static String name(int number, boolean first) {
        String name =
                EventKind.of(number).map(kind -> first ? kind.first() : kind.second()).orElse("");
        return name.isEmpty() ? first ? "a" : "b" : name;
    }

    private static String header(long overwritten) {
        return """
        /* CTF 1.8 */
        typealias integer { size = 64; align = 8; signed = false; } := u64;
        typealias integer { size = 32; align = 8; signed = false; } := u32;
        typealias integer { size = 16; align = 8; signed = false; } := u16;
        trace {
          major = 1; minor = 8; byte_order = le;
          packet.header := struct { u32 magic; u32 stream_id; };
        };
        env { domain = "kernel"; tracer_name = "feuerprobe"; overwritten_before = %d; };
        clock { name = "ticks"; description = "instructions of the guest"; freq = 1000000000; offset = 0; };
        typealias integer { size = 64; align = 8; signed = false; map = clock.ticks.value; } := ticks;
        stream {
          id = 0;
          packet.context := struct {
            ticks timestamp_begin; ticks timestamp_end; u64 content_size; u64 packet_size;
            u64 events_discarded; u32 cpu_id;
          };
          event.header := struct { u16 id; ticks timestamp; };
        };
        """
                .formatted(overwritten);
    }
}
