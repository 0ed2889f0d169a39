package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code make} in a folder of this project. */
final class Make {
    private Make() {}

    /**
     * Runs make and returns the end of its output.
     *
     * @param what what make builds, for the message: {@code the kernel}
     * @throws IOException if make is missing or fails; the message contains make's last lines
     */
    static String run(String what, Path folder, List<String> arguments)
            throws IOException, InterruptedException {
        if (!ProcessGuard.isThere("make")) {
            throw new IOException(
                    "no program 'make', which builds %s: apt-get install make gcc".formatted(what));
        }
        List<String> command =
                new ArrayList<>(
                        List.of("make", "--no-print-directory", "-s", "-C", folder.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        try (ProcessGuard guard = ProcessGuard.start(builder)) {
            SerialLog output = new SerialLog(guard.process().getInputStream());
            Thread drain = SerialLog.drain(output, "make");
            int exit = guard.process().waitFor();
            drain.join();
            if (exit != 0) {
                throw new IOException(
                        "%s does not build (%s): %s"
                                .formatted(
                                        what, String.join(" ", command), lastLines(output.text())));
            }
            return output.text();
        }
    }

    private static String lastLines(String text) {
        List<String> lines = text.strip().lines().toList();
        return String.join("\n  ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
}
