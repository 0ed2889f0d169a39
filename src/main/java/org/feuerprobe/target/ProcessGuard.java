package org.feuerprobe.target;

/** Sees to it that a process, and what it started, does not outlive this one or its own use. */
final class ProcessGuard implements AutoCloseable {
    private final Process process;
    private final Thread hook = new Thread(this::kill, "kill-child");

    ProcessGuard(Process process) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Ends the process and its descendants at once. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hooks are already running: this one does its work.
        }
    }
}
