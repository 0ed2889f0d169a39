package org.feuerprobe.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.feuerprobe.guest.Machine;
import org.feuerprobe.harness.LabException;
import org.junit.jupiter.api.Test;

/** Which messages of a failed program are shown, and what do they advise? */
final class CompilerMessagesTests {
    @Test
    void theFirstErrorIsShownAndNotThoseThatFollow() {
        String head =
                """
                In file included from bench.c:5:
                bench.c:9:1: warning: unused
                bench.c:11:8: error: unknown type name 'rax'
                """;
        String first = "bench.c:11:8: error: unknown type name 'rax'";

        assertThat(new CompilerMessages(head).first()).containsExactly(first);
        assertThat(
                        new CompilerMessages(head + "bench.c:16:10: warning: another\n".repeat(30))
                                .first())
                .hasSize(12)
                .startsWith(first);
    }

    @Test
    void withoutAnErrorTheLastLinesAreShown() {
        String text = String.join("\n", IntStream.range(0, 20).mapToObj(i -> "line " + i).toList());

        List<String> shown = new CompilerMessages(text).first();

        assertThat(shown).hasSize(12).startsWith("line 8").endsWith("line 19");
        assertThat(new CompilerMessages("").first()).isEmpty();
    }

    @Test
    void aMissingHeaderIsNamedWithWhatToDo() {
        assertThat(
                        new CompilerMessages(
                                        "a.c:38:10: fatal error: sys/x.h: No such file or directory\n   38 | #include")
                                .advice())
                .isEqualTo(
                        "\n  Name the folder of sys/x.h with -I. If sys/x.h belongs to an operating system, write an own sys/x.h with what the code uses, and name its folder with -I");
        assertThat(new CompilerMessages("a.c:1:1: error: expected ';'").advice()).isEmpty();
    }

    @Test
    void aMissingCompilerIsNamedWithItsPackage() {
        Toolchain tools =
                new Toolchain("start.S", "machine.c", "no-such-", List.of(), "0", "gcc-no-such");

        assertThatThrownBy(() -> tools.requireCompiler(Machine.MICROVM))
                .isInstanceOf(LabException.class)
                .hasMessage("there is no compiler no-such-gcc: apt-get install -y gcc-no-such");
    }
}
