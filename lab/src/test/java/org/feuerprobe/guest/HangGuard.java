package org.feuerprobe.guest;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Interrupts a test that hangs, and fails it: for five minutes neither this Java nor a program that
 * it started has run, or they have run for an hour. What the clock on the wall says does not count,
 * so that a busy machine fails no test. Registered for all tests by JUnit's automatic detection.
 */
public final class HangGuard
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final Duration POLL = Duration.ofSeconds(1);

    /** Less processor time between two looks is the Java's own housekeeping. */
    private static final long HOUSEKEEPING = Duration.ofMillis(5).toNanos();

    private static final AtomicReference<Watched> CURRENT = new AtomicReference<>();

    static {
        Thread.ofPlatform().daemon().name("hang-guard").start(HangGuard::watch);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        CURRENT.set(new Watched(context.getDisplayName(), Thread.currentThread()));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        CURRENT.set(
                new Watched(
                        context.getRequiredTestClass().getSimpleName()
                                + "."
                                + context.getDisplayName(),
                        Thread.currentThread()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        finish();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        finish();
    }

    private static void finish() {
        Watched ended = CURRENT.getAndSet(null);
        if (ended != null && !ended.verdict().isEmpty()) {
            boolean _ = Thread.interrupted();
            throw new AssertionError(ended.verdict());
        }
    }

    private static void watch() {
        Spent spent = new Spent();
        while (true) {
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                return;
            }
            long ran = spent.more();
            Watched watched = CURRENT.get();
            if (watched != null) {
                watched.look(ran > HOUSEKEEPING ? ran : 0);
                if (!watched.verdict().isEmpty()) {
                    // A test may wait for one of them, uninterruptibly.
                    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
                }
                if (watched.beyondHelp()) {
                    Runtime.getRuntime().halt(3);
                }
            }
        }
    }

    /** Processor time of this Java and what it started, but for the guard's own. */
    private static final class Spent {
        private final OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        private final Map<Long, Long> programs = new HashMap<>();
        private long own;

        long more() {
            long now =
                    system.getProcessCpuTime()
                            - ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long more = now - own;
            own = now;
            Map<Long, Long> seen = new HashMap<>();
            ProcessHandle.current()
                    .descendants()
                    .forEach(program ->
                            seen.put(
                                    program.pid(),
                                    program.info()
                                            .totalCpuDuration()
                                            .orElse(Duration.ZERO)
                                            .toNanos()));
            for (Map.Entry<Long, Long> program : seen.entrySet()) {
                more +=
                        Math.max(
                                0,
                                program.getValue() - programs.getOrDefault(program.getKey(), 0L));
            }
            programs.clear();
            programs.putAll(seen);
            return more;
        }
    }

    /** A test and how it gets on. Looked at by the guard's thread; its verdict by the test's. */
    static final class Watched {
        /** Seconds, of which a test of this guard needs fewer. */
        static final int STILL = Integer.getInteger("feuerprobe.hang.looks", 300);

        static final long LONGEST = Duration.ofHours(1).toNanos();

        private final String test;
        private final Thread thread;
        private int still;
        private long ran;
        private int interrupts;
        private volatile String verdict = "";

        Watched(String test, Thread thread) {
            this.test = test;
            this.thread = thread;
        }

        /** The first interrupt may be swallowed, so each further look is one more. */
        void look(long more) {
            still = more == 0 ? still + 1 : 0;
            ran += more;
            if (still > STILL || ran > LONGEST) {
                if (verdict.isEmpty()) {
                    verdict =
                            "%s hangs: it ran for %d s, then not in %d looks; it was at %s"
                                    .formatted(
                                            test,
                                            Duration.ofNanos(ran).toSeconds(),
                                            still,
                                            at(thread.getStackTrace()));
                    System.err.println(verdict);
                }
                interrupts++;
                thread.interrupt();
            }
        }

        private static String at(StackTraceElement[] frames) {
            for (StackTraceElement frame : frames) {
                if (frame.getClassName().startsWith("org.feuerprobe")) {
                    return frame.toString();
                }
            }
            return frames.length == 0 ? "its end" : frames[0].toString();
        }

        /** Interrupted a minute long, it goes on. */
        boolean beyondHelp() {
            return interrupts > 60;
        }

        String verdict() {
            return verdict;
        }
    }
}
