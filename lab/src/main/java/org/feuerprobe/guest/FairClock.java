package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clock for the time limits of a process. It leaves out time in which the process waited for a
 * processor, so that a boot does not fail because the machine is busy. A hang still reaches its
 * limit, because a hung process runs or sleeps.
 *
 * <p>Linux reports each thread's waiting time in {@code /proc/PID/task/TID/schedstat}. Without that
 * file, all time counts. Call {@link #nanos} at least ten times a second: of a longer pause, for
 * example when this process itself did not run, only {@link #LONGEST} counts. Used by one thread.
 */
public final class FairClock {
    static final long LONGEST = Duration.ofMillis(250).toNanos();

    /**
     * Interval between readings of the threads' files, because each reading costs some
     * microseconds.
     */
    private static final long EVERY = Duration.ofMillis(100).toNanos();

    private static final Pattern SCHEDSTAT = Pattern.compile("[0-9]+ ([0-9]{1,18}) [0-9]+\\s*");

    private final Path tasks;
    private final LongSupplier time;
    private final Map<Path, Long> waits = new HashMap<>();
    private long last;
    private long counted;
    private long pending;

    private FairClock(Path tasks, LongSupplier time) {
        this.tasks = tasks;
        this.time = time;
        this.last = time.getAsLong();
        long _ = waited();
    }

    static FairClock of(Process process) {
        return of(Path.of("/proc", Long.toString(process.pid()), "task"), System::nanoTime);
    }

    /** A clock on which all time counts, for a sender that is not a process of this machine. */
    static FairClock plain() {
        return of(Path.of("/nonexistent"), System::nanoTime);
    }

    /** Reads threads from another folder and time from another clock; for tests. */
    static FairClock of(Path tasks, LongSupplier time) {
        return new FairClock(tasks, time);
    }

    /** Nanoseconds that have counted since this clock was created. */
    long nanos() {
        long now = time.getAsLong();
        pending += Math.min(now - last, LONGEST);
        last = now;
        if (pending >= EVERY) {
            counted += Math.max(0, pending - waited());
            pending = 0;
        }
        return counted + pending;
    }

    /** The longest time that a thread has waited since the last call. */
    private long waited() {
        long longest = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                long wait = wait(thread);
                Long before = waits.put(thread, wait);
                longest = Math.max(longest, wait - (before == null ? 0 : before));
            }
        } catch (IOException e) {
            return 0; // the process has ended
        }
        return longest;
    }

    private static long wait(Path thread) {
        try {
            Matcher fields = SCHEDSTAT.matcher(Files.readString(thread.resolve("schedstat")));
            return fields.matches() ? Long.parseLong(fields.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
