package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.TinyKernel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a stranger's kernel: in the emulator, and of its serial line recorded. */
@Tag("boots")
class RecordingTests {
    private static final String COUNTING = "-icount";

    @TempDir static Path shared;

    private static KernelImage tiny;
    private static byte[] counted;
    private static byte[] timed;
    private static byte[] again;

    private final CapturedConsole console = new CapturedConsole();

    @TempDir private Path folder;

    @BeforeAll
    static void record() throws Exception {
        tiny = TinyKernel.make(shared.resolve("tiny"), "DEFINES=-DEXIT");
        counted = recorded("counted", COUNTING, "shift=0");
        timed = recorded("timed");
        again = recorded("again");
    }

    private static byte[] recorded(String name, String... more) throws Exception {
        return Files.readAllBytes(TinyKernel.record(tiny, shared.resolve(name), more));
    }

    private Path log(byte[]... boots) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] boot : boots) {
            all.writeBytes(boot);
        }
        return Files.write(folder.resolve("board.log"), all.toByteArray());
    }

    private Path bounds(String operation, String claim) throws Exception {
        return Files.writeString(
                folder.resolve("bounds.yaml"),
                """
                schema: 1
                subject: tiny
                bounds:
                  - {id: b, operation: %s, claim: %s, kind: documented, source: {document: d, section: s}}
                """
                        .formatted(operation, claim));
    }

    private int validate(Path bounds, String... more) {
        String[] words = new String[more.length + 7];
        System.arraycopy(
                new String[] {
                    "validate",
                    "--target",
                    "image",
                    "--bounds",
                    bounds.toString(),
                    "--out",
                    folder.resolve("results").toString()
                },
                0,
                words,
                0,
                7);
        System.arraycopy(more, 0, words, 7, more.length);
        return console.run(words);
    }

    private String page() {
        CapturedConsole report = new CapturedConsole();
        assertThat(report.run("report", folder.resolve("results").toString(), "--format", "md"))
                .isZero();
        return report.out();
    }

    /** To read a recorded boot twice is no second boot. */
    @Test
    void aRecordedBootIsNotSaidToRepeat() throws Exception {
        validate(
                bounds("list_find", "O(n)"),
                "--serial",
                log(timed).toString(),
                "--unit",
                "instructions");

        assertThat(console.err())
                .doesNotContain("identical")
                .containsOnlyOnce(
                        "a recording cannot be booted again, so nothing is said of repetition");
        assertThat(page())
                .doesNotContain("identical")
                .contains("A recording cannot be booted again, so nothing is said of repetition.");
    }

    @Test
    void twoRecordedBootsAreHeldTogether() throws Exception {
        Path bounds = bounds("list_find", "O(n)");
        validate(bounds, "--serial", log(timed, again).toString(), "--unit", "instructions");

        assertThat(console.err())
                .contains("the first two boots of the recording differ, so counts are not exact");
        assertThat(page())
                .contains(
                        "The first two boots of the recording differ, so counts are not exact here: values of ");
    }

    @Test
    void twoRecordedBootsThatCountTheSameAreSaidTo() throws Exception {
        Path bounds = bounds("list_find", "O(n)");
        validate(bounds, "--serial", log(counted, counted).toString(), "--unit", "instructions");

        assertThat(console.err())
                .contains("the first two boots of the recording gave identical counts (576 values)")
                .doesNotContain("all the values of");
        assertThat(page())
                .contains(
                        "The first two boots of the recording gave identical counts \\(576 values\\).");
    }

    @Test
    void whereNothingWasMeasuredNothingIsSaidToRepeat() throws Exception {
        validate(bounds("nothing", "O(n)"), "--kernel", tiny.file().toString());

        assertThat(console.out()).contains("NOT_EXERCISED");
        assertThat(console.err()).doesNotContain("identical").doesNotContain("0 values");
        assertThat(page()).doesNotContain("identical");
    }

    private byte[] board(int boots) throws Exception {
        long[][] clocks = new long[boots][];
        Arrays.fill(clocks, new long[] {1000, 400, 1000, 400, 1000, 401});
        return Files.readAllBytes(BoardRecording.write(folder.resolve("said"), clocks));
    }

    /** A bound on crossings takes the plugin, as {@code bench --metric crossings} does. */
    @Test
    void whatThePluginCountsOfAStrangersKernelIsDecided() throws Exception {
        int status =
                validate(
                        bounds("stack_push", "max == 0 crossings"),
                        "--kernel",
                        tiny.file().toString());

        assertThat(console.out()).contains("1 HOLDS");
        assertThat(status).isZero();
    }

    @Test
    void namesTheTargetAsTheUserDid() throws Exception {
        Path shares = tiny.file().resolveSibling("shared.elf");
        validate(bounds("ring_sum", "max <= 9 cycles"), "--kernel", shares.toString());

        assertThat(console.out().replaceAll("\\s+", " "))
                .contains("to measure cycles, use --target qemu --kernel FILE --accel kvm");
    }

    /** One disturbed boot violates nothing, copied or not. */
    @Test
    void aCopyOfATimedBootIsNoFurtherEvidence() throws Exception {
        byte[] one = board(1);
        int status =
                validate(
                        bounds("yield", "max <= 1 cycles"),
                        "--serial",
                        log(one, one, one).toString(),
                        "--unit",
                        "cycles");

        assertThat(console.out()).contains("INCONCLUSIVE").doesNotContain("✗");
        assertThat(status).isZero();
        assertThat(console.err())
                .contains(
                        "boots 2, 3 of the recording have the same values as earlier ones, so they are copies and do not count");
    }

    @Test
    void twoTimedBootsAreTwo() throws Exception {
        int status =
                validate(
                        bounds("yield", "max <= 1 cycles"),
                        "--serial",
                        log(board(2)).toString(),
                        "--unit",
                        "cycles");

        assertThat(console.out()).contains("✗ 1 VIOLATED");
        assertThat(status).isEqualTo(1);
        assertThat(console.err()).doesNotContain("as copies do");
    }
}
