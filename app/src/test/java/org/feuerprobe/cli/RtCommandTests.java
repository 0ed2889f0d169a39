package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RtCommandTests {
    private static final String APP =
            "{\"tasks\": {\"a\": {\"run\": 3, \"timer\": {\"ref\": \"t\", \"period\": 4}},"
                    + " \"b\": {\"run\": 1, \"timer\": {\"ref\": \"u\", \"period\": 4}}}}";

    @TempDir Path folder;

    @Test
    void aSetThatIsRefusedHasStatusOne() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("set.yaml"),
                        """
                        schema: 1
                        policy: edf
                        tasks:
                          - {name: a, cost: 2, period: 6, deadline: 4}
                          - {name: b, cost: 2, period: 8, deadline: 5}
                          - {name: c, cost: 3, period: 9, deadline: 6}
                        """);
        CapturedConsole console = new CapturedConsole();

        assertThat(console.run("rt", file.toString(), "--paper")).isEqualTo(ExitStatus.VIOLATED);

        assertThat(console.out())
                .isEqualTo(
                        file
                                + """
                                : REFUSED: the jobs in an interval of 6 need 7
                                earliest deadline first, 3 tasks, 91.67 % of the processor
                                system: 0 per release, 0 per job, masked for at most 0
                                task  C  T  D  J  blocked  response  deadlines  C may be
                                a     2  6  4  0  0        no bound  NOT KEPT   1 (-50.0 %)
                                b     2  8  5  0  0        no bound  NOT KEPT   1 (-50.0 %)
                                c     3  9  6  0  0        no bound  NOT KEPT   2 (-33.4 %)
                                """);
    }

    @Test
    void aFileOfRtAppAsJson() throws Exception {
        Path file = Files.writeString(folder.resolve("app.json"), APP);
        CapturedConsole console = new CapturedConsole();

        assertThat(console.run("rt", file.toString(), "--policy", "edf", "--json", "--paper"))
                .isEqualTo(ExitStatus.OK);

        assertThat(console.err()).isEmpty();
        assertThat(console.out().replaceAll("\\s+", ""))
                .contains(
                        "\"policy\":\"edf\",\"schedulable\":true",
                        "\"sharePercent\":100.0",
                        "{\"name\":\"a\",\"kind\":\"periodic\",\"cost\":3000,\"period\":4000,\"deadline\":4000,"
                                + "\"jitter\":0,\"blocking\":0,\"response\":4000,\"kept\":true,\"largestCost\":3000}");
    }

    @Test
    void wrongUse() throws Exception {
        Path app = Files.writeString(folder.resolve("app.json"), APP);
        Path set = Files.writeString(folder.resolve("set.yaml"), "schema: 1\npolicy: fp\n");
        Path bytes = Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xff});
        assertWrong(folder.resolve("no") + ": no such file", folder.resolve("no"));
        assertWrong(bytes + ": not UTF-8 text", bytes);
        assertWrong(set + ":1:1: missing key 'tasks'", set);
        assertWrong(
                "--policy is for files of rt-app (*.json): leave it out, " + set + " names its own",
                set,
                "--policy",
                "fp");
        assertWrong(
                app
                        + ":1:12: task 'a': SCHED_OTHER promises no deadlines; want SCHED_FIFO, SCHED_RR or SCHED_DEADLINE, or give --policy\n"
                        + app
                        + ":1:65: task 'b': SCHED_OTHER promises no deadlines; want SCHED_FIFO, SCHED_RR or SCHED_DEADLINE, or give --policy",
                app);
    }

    private static void assertWrong(String message, Path file, String... options) {
        CapturedConsole console = new CapturedConsole();
        String[] all = new String[options.length + 2];
        all[0] = "rt";
        all[1] = file.toString();
        System.arraycopy(options, 0, all, 2, options.length);

        assertThat(console.run(all)).as(message).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).isEqualTo("feuerprobe: " + message + "\n");
    }
}
