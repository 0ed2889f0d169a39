package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.guest.KernelFixture;
import org.feuerprobe.guest.TinyKernel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report --format text} prints what {@code validate} printed, byte for byte. */
@Tag("boots")
class TextReportTests {
    @TempDir private Path folder;

    @Test
    void ofARecordedBoard() throws Exception {
        Path board =
                BoardRecording.write(
                        folder.resolve("board.log"), new long[] {10, 10, 20, 20}, new long[0]);
        Path bounds =
                bounds(
                        "yield: O(1)",
                        "yield: max <= 200",
                        "yield: p99 <= 20",
                        "yield: max <= 3 l1d_misses",
                        "absent: O(n)");
        String all =
                same(bounds, "--target", "image", "--serial", board.toString(), "--unit", "cycles");
        assertThat(all).contains("yield: p99 <= 20", "NOT_EXERCISED", "Since first");
    }

    @Test
    void ofAForeignKernel() throws Exception {
        Path image = TinyKernel.make(folder.resolve("tiny"), "DEFINES=-DEXIT").file();
        Path bounds = bounds("list_find: O(n)", "list_find: O(1)", "list_find: max <= 3");
        String all = same(bounds, "--target", "image", "--kernel", image.toString());
        assertThat(all).contains("VIOLATED O(n)");
    }

    /**
     * Modelled caches, parts, estimates, published figures and a change since the last campaign.
     */
    @Test
    void ofTheExokernel() throws Exception {
        Path bounds =
                bounds(
                        "null_syscall: max <= 40",
                        "null_syscall: max <= 40 cycles",
                        "exo_yield_to: p50 <= 1 cycles",
                        "cap_table_lookup: O(1) l1d_misses",
                        "cap_table_lookup: O(N_caps^2)");
        Files.writeString(
                bounds,
                "published: [{operation: null_syscall, similar: [null_syscall]}]\n",
                StandardOpenOption.APPEND);
        String all =
                same(
                        bounds,
                        "--kernel",
                        KernelFixture.image().file().toString(),
                        "--caches",
                        "l1d=16/8/64,l2=256/8/64");
        assertThat(all)
                .contains(
                        "Caches and TLB are modelled: ",
                        "LOOSE O(1)",
                        "that others have published");
    }

    /** Measures twice, compares both forms, and returns the longer one of the second campaign. */
    private String same(Path bounds, String... target) throws Exception {
        String screen = measuredAndShownAgain(bounds, "first", List.of(target), List.of());
        assertThat(screen.lines().count()).isLessThanOrEqualTo(45);
        return measuredAndShownAgain(bounds, "second", List.of(target), List.of("--all"));
    }

    private String measuredAndShownAgain(
            Path bounds, String name, List<String> target, List<String> form) {
        Path results = folder.resolve("results").resolve(name);
        List<String> measure =
                new ArrayList<>(
                        List.of("validate", "--bounds", bounds.toString(), "--out", results + ""));
        if (!target.contains("--serial")) {
            measure.add("--quick");
        }
        measure.addAll(target);
        measure.addAll(form);
        CapturedConsole measured = new CapturedConsole();
        assertThat(measured.run(measure.toArray(String[]::new))).isBetween(0, 1);

        List<String> show =
                new ArrayList<>(List.of("report", results.toString(), "--format", "text"));
        show.addAll(form);
        CapturedConsole shown = new CapturedConsole();
        assertThat(shown.run(show.toArray(String[]::new))).isZero();
        assertThat(shown.out()).isEqualTo(measured.out());
        assertThat(shown.err().lines().toList())
                .isEqualTo(
                        measured.err().lines().filter(line -> shown.err().contains(line)).toList());

        Path file = folder.resolve("text-" + name);
        show.addAll(List.of("--out", file.toString()));
        assertThat(new CapturedConsole().run(show.toArray(String[]::new))).isZero();
        assertThat(file).hasContent(measured.out());
        return shown.out();
    }

    @Test
    void saysWhatTheFormIsFor() throws Exception {
        Path board = BoardRecording.write(folder.resolve("board.log"), new long[0], new long[0]);
        String results = folder.resolve("one").toString();
        CapturedConsole console = new CapturedConsole();
        String[] measure = {
            "validate",
            "--quiet",
            "--target",
            "image",
            "--serial",
            board.toString(),
            "--bounds",
            bounds("yield: O(1)").toString(),
            "--out",
            results
        };
        assertThat(console.run(measure)).isZero();
        assertThat(console.run("report", results, "--all")).isEqualTo(2);
        assertThat(console.run("report", results, results, "--format", "text")).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(
                        """
                        feuerprobe: --all is for --format text
                        feuerprobe: --format text prints one RESULTS: leave the others out
                        """);
    }

    private Path bounds(String... bounds) throws Exception {
        StringBuilder text = new StringBuilder("schema: 1\nsubject: Subject\nbounds:\n");
        for (String bound : bounds) {
            int colon = bound.indexOf(": ");
            text.append(
                    "  - {id: \"%s\", operation: %s, claim: %s, kind: documented, source: {document: d, section: s}}\n"
                            .formatted(
                                    bound, bound.substring(0, colon), bound.substring(colon + 2)));
        }
        return Files.writeString(folder.resolve("bounds.yaml"), text);
    }
}
