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
    private static final int LAST_LINES = 12;

    private Tool() {}

    /**
     * Runs a program and returns its output, including errors. The message of a failure ends with
     * its last lines.
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
            throw LabException.wrongUse(
                    "%s failed (%s):\n  %s"
                            .formatted(what, String.join(" ", command), last(ended.text())));
        }
        return ended.text();
    }

    private static String last(String text) {
        List<String> lines = text.strip().lines().toList();
        return String.join(
                "\n  ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
}
