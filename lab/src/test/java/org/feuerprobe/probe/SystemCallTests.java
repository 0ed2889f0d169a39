package org.feuerprobe.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The kernel's list, the constants and the page that are made of it: do they agree? */
final class SystemCallTests {
    private static final Pattern ROW =
            Pattern.compile("X\\((\\d+), (\\w+), ([A-Z]+), \"([^\"]*)\", \"([^\"]*)\"\\)");

    @Test
    void theConstantsAreTheKernelsList() throws IOException {
        assertThat(
                        Arrays.stream(SystemCall.values())
                                .map(call -> call.name() + " " + call.number()))
                .containsExactlyElementsOf(
                        list().stream()
                                .map(row ->
                                        row.group(2).toUpperCase(Locale.ROOT) + " " + row.group(1))
                                .toList());
    }

    @Test
    void thePageIsTheKernelsList() throws IOException {
        assertThat(Files.readString(Path.of("docs", "syscalls.md")).lines())
                .filteredOn(line -> line.contains("`exo_"))
                .containsExactlyElementsOf(
                        list().stream()
                                .map(row ->
                                        "| %s | `exo_%s` | %s | %s | %s |"
                                                .formatted(
                                                        row.group(1),
                                                        row.group(2),
                                                        row.group(3),
                                                        row.group(4),
                                                        row.group(5)))
                                .toList());
    }

    @Test
    void tellsTheCallOfEachProcessor() {
        ByteBuffer page = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        for (int cpu = 0; cpu < 16; cpu++) {
            page.putInt(64 + 4 * cpu, -1);
        }
        page.putInt(64, 65).putInt(76, 4711);
        assertThat(HeaderPage.lastCalls(page)).as("before version 1.1").isEmpty();
        page.putShort(10, (short) 1);
        assertThat(HeaderPage.lastCalls(page)).isEqualTo("cpu 0 exo_map, cpu 3 number 4711");
        assertThat(HeaderPage.lastCalls(ByteBuffer.allocate(10))).isEmpty();
    }

    private static List<MatchResult> list() throws IOException {
        String header =
                Files.readString(Path.of("exokernel", "include", "feuerbird", "syscalls.h"));
        List<MatchResult> rows = ROW.matcher(header).results().toList();
        assertThat(rows).hasSizeGreaterThan(30);
        return rows;
    }
}
