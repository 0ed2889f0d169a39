package org.feuerprobe.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code make} in a folder of this project. */
final class Make {
    private Make() {}

    /**
     * What make printed.
     *
     * @param what for the message: {@code the kernel}
     * @throws IOException when make is missing or fails: the message holds its last lines
     */
    static String run(String what, Path folder, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of("make", "--no-print-directory", "-s", "-C", folder.toString()));
        command.addAll(arguments);
        Path output = Files.createTempFile("feuerprobe-make", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().remove("MAKEFLAGS");
            builder.environment().remove("MAKELEVEL");
            Process process = builder.redirectOutput(output.toFile()).start();
            int exit = process.waitFor();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (exit != 0) {
                throw new IOException(
                        "%s does not build (%s): %s"
                                .formatted(what, String.join(" ", command), lastLines(text)));
            }
            return text;
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static String lastLines(String text) {
        List<String> lines = text.strip().lines().toList();
        return String.join("\n  ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
}
