package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sees to it that a process, and what it started, does not outlive this one or its own use: not
 * after an interrupt, and, where {@code setpriv} is, not after a kill either.
 *
 * <p>Hazard: the system ends the process with the <em>thread</em> that started it, which must
 * therefore be one that waits for it.
 */
final class ProcessGuard implements AutoCloseable {
    private static final String SETPRIV = "/usr/bin/setpriv";

    private final Process process;
    private final Thread hook = new Thread(this::kill, "kill-child");

    private ProcessGuard(Process process) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a program that has nothing to read.
     *
     * @throws IOException when it is not there; the message names it
     */
    static ProcessGuard start(ProcessBuilder builder) throws IOException {
        List<String> words = new ArrayList<>(builder.command());
        if (!isThere(words.getFirst())) {
            throw new IOException("no program '%s'".formatted(words.getFirst()));
        }
        if (isThere(SETPRIV)) {
            words.addAll(0, List.of(SETPRIV, "--pdeathsig", "KILL", "--"));
        }
        withoutCallersSettings(builder);
        return new ProcessGuard(
                builder.command(words).redirectInput(Path.of("/dev/null").toFile()).start());
    }

    /**
     * Removes what a program around this one set for itself: git names the repository and index of
     * a hook that runs, make its own flags. A git or make of ours would obey them, and change a
     * user's index.
     */
    static void withoutCallersSettings(ProcessBuilder builder) {
        builder.environment()
                .keySet()
                .removeIf(name ->
                        name.startsWith("GIT_")
                                || name.equals("MAKEFLAGS")
                                || name.equals("MFLAGS")
                                || name.equals("MAKELEVEL")
                                || name.equals("MAKEFILES"));
    }

    /** Whether a name on the path, or a path, can be executed. */
    static boolean isThere(String program) {
        if (program.indexOf('/') >= 0) {
            return executable(Path.of(program));
        }
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> executable(Path.of(folder, program)));
    }

    private static boolean executable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    Process process() {
        return process;
    }

    /** Ends the process and its descendants at once. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Ends it and waits until it has ended. */
    @Override
    public void close() {
        kill();
        Process _ = process.onExit().join();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hooks are already running: this one does its work.
        }
    }
}
