package org.feuerprobe.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.feuerprobe.plan.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Do the C header and {@link ProbeLayout} say the same? Asks the compiler. */
final class ProbeHeaderTests {
    private static final Path HEADER = Path.of("probe", "feuerprobe.h");

    @Test
    void theHeaderAndTheDecoderAgree(@TempDir Path folder)
            throws IOException, InterruptedException {
        assumeTrue(Files.exists(HEADER), "there is no " + HEADER);
        assumeTrue(gccIsThere(), "there is no gcc");
        Map<String, Long> want = wanted();
        Path source = folder.resolve("layout.c");
        Files.writeString(
                source,
                want.keySet().stream()
                        .map(e -> "    printf(\"%lld\\n\", (long long)(" + e + "));\n")
                        .collect(
                                Collectors.joining(
                                        "",
                                        "#include <stdio.h>\n#include \"feuerprobe.h\"\nint main(void)\n{\n",
                                        "    return 0;\n}\n")));
        Path program = folder.resolve("layout");
        assertThat(
                        run(
                                "gcc",
                                "-std=gnu17",
                                "-I" + HEADER.toAbsolutePath().getParent(),
                                "-o",
                                program.toString(),
                                source.toString()))
                .isEmpty();
        List<Long> printed = run(program.toString()).lines().map(Long::valueOf).toList();
        Map<String, Long> found = new LinkedHashMap<>();
        for (String expression : want.keySet()) {
            found.put(expression, printed.get(found.size()));
        }
        assertThat(found).isEqualTo(want);
    }

    @SuppressWarnings("EnumOrdinal") // the order is that of the wire
    private static Map<String, Long> wanted() {
        Map<String, Long> want = new LinkedHashMap<>();
        want.put("sizeof(struct fp_plan)", (long) ProbeLayout.PLAN_HEADER_SIZE);
        want.put("sizeof(struct fp_entry)", (long) ProbeLayout.PLAN_ENTRY_SIZE);
        want.put("offsetof(struct fp_plan, crc)", (long) ProbeLayout.PLAN_CRC);
        want.put("sizeof(((struct fp_entry *)0)->benchmark)", (long) ProbeLayout.NAME_SIZE);
        want.put("sizeof(((struct fp_entry *)0)->params) / 8", (long) ProbeLayout.MOST_PARAMETERS);
        want.put("FP_ANY_CPU", (long) ProbeLayout.ANY_CPU);
        want.put("FP_COLD", 1L);
        want.put("FP_CLOCK", (long) Quantity.CLOCK.number());
        want.put("FP_BYTES", (long) Quantity.BYTES.number());
        want.put("FP_INSTRUCTIONS", (long) Quantity.INSTRUCTIONS.number());
        want.put("FP_COUNTED_CYCLES", (long) Quantity.COUNTED_CYCLES.number());
        want.put("FP_CACHE_MISSES", (long) Quantity.CACHE_MISSES.number());
        want.put("FP_BRANCH_MISSES", (long) Quantity.BRANCH_MISSES.number());
        want.put("sizeof(struct fp_header)", (long) ProbeLayout.PAGE_SIZE);
        want.put("FP_PAGE", (long) ProbeLayout.PAGE_SIZE);
        want.put("offsetof(struct fp_header, heartbeat)", (long) ProbeLayout.HEARTBEAT);
        want.put("offsetof(struct fp_header, done)", (long) ProbeLayout.DONE);
        want.put("offsetof(struct fp_header, total)", (long) ProbeLayout.TOTAL);
        want.put("offsetof(struct fp_header, written)", (long) ProbeLayout.WRITTEN);
        want.put("offsetof(struct fp_header, state)", (long) ProbeLayout.STATE);
        want.put("offsetof(struct fp_header, error)", (long) ProbeLayout.ERROR);
        want.put("offsetof(struct fp_header, plan_crc)", (long) ProbeLayout.PAGE_PLAN_CRC);
        want.put("offsetof(struct fp_header, boot)", (long) ProbeLayout.PAGE_BOOT);
        want.put("offsetof(struct fp_header, calls)", (long) ProbeLayout.CALLS);
        want.put("FP_CPUS", (long) ProbeLayout.MOST_CPUS);
        want.put("(int)FP_NO_CALL", (long) ProbeLayout.NO_CALL);
        want.put("offsetof(struct fp_header, panic)", (long) ProbeLayout.PANIC);
        want.put("sizeof(struct fp_panic)", (long) ProbeLayout.PANIC_SIZE);
        want.put("offsetof(struct fp_panic, message)", (long) ProbeLayout.PANIC_MESSAGE);
        want.put("sizeof(struct fp_record)", (long) ProbeLayout.RECORD_HEADER_SIZE);
        want.put("offsetof(struct fp_record, crc)", (long) ProbeLayout.RECORD_CRC);
        want.put("sizeof(struct fp_kernel)", (long) ProbeLayout.KERNEL_SIZE);
        want.put("sizeof(struct fp_catalogue)", (long) ProbeLayout.BENCHMARK_SIZE);
        want.put("sizeof(struct fp_samples)", (long) ProbeLayout.SAMPLES_SIZE);
        want.put("sizeof(struct fp_result)", (long) ProbeLayout.RESULT_SIZE);
        want.put("sizeof(struct fp_end)", (long) ProbeLayout.END_SIZE);
        want.put("FP_RECORD_KERNEL", (long) RecordWriter.KERNEL);
        want.put("FP_RECORD_BENCHMARK", (long) RecordWriter.BENCHMARK);
        want.put("FP_RECORD_SAMPLES", (long) RecordWriter.SAMPLES);
        want.put("FP_RECORD_RESULT", (long) RecordWriter.RESULT);
        want.put("FP_RECORD_END", (long) RecordWriter.END);
        want.put("FP_RECORD_LOG", (long) RecordWriter.LOG);
        want.put("FP_BOOTING", (long) HeaderPage.State.BOOTING.ordinal());
        want.put("FP_RUNNING", (long) HeaderPage.State.RUNNING.ordinal());
        want.put("FP_COMPLETE", (long) HeaderPage.State.COMPLETE.ordinal());
        want.put("FP_PANIC", (long) HeaderPage.State.PANIC.ordinal());
        want.put("FP_REFUSED", (long) HeaderPage.State.REFUSED.ordinal());
        want.put("FP_OUT_OF_ROOM", (long) HeaderPage.State.OUT_OF_ROOM.ordinal());
        want.put("FP_VERIFIED", (long) ProbeRecord.Status.VERIFIED.ordinal());
        want.put("FP_EFFECT_FAILED", (long) ProbeRecord.Status.EFFECT_FAILED.ordinal());
        want.put("FP_UNKNOWN", (long) ProbeRecord.Status.UNKNOWN_BENCHMARK.ordinal());
        want.put("FP_OUT_OF_RANGE", (long) ProbeRecord.Status.PARAMETER_OUT_OF_RANGE.ordinal());
        want.put("FP_NO_MEMORY", (long) ProbeRecord.Status.OUT_OF_MEMORY.ordinal());
        want.put("FP_IMPOSSIBLE", (long) ProbeRecord.Status.NOT_POSSIBLE.ordinal());
        want.put("FP_NO_METRIC", (long) ProbeRecord.Status.UNKNOWN_METRIC.ordinal());
        return want;
    }

    private static boolean gccIsThere() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gcc")));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
