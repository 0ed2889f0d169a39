package org.feuerprobe.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.feuerprobe.probe.ProbeFormatException;
import org.feuerprobe.probe.SerialRun;

/**
 * What a guest without a plan reported on its serial line, up to the point that the caller needs.
 * The guest is always ended, and has a time limit, because it may be very slow if ring 0 is
 * emulated.
 *
 * @param ended whether the guest ended or reported enough within the limit
 * @param log other output of the guest, and the emulator's errors
 */
record HeardGuest(boolean ended, SerialRun run, String log) {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration DRAIN = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(50);

    static HeardGuest of(EmulatorCommand command, Predicate<SerialRun> enough)
            throws IOException, InterruptedException {
        try (ProcessGuard guard = command.start()) {
            SerialLog errors = new SerialLog(guard.process().getErrorStream());
            Thread drain = SerialLog.drain(errors, "emulator-errors");
            SerialRun run = new SerialRun();
            StringBuilder log = new StringBuilder();
            Thread reader = Thread.ofVirtual().start(() -> read(guard.process(), run, enough, log));
            boolean ended = joined(reader, FairClock.of(guard.process()));
            guard.kill();
            reader.join(DRAIN);
            drain.join(DRAIN);
            return new HeardGuest(ended, run, log + errors.text());
        }
    }

    private static boolean joined(Thread reader, FairClock clock) throws InterruptedException {
        while (!reader.join(POLL)) {
            if (clock.nanos() > LIMIT.toNanos()) {
                return false;
            }
        }
        return true;
    }

    private static void read(
            Process process, SerialRun run, Predicate<SerialRun> enough, StringBuilder log) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine();
                    line != null && !enough.test(run);
                    line = lines.readLine()) {
                run.line(line);
                if (!line.startsWith("#fp")) {
                    log.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            log.append(e.getMessage());
        } catch (ProbeFormatException e) {
            log.append("the guest's output is corrupt: ").append(e.getMessage());
        }
    }

    /** Explains why the guest did not report {@code wanted}. */
    static String without(String wanted, boolean ended, String log) {
        String last = log.strip().lines().reduce("", (_, line) -> line);
        return (ended
                        ? "the guest ended without " + wanted
                        : "the guest did not finish in " + LIMIT.toSeconds() + " s")
                + (last.isEmpty() ? "" : ": " + last);
    }
}
