package org.feuerprobe.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.feuerprobe.harness.LabException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is proved of what is not understood, and the reason has a place. */
final class NotProvedTests {
    private static final String ADDRESS = "0x[0-9a-f]+";

    @TempDir Path folder;

    @BeforeAll
    static void compilerIsHere() throws InterruptedException {
        Compiler.assumed();
    }

    private Proof proof(String text, String... flags) throws Exception {
        return Prover.of(Compiler.program(folder, text, flags)).prove("task");
    }

    /** The one reason, with any address. */
    private void refused(Proof proof, String reason) {
        assertThat(proof.status()).isEqualTo("NOT_PROVED");
        assertThat(proof.law()).isEmpty();
        assertThat(proof.why()).hasSize(1);
        assertThat(proof.why().getFirst()).matches(reason.replace("ADDRESS", ADDRESS));
    }

    @Test
    void aLoopWithoutABound() throws Exception {
        refused(
                proof(
                        "int task(int *a, int n)\n{\n    int s = 0;\n    for (int i = 0; i < n; i++)\n        s += a[i];\n    return s;\n}\n",
                        "-O2"),
                "task, test.c:[56], ADDRESS: a loop without a bound");
    }

    @Test
    void anInnerLoopWithABoundDoesNotBoundTheOuterOne() throws Exception {
        for (String level : List.of("-O0", "-O1", "-O2", "-O3")) {
            Proof proof =
                    proof(
                            """
                            int task(volatile int *a, int n)
                            {
                                int s = 0;
                                while (a[0] != n)
                                    FB_LOOP("2", for (int i = 0; i < 2; i++))
                                        s += a[i];
                                return s;
                            }
                            """,
                            level);

            assertThat(proof.status()).as(level).isEqualTo("NOT_PROVED");
        }
    }

    @Test
    void anOuterLoopWithABoundDoesNotBoundTheInnerOne() throws Exception {
        for (String level : List.of("-O0", "-O1", "-O2", "-O3")) {
            Proof proof =
                    proof(
                            """
                            int task(volatile int *a, int n)
                            {
                                int s = 0;
                                FB_LOOP("3", for (int i = 0; i < 3; i++))
                                    while (a[i] != n)
                                        s++;
                                return s;
                            }
                            """,
                            level);

            assertThat(proof.status()).as(level).isEqualTo("NOT_PROVED");
        }
    }

    @Test
    void aLoopThatIsEnteredAtTwoPlaces() throws Exception {
        refused(
                proof(
                        """
                        int task(volatile int *a, int n)
                        {
                            __asm__ volatile("cmp %1, %0; je 2f; 1: dec %0; nop; 2: dec %0; jnz 1b" : "+r"(n) : "r"(a[0]));
                            return n;
                        }
                        """,
                        "-O2"),
                "task, .*ADDRESS: a loop that is entered at two places \\(irreducible\\)");
    }

    @Test
    void anIndirectCall() throws Exception {
        refused(
                proof(
                        "int (*volatile f)(int);\nint task(int n)\n{\n    return f(n) + 1;\n}\n",
                        "-O2"),
                "task, test.c:5, ADDRESS: an indirect call whose targets are not known \\(\\*.*\\)");
    }

    @Test
    void anIndirectCallOfNamedFunctions() throws Exception {
        String text =
                """
                __attribute__((noinline)) int one(int n) { return n * 3 + 1; }
                __attribute__((noinline)) int two(int n) { return n - 7; }
                int (*volatile f)(int) = one;
                int task(int n)
                {
                    FB_CALLS("one, %s");
                    return f(n) + 1;
                }
                """;
        Proof known = proof(text.formatted("two"), "-O2");

        assertThat(known.status()).as(known.why().toString()).isEqualTo("PROVED");
        assertThat(known.calls()).containsExactly("one", "two");
        assertThat(proof(text.formatted("tow"), "-O2").why().getFirst())
                .matches(
                        "task, .*: FB_CALLS at .*test.c:7: no function tow in this file; did you mean two\\?");
    }

