package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runner of {@code make} in a folder of this project, which also finds files that a release
 * contains built.
 */
final class Make {
    /** A build takes seconds; one that waits for something never ends. */
    private static final int LONGEST_MINUTES = 30;

    private static final Duration DRAIN = Duration.ofSeconds(10);

    private Make() {}

    /**
     * Runs make and returns the end of its output.
     *
     * @param what what make builds, for the message: {@code the kernel}
     * @throws IOException if make is missing or fails; the message contains make's last lines
     */
    static String run(String what, Path folder, List<String> arguments)
            throws IOException, InterruptedException {
        Optional<String> brought = Prebuilt.answer(folder, arguments);
        if (brought.isPresent()) {
            return brought.get();
        }
        requireTools(what, folder, arguments);
        List<String> command =
                new ArrayList<>(
                        List.of("make", "--no-print-directory", "-s", "-C", folder.toString()));
        command.addAll(arguments);
        try (ProcessGuard guard = ProcessGuard.start(command, true)) {
            SerialLog output = new SerialLog(guard.process().getInputStream());
            Thread drain = SerialLog.drain(output, "make");
            if (!guard.process().waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException(
                        "%s: make has not ended after %d minutes (%s): %s"
                                .formatted(
                                        what,
                                        LONGEST_MINUTES,
                                        String.join(" ", command),
                                        lastLines(output.text())));
            }
            drain.join(DRAIN);
            if (guard.process().exitValue() != 0) {
                throw new IOException(
                        "%s does not build (%s): %s"
                                .formatted(
                                        what, String.join(" ", command), lastLines(output.text())));
            }
            return output.text();
        }
    }

    private static void requireTools(String what, Path folder, List<String> arguments)
            throws IOException {
        List<String> missing =
                Stream.of("make", "gcc", "ld").filter(tool -> !ProcessGuard.isThere(tool)).toList();
        if (missing.isEmpty()) {
            return;
        }
        String built =
                Prebuilt.isIn(folder)
                        ? "%s (make %s) is not part of the release, and building it"
                                .formatted(what, String.join(" ", arguments))
                        : "building " + what;
        throw new IOException(
                "%s takes %s: apt-get install -y make gcc libc6-dev"
                        .formatted(built, String.join(" and ", missing)));
    }

    private static String lastLines(String text) {
        List<String> lines = text.strip().lines().toList();
        return String.join("\n  ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
}
