package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProveCommandTests {
    @TempDir Path folder;

    @Test
    void aFunctionOfOurKernelAsJson() {
        CapturedConsole console = new CapturedConsole();

        int status = console.run("prove", "vt_send", "--json", "--at", "N_dom=4");

        assertThat(console.err()).isEmpty();
        assertThat(status).isEqualTo(ExitStatus.OK);
        assertThat(console.out())
                .startsWith("{\"function\":\"vt_send\",\"law\":\"")
                .contains(
                        "\"params\":[\"N_dom\"],\"at\":{\"N_dom\":4},\"instructions\":",
                        "\"status\":\"PROVED\",\"why\":[],\"loops\":[{\"place\":\"core/vtime.c:",
                        "\"bound\":\"N_dom\"}]");
    }

    @Test
    void theWorstPathInSourceLines() {
        CapturedConsole console = new CapturedConsole();

        int status = console.run("prove", "vt_send", "--path", "--at", "N_dom=4");

        assertThat(status).isEqualTo(ExitStatus.OK);
        assertThat(console.out())
                .startsWith("vt_send: PROVED: at most ")
                .contains(" instructions on every path; here ", "iterations\n")
                .containsPattern("(?m)^ +4 × +5  vtime\\.c:\\d+");
    }

    @Test
    void whatIsNotProvedHasAReasonAndWithStrictAStatus() {
        CapturedConsole console = new CapturedConsole();

        int status = console.run("prove", "zalloc", "--strict");

        assertThat(status).isEqualTo(ExitStatus.UNDECIDED);
        assertThat(console.out())
                .startsWith("zalloc: NOT_PROVED\n")
                .contains("zone.c:", "an indirect call whose targets are not known");
    }

    @Test
    void wrongUse() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.txt"), "nothing ".repeat(20));
        assertWrong("which function? Type its name, or --all (see: feuerprobe prove --help)");
        assertWrong("--all and a name: give one of them", "--all", "vt_send");
        assertWrong("--at N=-1: want NAME=VALUE, a whole number of 0 or more", "f", "--at", "N=-1");
        assertWrong("no function vt_snd in this file; did you mean vt_send?", "vt_snd");
        assertWrong(text + ": no ELF file", "f", "--kernel", text.toString());
    }

    private static void assertWrong(String message, String... words) {
        CapturedConsole console = new CapturedConsole();
        String[] all = new String[words.length + 1];
        all[0] = "prove";
        System.arraycopy(words, 0, all, 1, words.length);

        assertThat(console.run(all)).as(message).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).isEqualTo("feuerprobe: " + message + "\n");
    }
}
