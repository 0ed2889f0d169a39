package org.feuerprobe.flame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.profile.ProfileDifference;
import org.feuerprobe.profile.SourceText;
import org.feuerprobe.testbed.ChildProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a profile looks like in each format, and what other programs read out of it. */
class FormatTests {
    private static final Counter INSTRUCTIONS = Counter.INSTRUCTIONS;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void showsATable() {
        assertThat(ProfileTable.of(MadeUpProfile.usual(), INSTRUCTIONS, false))
                .isEqualTo(
                        """
                        op/hot n=8: 15 instructions an operation (4 samples, without its overhead twin); the clock counted as many.

                        self  share  total   share  function
                          13  86.7%     13   86.7%  find
                           1   6.7%     15  100.0%  run
                           1   6.7%     14   93.3%  insert
                        """);
    }

    @Test
    void writesOneJsonObject() {
        JsonNode document =
                JsonMapper.builder()
                        .build()
                        .readTree(ProfileDocument.of(MadeUpProfile.usual(), INSTRUCTIONS));

        assertThat(document.get("operation").asString()).isEqualTo("op");
        assertThat(document.get("total").asInt()).isEqualTo(15);
        assertThat(document.get("clock").asInt()).isEqualTo(15);
        assertThat(document.get("functions").get(0).toString())
                .isEqualTo("{\"name\":\"find\",\"self\":13,\"total\":13}");
    }

    /** What only the twin executes is taken from the function that measures. */
    @Test
    void foldsStacks() throws Exception {
        assertThat(FoldedStacks.of(MadeUpProfile.usual(), INSTRUCTIONS))
                .isEqualTo("run 4\nrun;insert 4\nrun;insert;find 52\n");
    }

    @Test
    void aTwinThatExecutesMoreThanTheOperationCannotBeDrawn() {
        assertThatThrownBy(() ->
                        FoldedStacks.of(
                                new MadeUpProfile()
                                        .with("run:10 insert:20", 0x101, 4)
                                        .with("run:10 wait:7", 0x102, -4)
                                        .profile(),
                                INSTRUCTIONS))
                .isInstanceOf(LabException.class)
                .hasMessage(
                        "op/hot: its overhead twin executes more of wait than the operation, which cannot be drawn: add --gross");
    }

    @Test
    void writesForSpeedscope() throws Exception {
        JsonNode document =
                JsonMapper.builder()
                        .build()
                        .readTree(Speedscope.of(MadeUpProfile.usual(), INSTRUCTIONS));

        JsonNode profile = document.get("profiles").get(0);
        assertThat(document.get("shared").get("frames").toString())
                .isEqualTo(
                        "[{\"name\":\"run\",\"file\":\"run.c\"},{\"name\":\"insert\",\"file\":\"insert.c\"},{\"name\":\"find\",\"file\":\"find.c\"}]");
        assertThat(profile.get("samples").toString()).isEqualTo("[[0],[0,1],[0,1,2],[0,1,2]]");
        assertThat(profile.get("weights").toString()).isEqualTo("[4,4,40,12]");
        assertThat(profile.get("endValue").asInt()).isEqualTo(60);
    }

    /** The fields of {@code profile.proto}, read by what the format's definition says. */
    @Test
    void writesForPprof() throws Exception {
        byte[] message;
        try (GZIPInputStream in =
                new GZIPInputStream(
                        new ByteArrayInputStream(Pprof.of(MadeUpProfile.usual(), INSTRUCTIONS)))) {
            message = in.readAllBytes();
        }
        List<String> strings = new ArrayList<>();
        List<Long> values = new ArrayList<>();
        for (Field field : fields(message)) {
            if (field.number() == 6) {
                strings.add(new String(field.bytes(), StandardCharsets.UTF_8));
            } else if (field.number() == 2) {
                values.add((long) fields(field.bytes()).get(1).bytes()[0]);
            }
        }

        assertThat(strings)
                .containsExactly(
                        "",
                        "instructions",
                        "count",
                        "run",
                        "run.c",
                        "insert",
                        "insert.c",
                        "find",
                        "find.c",
                        "op/hot n=8, instructions of 4 operations");
        assertThat(values).containsExactly(4L, 4L, 40L, 12L);
    }

    private record Field(int number, byte[] bytes) {}

    /** The fields of a message; those that are numbers have no bytes. */
    private static List<Field> fields(byte[] message) {
        List<Field> fields = new ArrayList<>();
        int[] at = {0};
        while (at[0] < message.length) {
            long tag = varint(message, at);
            long value = varint(message, at);
            byte[] bytes = {};
            if ((tag & 7) == 2) {
                bytes = Arrays.copyOfRange(message, at[0], at[0] + (int) value);
                at[0] += (int) value;
            }
            fields.add(new Field((int) (tag >> 3), bytes));
        }
        return fields;
    }

    private static long varint(byte[] message, int[] at) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message[at[0]++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Test
    void callgrindAnnotateReadsIt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("callgrind.out");
        Files.writeString(file, Callgrind.of(MadeUpProfile.usual(), INSTRUCTIONS));

        String exclusive = annotated(file, "--inclusive=no").orElse("");
        assumeTrue(!exclusive.isEmpty(), "callgrind_annotate of the package valgrind is not here");

        assertThat(exclusive)
                .contains("60 (100.0%)  PROGRAM TOTALS")
                .contains("52 (86.67%)  find.c:find");
        assertThat(annotated(file, "--inclusive=yes").orElseThrow())
                .contains("60 (100.0%)  run.c:run")
                .contains("56 (93.33%)  insert.c:insert");
    }

    private static Optional<String> annotated(Path file, String option)
            throws InterruptedException {
        return ChildProcess.output(
                List.of("callgrind_annotate", option, "--auto=no", file.toString()), LIMIT);
    }

    @Test
    void drawsAPageThatNeedsNothingElse() throws Exception {
        String page = FlameGraph.html(MadeUpProfile.usual(), INSTRUCTIONS);

        assertThat(page)
                .contains("<title>op/hot n=8</title>")
                .contains("default-src &#39;none&#39;")
                .contains("\"n\" : \"find\"")
                .doesNotContain("http://", "https://", "src=\"");
    }

    @Test
    void comparesFunctionsAndLines() {
        var now =
                new MadeUpProfile()
                        .with("run:10", 0x100, 4)
                        .with("run:10 insert:20", 0x101, 4)
                        .with("run:10 insert:21 find:30", 0x102, 40)
                        .with("run:10 insert:21 find:32", 0x103, 24)
                        .profile();
        var difference =
                ProfileDifference.of(
                        MadeUpProfile.usual(),
                        SourceText.of(Path.of("kernel.elf")),
                        now,
                        SourceText.of(Path.of("kernel.elf")));

        assertThat(DifferenceTable.of(difference, "before.elf", false))
                .isEqualTo(
                        """
                        op/hot n=8: 15 → 18 instructions an operation (+3) since before.elf; the clock counted as many.

                        by  before  now  function
                        +3      13   16  find

                        by  before  now  line
                        +6       0    6  find.c:32 find
                        -3       3    0  find.c:31 find
                        -1       2    1  run.c:10 run
                        +1      -1    0  run.c:11 run
                        """);
        assertThat(DifferenceTable.sentence(difference))
                .isEqualTo("op/hot n=8: 15 → 18 instructions: +3 in find (most at find.c:32)");
    }
}