    /** A weak function that nobody defines has the address 0, where no code is. */
    @Test
    void aCallOfWhatHasNoCode() throws Exception {
        for (String level : List.of("-O0", "-O2")) {
            Proof proof =
                    proof(
                            """
                            int nowhere(int) __attribute__((weak));
                            int task(volatile int *a, int n)
                            {
                                return nowhere(n) + a[0];
                            }
                            """,
                            level);

            assertThat(proof.status()).as(level).isEqualTo("NOT_PROVED");
            assertThat(proof.why()).as(level).isNotEmpty();
        }
    }

    @Test
    void recursion() throws Exception {
        refused(
                proof(
                        "int task(volatile int *a, int n)\n{\n    return n ? a[task(a, n - 1)] : a[0];\n}\n",
                        "-O1"),
                "task, test.c:4, ADDRESS: recursion: it calls task again");
    }

    @Test
    void aSystemCall() throws Exception {
        refused(
                proof(
                        "int task(void)\n{\n    __asm__ volatile(\"syscall\");\n    return 1;\n}\n",
                        "-O2"),
                "task, test.c:4, ADDRESS: enters another program \\(syscall\\)");
    }

    @Test
    void aRepeatedInstructionWithoutABound() throws Exception {
        refused(
                proof(
                        "void task(char *to, long n)\n{\n    __asm__ volatile(\"rep stosb\" : \"+D\"(to), \"+c\"(n) : \"a\"(0) : \"memory\");\n}\n",
                        "-O2"),
                "task, test.c:4, ADDRESS: a repeated string instruction without a bound");
    }

    @Test
    void theCounterOfARepeatedInstruction() throws Exception {
        Proof proof =
                proof(
                        "void task(char *to)\n{\n    long n = 100;\n    __asm__ volatile(\"rep stosb\" : \"+D\"(to), \"+c\"(n) : \"a\"(0) : \"memory\");\n}\n",
                        "-O2");

        assertThat(proof.law().orElseThrow().toString()).matches("10[3-5]");
    }

    @Test
    void aFunctionThatNeverReturns() throws Exception {
        refused(
                proof("void task(volatile int *a)\n{\n    for (;;)\n        a[0]++;\n}\n", "-O2"),
                "task, .*ADDRESS: it never ends");
    }

    @Test
    void aBoundThatCannotBeRead() throws Exception {
        Proof proof =
                proof(
                        "int task(volatile int *a, int n)\n{\n    int s = 0;\n    FB_LOOP(\"n-1\", for (int i = 1; i < n; i++))\n        s += a[i];\n    return s;\n}\n",
                        "-O2");

        assertThat(proof.why().getFirst())
                .matches("task, .*: FB_LOOP at .*test.c:5: 'n-1': want the end at column 2");
    }

    @Test
    void aNameThatIsNotThere() throws Exception {
        Prover prover = Prover.of(Compiler.program(folder, "int task(void) { return 1; }"));

        assertThatThrownBy(() -> prover.prove("tsak"))
                .isInstanceOf(LabException.class)
                .hasMessage("no function tsak in this file; did you mean task?");
    }

    @Test
    void filesThatAreNoPrograms() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "x".repeat(100));
        assertThatThrownBy(() -> Prover.of(text)).hasMessage(text + ": no ELF file");
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> Prover.of(none))
                .hasMessage(none + ": cannot be read: there is no such file");
        Path program = Compiler.program(folder, "int task(void) { return 1; }");
        Path object = folder.resolve("test.o");
        Compiler.run(
                List.of(
                        "gcc",
                        "-c",
                        "-Iprobe",
                        folder.resolve("test.c").toString(),
                        "-o",
                        object.toString()));
        assertThatThrownBy(() -> Prover.of(object))
                .hasMessage(
                        object + ": not linked: give the program or kernel, not an object file");
        byte[] bytes = Files.readAllBytes(program);
        Path half = Files.write(folder.resolve("half"), java.util.Arrays.copyOf(bytes, 3000));
        assertThatThrownBy(() -> Prover.of(half))
                .hasMessage(half + ": damaged: a table lies outside of the file");
        Path stripped = folder.resolve("stripped");
        Compiler.run(List.of("strip", "-o", stripped.toString(), program.toString()));
        assertThatThrownBy(() -> Prover.of(stripped))
                .hasMessage(stripped + ": it has no symbols: do not strip it");
    }
}
