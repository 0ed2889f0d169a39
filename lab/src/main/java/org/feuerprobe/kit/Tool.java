package org.feuerprobe.kit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.testbed.ChildProcess;

/** Runner of compilers and binutils. */
final class Tool {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_BYTES = 256 << 20;

    private Tool() {}

    /**
     * Runs a program and returns its output, including errors. The message of a failure ends with
     * the first errors that it printed.
     */
    static String output(String what, List<String> command)
            throws LabException, InterruptedException {
        ChildProcess.Ended ended;
        try {
            ended = ChildProcess.run(command, LONGEST, MOST_BYTES);
        } catch (IOException e) {
            throw LabException.targetFailed(
                    "%s needs %s: install it".formatted(what, command.getFirst()));
        }
        if (!ended.well()) {
            CompilerMessages said = new CompilerMessages(ended.text());
            throw LabException.wrongUse(
                    "%s failed (%s):\n  %s%s"
                            .formatted(
                                    what,
                                    String.join(" ", command),
                                    String.join("\n  ", said.first()),
                                    said.advice()));
        }
        return ended.text();
    }
}
