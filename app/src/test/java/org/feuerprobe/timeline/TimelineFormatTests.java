package org.feuerprobe.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.trace.EventKind;
import org.feuerprobe.trace.Trace;
import org.feuerprobe.trace.TraceEvent;
import org.feuerprobe.trace.TraceRing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each format has of a trace that was written by hand: environment 2 calls 3. */
final class TimelineFormatTests {
    private static final Trace TRACE =
            new Trace(
                    List.of(
                            new TraceEvent(0, 2000, 2, EventKind.SYSCALL, 67, 0x10007),
                            new TraceEvent(0, 2010, 2, EventKind.SEND, 3, 8),
                            new TraceEvent(0, 2020, 3, EventKind.RECEIVE, 2, 8),
                            new TraceEvent(0, 2030, 2, EventKind.SWITCH, 3, 3),
                            new TraceEvent(0, 2040, 3, EventKind.RESULT, 8, 0),
                            new TraceEvent(1, 2050, 0, 99, 5, 6),
                            new TraceEvent(0, 2200, 3, EventKind.SYSCALL, 21, 0x10005),
                            new TraceEvent(0, 2210, 3, EventKind.SEND, 2, 16),
                            new TraceEvent(0, 2220, 2, EventKind.RECEIVE, 3, 16),
                            new TraceEvent(0, 2230, 3, EventKind.SWITCH, 2, 2),
                            new TraceEvent(0, 2240, 2, EventKind.RESULT, 16, 0)),
                    List.of(new TraceRing(0, 14, 10), new TraceRing(1, 1, 1)));

    @Test
    void textHasALineForEachEvent() {
        assertThat(TraceText.of(TRACE))
                .isEqualTo(
                        """
                        # 1 events are of kinds that this version does not know
                                 0  cpu 0  env 2    syscall number=exo_call argument=0x10007
                                10  cpu 0  env 2    send to=3 length=8
                                20  cpu 0  env 3    receive from=2 length=8
                                30  cpu 0  env 2    switch to=3 state=receiving
                                40  cpu 0  env 3    result result=8 again=0
                                50  cpu 1  env 0    kind_99 a=5 b=6
                               200  cpu 0  env 3    syscall number=exo_send argument=0x10005
                               210  cpu 0  env 3    send to=2 length=16
                               220  cpu 0  env 2    receive from=3 length=16
                               230  cpu 0  env 3    switch to=2 state=ready
                               240  cpu 0  env 2    result result=16 again=0
                        """);
    }

    @Test
    void chromeHasRowsSlicesAndArrows() throws Exception {
        JsonNode events =
                JsonMapper.builder().build().readTree(ChromeTrace.of(TRACE)).get("traceEvents");

        List<String> slices = new ArrayList<>();
        List<String> arrows = new ArrayList<>();
        for (JsonNode event : events) {
            String phase = event.get("ph").asString();
            if (phase.equals("X")) {
                slices.add(
                        "%s %s %s+%s"
                                .formatted(
                                        event.get("tid").asLong(),
                                        event.get("name").asString(),
                                        event.get("ts"),
                                        event.get("dur")));
            } else if (phase.equals("s") || phase.equals("f")) {
                arrows.add(
                        "%s %s %s %s"
                                .formatted(
                                        phase,
                                        event.get("id").asInt(),
                                        event.get("tid").asLong(),
                                        event.get("ts")));
            }
        }
        assertThat(slices)
                .containsExactly(
                        "1 environment 2 2.0+0.03",
                        "1 environment 3 2.03+0.2",
                        "1 environment 2 2.23+0.01",
                        "1002 exo_call 2.0+0.24",
                        "1002 waits for a message 2.03+0.19",
                        "1003 exo_send 2.2+0.04");
        assertThat(arrows)
                .containsExactly(
                        "s 1 1002 2.01", "f 1 1003 2.02", "s 2 1003 2.21", "f 2 1002 2.22");
    }

    @Test
    void perfettoBeginsAndEndsEachSliceAndJoinsMessages() {
        List<String> packets = new ArrayList<>();
        for (ByteBuffer packet : all(ByteBuffer.wrap(PerfettoTrace.of(TRACE)), 1)) {
            for (ByteBuffer event : all(packet, 11)) {
                String name = text(event, 23);
                packets.add(
                        "%d type %d track %d%s%s%s"
                                .formatted(
                                        number(packet, 8),
                                        number(event, 9),
                                        number(event, 11),
                                        name.isEmpty() ? "" : " " + name,
                                        number(event, 47) == 0 ? "" : " from " + number(event, 47),
                                        number(event, 48) == 0 ? "" : " to " + number(event, 48)));
            }
        }
        assertThat(packets)
                .containsSubsequence(
                        "2000 type 1 track 1002 exo_call",
                        "2030 type 1 track 1002 waits for a message",
                        "2220 type 2 track 1002",
                        "2240 type 2 track 1002")
                .contains(
                        "2010 type 3 track 1002 message, 8 bytes from 1",
                        "2020 type 3 track 1003 message, 8 bytes to 1",
                        "2050 type 3 track 2 kind_99");
        assertThat(packets.stream().filter(packet -> packet.contains("type 1")).count())
                .isEqualTo(packets.stream().filter(packet -> packet.contains("type 2")).count())
                .isEqualTo(6);
    }

