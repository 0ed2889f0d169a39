package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.feuerprobe.testbed.ChildProcess;

/**
 * A child process that does not outlive its use or this process, and neither do the processes that
 * it starts. This holds after an interrupt, and if {@code setpriv} is installed, after a kill too.
 *
 * <p>Hazard: the system ends the child when the <em>thread</em> that started it ends. That thread
 * must therefore wait for the child.
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
     * Starts a program with an empty standard input.
     *
     * @throws IOException if the program does not exist; the message names it
     */
    static ProcessGuard start(List<String> command) throws IOException {
        return start(command, false);
    }

    /** The same; {@code merged} sends errors where the output goes. */
    static ProcessGuard start(List<String> command, boolean merged) throws IOException {
        if (!isThere(command.getFirst())) {
            throw new IOException("no program '%s'".formatted(command.getFirst()));
        }
        List<String> words = new ArrayList<>(command);
        if (isThere(SETPRIV)) {
            words.addAll(0, List.of(SETPRIV, "--pdeathsig", "KILL", "--"));
        }
        return new ProcessGuard(ChildProcess.of(words).redirectErrorStream(merged).start());
    }

    /** Whether a program can be executed, given by a path or by a name on {@code PATH}. */
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

    /** Ends the process and waits for its end. */
    @Override
    public void close() {
        kill();
        Process _ = process.onExit().join();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hooks are already running, and this one kills the process.
        }
    }
}
