package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.feuerprobe.harness.TestRepository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A history of the exokernel: one that does not build, a harmless one, the defect, another harmless
 * one.
 */
@Tag("boots")
class BisectCommandTests {
    private static final Path EXOKERNEL = Path.of("exokernel").toAbsolutePath();

    @TempDir private Path folder;

    private final CapturedConsole console = new CapturedConsole();

    private int bisect(CapturedConsole on, String good, String bad) {
        return on.run(
                "bisect",
                good,
                bad,
                "--bound",
                "cap_table_alloc/target",
                "--repository",
                folder.toString(),
                "--quick");
    }

    @Test
    void findsTheCommitThatBrokeTheBound() throws Exception {
        TestRepository history = TestRepository.init(folder);
        history.copyKernel();
        String good = history.commit("Begin");
        Path source = folder.resolve("exokernel/core/captable.c");
        String text = Files.readString(source);
        Files.writeString(source, "#error on purpose\n", StandardOpenOption.APPEND);
        String unbuilt = history.commit("Do not build");
        Files.writeString(source, text);
        history.commit("Change nothing");
        history.git("apply", EXOKERNEL.resolve("mutants/cap-alloc-scans-slots.patch").toString());
        String broken = history.commit("Look at every slot first");
        String bad = history.commit("Change nothing again");

        assertThat(bisect(console, good, bad)).as(console.err()).isZero();
        assertThat(console.out())
                .startsWith("the first commit that breaks cap_table_alloc/target:\n")
                .contains(broken.substring(0, 7), "Test: Look at every slot first", "VIOLATED: ")
                .doesNotContain("Change nothing");
        assertThat(console.err()).contains(broken.substring(0, 12) + " BAD (the same sources): ");
        assertThat(history.git("worktree", "list").lines()).hasSize(1);

        CapturedConsole other = new CapturedConsole();
        assertThat(bisect(other, unbuilt, bad)).isEqualTo(2);
        assertThat(other.err())
                .contains("skipped: the kernel does not build")
                .contains(
                        "GOOD " + unbuilt + " is not what it should be: cap_table_alloc/target is");
        assertThat(history.git("worktree", "list").lines()).hasSize(1);
    }
}
