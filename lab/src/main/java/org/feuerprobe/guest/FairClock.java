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
 * Time that counts against a process: without what its threads spent waiting for a processor, so
 * that a busy machine gives up no boot. A hang costs time all the same: its threads run, or sleep.
 *
 * <p>Linux tells the waiting of each thread in {@code /proc/PID/task/TID/schedstat}; where it does
 * not, all time counts. Ask at least ten times a second: of a longer pause, as when this process
 * itself was not let run, only {@link #LONGEST} counts. Used by one thread.
 */
public final class FairClock {
    static final long LONGEST = Duration.ofMillis(250).toNanos();

    /** Reading the files of a thread costs some microseconds, so not at every question. */
    private static final long EVERY = Duration.ofMillis(100).toNanos();

    private static final Pattern SCHEDSTAT = Pattern.compile("[0-9]+ ([0-9]{1,18}) [0-9]+\\s*");

    private final Path tasks;
    private final LongSupplier time;
    private final Map<Path, Long> waits = new HashMap<>();
    private long last;
    private long counted;
    private long open;

    private FairClock(Path tasks, LongSupplier time) {
        this.tasks = tasks;
        this.time = time;
        this.last = time.getAsLong();
        long _ = waited();
    }

    static FairClock of(Process process) {
        return of(Path.of("/proc", Long.toString(process.pid()), "task"), System::nanoTime);
    }

    /** Of a sender that is no process of this machine. */
    static FairClock plain() {
        return of(Path.of("/nonexistent"), System::nanoTime);
    }

    /** As above, with what Linux tells of the threads and another clock; a seam for tests. */
    static FairClock of(Path tasks, LongSupplier time) {
        return new FairClock(tasks, time);
    }

    /** Nanoseconds that counted since this clock began. */
    long nanos() {
        long now = time.getAsLong();
        open += Math.min(now - last, LONGEST);
        last = now;
        if (open >= EVERY) {
            counted += Math.max(0, open - waited());
            open = 0;
        }
        return counted + open;
    }

    /** The longest wait of a thread since the last time. */
    private long waited() {
        long longest = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                long wait = wait(thread);
                Long before = waits.put(thread, wait);
                longest = Math.max(longest, wait - (before == null ? 0 : before));
            }
        } catch (IOException e) {
            return 0; // it has ended
        }
        return longest;
    }

    private static long wait(Path thread) {
        try {
            Matcher told = SCHEDSTAT.matcher(Files.readString(thread.resolve("schedstat")));
            return told.matches() ? Long.parseLong(told.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
