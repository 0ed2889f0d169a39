package org.feuerprobe.testbed;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Preparation of every program that this process starts. No setting of a calling git or make
 * reaches it, and it has nothing on its standard input.
 */
public final class ChildProcess {
    /** Variables in which make hands its options to a make that it starts. */
    private static final Set<String> OF_MAKE =
            Set.of(
                    "MAKEFLAGS",
                    "MFLAGS",
                    "GNUMAKEFLAGS",
                    "MAKEOVERRIDES",
                    "MAKELEVEL",
                    "MAKEFILES",
                    "MAKE_TERMOUT",
                    "MAKE_TERMERR");

    private static final int MOST_BYTES = 16 << 20;

    private ChildProcess() {}

    /** A command that has not been started. */
    public static ProcessBuilder of(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
        clean(builder.environment());
        return builder;
    }

    /**
     * Removes variables that a calling git or make has set for itself: a hook's repository and
     * index, and make's flags. A git or make that we start would obey them and change a user's
     * index.
     */
    static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("GIT_") || OF_MAKE.contains(name));
    }

    /**
     * What a short program prints, errors included; empty if it does not exist, fails, or does not
     * end within the limit.
     */
    public static Optional<String> output(List<String> command, Duration limit)
            throws InterruptedException {
        try {
            Ended ended = run(command, limit, MOST_BYTES);
            return ended.well() ? Optional.of(ended.text()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * How a program ended.
     *
     * @param well whether it ended within the limit, with exit status 0
     * @param text what it printed, errors included
     */
    public record Ended(boolean well, String text) {}

    /**
     * Runs a program to its end, or kills it and its children after the limit.
     *
     * @param mostBytes longest output that is kept
     * @throws IOException if it cannot be started
     */
    public static Ended run(List<String> command, Duration limit, int mostBytes)
            throws IOException, InterruptedException {
        Process process = of(command).redirectErrorStream(true).start();
        try {
            AtomicReference<String> text = new AtomicReference<>("");
            Thread reader = Thread.ofVirtual().start(() -> text.set(read(process, mostBytes)));
            boolean ended =
                    reader.join(limit) && process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Ended(
                    ended && process.exitValue() == 0, Objects.requireNonNullElse(text.get(), ""));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String read(Process process, int mostBytes) {
        try (InputStream stream = process.getInputStream()) {
            return new String(stream.readNBytes(mostBytes), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