    @Test
    void ctfIsReadByBabeltrace(@TempDir Path folder) throws Exception {
        String reader = System.getenv().getOrDefault("BABELTRACE2", "babeltrace2");
        assumeThat(isThere(reader))
                .as("skipped: no babeltrace2; Debian has it in the package of that name")
                .isTrue();
        Path place = TraceFiles.write(folder, "exo_call/one", TRACE, TraceFormat.CTF);
        Process process =
                new ProcessBuilder(reader, "--clock-cycles", "--names=none", place.toString())
                        .redirectErrorStream(true)
                        .start();
        List<String> lines = process.inputReader().lines().toList();

        assertThat(process.waitFor()).as(lines.toString()).isZero();
        assertThat(lines).hasSize(TRACE.events().size());
        assertThat(lines.getFirst())
                .contains("00000000000000002000")
                .endsWith("syscall: { 0 }, { 2, 67, 65543 }");
        assertThat(lines.get(5)).endsWith("kind_99: { 1 }, { 0, 5, 6 }");
    }

    @Test
    void ctfStreamsHaveTheirLength() {
        Map<String, byte[]> files = CtfTrace.of(TRACE);

        assertThat(files.keySet()).containsExactly("metadata", "cpu0", "cpu1");
        ByteBuffer stream = ByteBuffer.wrap(files.get("cpu0")).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(stream.getInt(0)).isEqualTo(0xC1FC1FC1);
        assertThat(stream.getLong(24)).isEqualTo(8L * stream.capacity());
        assertThat(stream.getShort(52)).isEqualTo((short) EventKind.SYSCALL.number());
        assertThat(stream.getLong(54)).isEqualTo(2000);
        assertThat(new String(files.get("metadata"), StandardCharsets.US_ASCII))
                .contains("overwritten_before = 4;")
                .contains("name = \"kind_99\"; id = 99;");
    }

    @Test
    void saysThatAFileCannotBeWritten(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> TraceFiles.write(file, "one", TRACE, TraceFormat.TEXT))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("--out: cannot write " + file.resolve("one.txt") + ": ");
        assertThatThrownBy(() -> TraceFiles.text(TRACE, TraceFormat.CTF))
                .hasMessage("--format ctf is no text for a terminal: name a folder with --out");
    }

    @Test
    void theSummaryCountsKindsAndWhatWasLost() {
        assertThat(TraceText.summary("one", TRACE))
                .startsWith(
                        """
                        one: 11 events of 2 environments in 240 instructions; 4 older ones were overwritten before.
                        # 1 events are of kinds that this version does not know

                        """)
                .contains("\nreceive  2\n");
    }

    private static boolean isThere(String program) {
        return program.contains("/")
                ? Files.isExecutable(Path.of(program))
                : Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The fields of a message, by their numbers: a {@code Long}, or the bytes of a field. */
    private static Map<Integer, List<Object>> fields(ByteBuffer message) {
        ByteBuffer bytes = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, List<Object>> fields = new TreeMap<>();
        while (bytes.hasRemaining()) {
            long key = varint(bytes);
            Object value =
                    switch ((int) (key & 7)) {
                        case 0 -> varint(bytes);
                        case 1 -> bytes.getLong();
                        case 2 -> {
                            int length = (int) varint(bytes);
                            ByteBuffer part = bytes.slice(bytes.position(), length);
                            bytes.position(bytes.position() + length);
                            yield part;
                        }
                        default -> throw new AssertionError("wire type of key " + key);
                    };
            fields.computeIfAbsent((int) (key >>> 3), _ -> new ArrayList<>()).add(value);
        }
        return fields;
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static List<ByteBuffer> all(ByteBuffer message, int field) {
        return fields(message).getOrDefault(field, List.of()).stream()
                .map(ByteBuffer.class::cast)
                .toList();
    }

    private static long number(ByteBuffer message, int field) {
        List<Object> found = fields(message).getOrDefault(field, List.of());
        return found.isEmpty() ? 0 : (Long) found.getFirst();
    }

    private static String text(ByteBuffer message, int field) {
        return all(message, field).stream()
                .map(text -> StandardCharsets.UTF_8.decode(text.duplicate()).toString())
                .collect(Collectors.joining());
    }
}
