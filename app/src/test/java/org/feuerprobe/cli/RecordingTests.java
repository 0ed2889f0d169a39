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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is said of a stranger's kernel: in the emulator, and of its serial line recorded. */
@Tag("boots")
class RecordingTests {
    private static final String COUNTING = "-icount";

    @TempDir static Path shared;

    private static KernelImage tiny;
    private static byte[] counted;

    private final CapturedConsole console = new CapturedConsole();

    @TempDir private Path folder;

    @BeforeAll
    static void record() throws Exception {
        tiny = TinyKernel.make(shared.resolve("tiny"), "DEFINES=-DEXIT");
        counted = recorded("counted", COUNTING, "shift=0");
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
                log(counted).toString(),
                "--unit",
                "instructions");

        assertThat(console.out()).doesNotContain("certificate");
        assertThat(console.err())
                .doesNotContain("identical")
                .containsOnlyOnce(
                        "the recording has one boot, so nothing is known of repetition: record two for certificates");
        assertThat(page())
                .doesNotContain("identical")
                .contains(
                        "The recording has one boot, so nothing is known of repetition: record two for certificates.");
        assertThat(exact()).isFalse();
    }

    private boolean exact() throws Exception {
        String manifest = Files.readString(folder.resolve("results/manifest.json"));
        return JsonMapper.builder().build().readTree(manifest).path("exact").asBoolean();
    }

    @Test
    void recordedBootsAreHeldTogether() throws Exception {
        for (int boots = 2; boots <= 3; boots++) {
            validate(
                    bounds("yield", "O(1)"),
                    "--serial",
                    log(boots == 2 ? board(2) : BoardRecording.third(folder.resolve("t")))
                            .toString(),
                    "--unit",
                    "instructions");
            assertThat(console.err())
                    .contains("the boots of the recording differ, so counts are not exact");
            assertThat(page())
                    .contains(
                            "The boots of the recording differ, so counts are not exact here: values of ");
            assertThat(exact()).isFalse();
        }
    }

    /** As live boots do, recorded ones prove by their repetition that counts are exact. */
    @Test
    void recordedBootsThatCountTheSameGiveCertificates() throws Exception {
        Path bounds = bounds("list_find", "O(n)");
        validate(bounds, "--serial", log(counted, counted).toString(), "--unit", "instructions");

        assertThat(console.err())
                .contains("the boots of the recording gave identical counts (576 values)")
                .doesNotContain("all the values of");
        assertThat(page())
                .contains("The boots of the recording gave identical counts \\(576 values\\).");
        assertThat(exact()).isTrue();
        String recorded = certificate();

        validate(bounds, "--kernel", tiny.file().toString());
        assertThat(recorded).isEqualTo(certificate());
    }

    /** What the verdict says of the model and its certainty. */
    private String certificate() throws Exception {
        String verdicts = Files.readString(folder.resolve("results/verdicts.json"));
        JsonNode verdict = JsonMapper.builder().build().readTree(verdicts).path("verdicts").path(0);
        assertThat(verdict.path("certificate").asBoolean()).as(verdict.toString()).isTrue();
        return verdict.path("verdict").asString() + " " + verdict.path("model").path("text");
    }

    @Test
    void valuesThatAreNoCountsOfInstructionsAreRefused() throws Exception {
        refuses(
                BoardRecording.scaled(folder.resolve("zero"), 0.01),
                "two reads with nothing between them are 0 apart, but a read takes at least one instruction");
        refuses(
                BoardRecording.scaled(folder.resolve("step"), 100),
                "every value is a multiple of 100, which is the step of a clock");
        refuses(
                BoardRecording.scaled(folder.resolve("small"), 8),
                "every value is a multiple of 8, which is the step of a clock");
    }

    private void refuses(Path recording, String why) throws Exception {
        CapturedConsole refused = new CapturedConsole();
        int status =
                refused.run(
                        "validate",
                        "--target",
                        "image",
                        "--serial",
                        recording.toString(),
                        "--unit",
                        "instructions",
                        "--bounds",
                        bounds("yield", "O(1)").toString(),
                        "--out",
                        folder.resolve("none").toString());
        assertThat(refused.err())
                .isEqualTo(
                        "feuerprobe: --unit instructions: "
                                + why
                                + ": name the clock's unit with --unit\n");
        assertThat(status).isEqualTo(ExitStatus.USAGE);
    }

    /** The other side of a pipe may never open it; the limit of a boot holds all the same. */
    @Test
    void aPipeThatNobodyWritesToIsASilentBoard() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        int status =
                validate(bounds("yield", "O(1)"), "--serial", pipe.toString(), "--boot-limit", "1");

        assertThat(status).as(console.err()).isEqualTo(ExitStatus.TARGET);
        assertThat(console.err())
                .contains(
                        "no probe output in 1 s: was the board reset, is the line's speed right (stty), does another program read the line?");
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
