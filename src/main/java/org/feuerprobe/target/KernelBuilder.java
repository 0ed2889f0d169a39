package org.feuerprobe.target;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Builds the exokernel, or a variant of it apart, with {@code make}. */
public final class KernelBuilder {
    private static final Pattern SWITCH = Pattern.compile("[A-Z][A-Z0-9_]*=[a-z0-9_]+");
    private final Path folder;

    /** {@code folder} holds the exokernel's Makefile. */
    public KernelBuilder(Path folder) {
        this.folder = folder;
    }

    /**
     * Brings an image up to date and reads it.
     *
     * @param variant switches such as {@code CAP_ALLOC=scan}; none for the default kernel
     * @throws IOException when a switch is malformed, make is missing or fails: the message holds
     *     its last lines
     */
    public KernelImage build(List<String> variant) throws IOException, InterruptedException {
        for (String option : variant) {
            if (!SWITCH.matcher(option).matches()) {
                throw new VariantException(
                        "variant '%s': want NAME=value, such as CAP_ALLOC=scan".formatted(option));
            }
        }
        Files.createDirectories(folder.resolve("build"));
        try (FileChannel lock =
                FileChannel.open(
                        folder.resolve("build/lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            lock.lock(); // two builds at once would write the same files
            List<String> known = make(List.of(), List.of("print-switches")).lines().toList();
            for (String option : variant) {
                if (!known.contains(option)) {
                    throw new VariantException(
                            "unknown variant %s; there are: %s"
                                    .formatted(option, String.join(", ", known)));
                }
            }
            make(variant, List.of("-j2"));
            return KernelImage.read(folder.resolve(make(variant, List.of("print-image")).strip()));
        }
    }

    private String make(List<String> variant, List<String> goals)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of("make", "--no-print-directory", "-s", "-C", folder.toString()));
        command.addAll(goals);
        command.addAll(variant);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("MAKEFLAGS");
        builder.environment().remove("MAKELEVEL");
        Process process = builder.start();
        try (ProcessGuard _ = new ProcessGuard(process)) {
            process.getOutputStream().close();
            SerialLog output = new SerialLog(process.getInputStream());
            Thread drain = SerialLog.drain(output, "make");
            int exit = process.waitFor();
            drain.join();
            if (exit != 0) {
                throw new IOException(
                        "the kernel does not build (%s): %s"
                                .formatted(String.join(" ", command), lastLines(output.text())));
            }
            return output.text();
        }
    }

    private static String lastLines(String text) {
        List<String> lines = text.strip().lines().toList();
        return String.join("\n  ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
}
