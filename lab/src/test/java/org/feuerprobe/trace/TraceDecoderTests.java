package org.feuerprobe.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class TraceDecoderTests {
    private static final int EVENTS = 4;
    private static final int RING = EVENTS * TraceDecoder.EVENT;

    /**
     * Rings of four events; processor 0 wrote {@code first} of them, processor 1 {@code second}.
     */
    private static ByteBuffer area(int first, int second) {
        ByteBuffer area =
                ByteBuffer.allocate(TraceDecoder.HEAD + 2 * RING).order(ByteOrder.LITTLE_ENDIAN);
        area.putLong(0, TraceDecoder.MAGIC).putInt(8, TraceDecoder.EVENT).putInt(12, 2);
        area.putLong(16, RING);
        int[] written = {first, second};
        for (int cpu = 0; cpu < written.length; cpu++) {
            area.putLong(TraceDecoder.WRITTEN + 8 * cpu, (long) written[cpu] * TraceDecoder.EVENT);
            for (int i = 0; i < written[cpu]; i++) {
                int at = TraceDecoder.HEAD + cpu * RING + i % EVENTS * TraceDecoder.EVENT;
                area.putLong(at, 100 + 10 * i + 5 * cpu).putInt(at + 8, 7).putInt(at + 12, 1 + cpu);
                area.putLong(at + 16, i).putLong(at + 24, -i);
            }
        }
        return area;
    }

    @Test
    void mergesTheRingsInTheOrderOfTime() throws Exception {
        Trace trace = TraceDecoder.decode(area(2, 1));

        assertThat(trace.events())
                .containsExactly(
                        new TraceEvent(0, 100, 7, EventKind.SYSCALL, 0, 0),
                        new TraceEvent(1, 105, 7, EventKind.RESULT, 0, 0),
                        new TraceEvent(0, 110, 7, EventKind.SYSCALL, 1, -1));
        assertThat(trace.lost()).isZero();
    }

    @Test
    void countsWhatAFullRingHasOverwritten() throws Exception {
        Trace trace = TraceDecoder.decode(area(11, 4));

        assertThat(trace.rings()).containsExactly(new TraceRing(0, 11, 4), new TraceRing(1, 4, 4));
        assertThat(trace.lost()).isEqualTo(7);
        assertThat(trace.events().stream().filter(event -> event.cpu() == 0))
                .extracting(TraceEvent::a)
                .containsExactly(7L, 8L, 9L, 10L);
    }

    @Test
    void saysWhereACutTraceEnds() {
        ByteBuffer cut = area(2, 1).limit(TraceDecoder.HEAD + 40);
        ByteBuffer short_ = area(2, 1).limit(100);

        assertThatThrownBy(() -> TraceDecoder.decode(cut))
                .isInstanceOf(TraceFormatException.class)
                .hasMessage("the trace at byte 4136: it ends there; the whole has 4352 bytes");
        assertThatThrownBy(() -> TraceDecoder.decode(short_))
                .hasMessage("the trace at byte 100: it ends there; its head alone has 4096 bytes");
    }

    @Test
    void refusesWhatNoKernelWrites() {
        assertThatThrownBy(() -> TraceDecoder.decode(area(1, 1).putLong(0, 0)))
                .hasMessage(
                        "the trace at byte 0: there is none: the kernel must be built with TRACE=on");
        assertThatThrownBy(() -> TraceDecoder.decode(area(1, 1).putInt(8, 24)))
                .hasMessage("the trace at byte 8: events have 24 bytes");
        assertThatThrownBy(() -> TraceDecoder.decode(area(1, 1).putInt(12, 9)))
                .hasMessage("the trace at byte 12: it has 9 rings");
        assertThatThrownBy(() -> TraceDecoder.decode(area(1, 1).putLong(16, 96)))
                .hasMessage("the trace at byte 16: a ring has 96 bytes");
        assertThatThrownBy(() -> TraceDecoder.decode(area(1, 1).putLong(72, 5)))
                .hasMessage("the trace at byte 72: processor 1 wrote 5 bytes");
        assertThatThrownBy(() -> TraceDecoder.decode(area(1, 1).putInt(TraceDecoder.HEAD + 12, 0)))
                .hasMessage("the trace at byte 4096: no event");
    }

    @Test
    void keepsAndCountsEventsOfAnUnknownKind() throws Exception {
        Trace trace = TraceDecoder.decode(area(1, 1).putInt(TraceDecoder.HEAD + 12, 99));

        assertThat(trace.unknown()).isEqualTo(1);
        assertThat(trace.events().getFirst().word()).isEqualTo("kind_99");
    }

    @Test
    void knowsTheKindsOfTheKernel() throws Exception {
        Matcher rows =
                Pattern.compile("X\\((\\d+), (\\w+), \"(\\w*)\", \"(\\w*)\"")
                        .matcher(Files.readString(Path.of("exokernel/include/feuerbird/trace.h")));
        List<String> kernel = new ArrayList<>();
        while (rows.find()) {
            kernel.add(rows.group(1) + rows.group(2) + "(" + rows.group(3) + "," + rows.group(4));
        }
        List<String> ours = new ArrayList<>();
        for (EventKind kind : EventKind.values()) {
            ours.add(kind.number() + kind.word() + "(" + kind.first() + "," + kind.second());
        }

        assertThat(ours).isNotEmpty().isEqualTo(kernel);
    }
}
