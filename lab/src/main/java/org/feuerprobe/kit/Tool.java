package org.feuerprobe.kit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.testbed.ChildProcess;

/** Runs a program of the compiler's, and returns what it prints. */
final class Tool {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_BYTES = 256 << 20;
    private static final int LAST_LINES = 12;

    private Tool() {}

    /** What the program prints, errors included; the message of a failure has its last lines. */
    static String output(String what, List<String> command)
            throws LabException, InterruptedException {
        Process process;
        try {
            process = ChildProcess.of(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw LabException.targetFailed(
                    "%s takes %s, which is not here".formatted(what, command.getFirst()));
        }
        try {
            AtomicReference<String> text = new AtomicReference<>("");
            Thread reader = Thread.ofVirtual().start(() -> text.set(read(process)));
            boolean ended =
                    reader.join(LONGEST)
                            && process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended || process.exitValue() != 0) {
                throw LabException.wrongUse(
                        "%s failed (%s):\n  %s"
                                .formatted(what, String.join(" ", command), last(said(text))));
            }
            return said(text);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String said(AtomicReference<String> text) {
        return Objects.requireNonNullElse(text.get(), "");
    }

    private static String read(Process process) {
        try (InputStream stream = process.getInputStream()) {
            return new String(stream.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static String last(String text) {
        List<String> lines = text.strip().lines().toList();
        return String.join(
                "\n  ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
}
