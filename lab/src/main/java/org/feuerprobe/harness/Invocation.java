package org.feuerprobe.harness;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.feuerprobe.results.Provenance;

/**
 * The request for a campaign, and its time.
 *
 * @param version of Feuerprobe
 * @param command the command line that repeats it
 * @param began wall-clock time; {@code startNanos} is the same moment on a clock that only runs
 *     forwards
 */
public record Invocation(String version, List<String> command, Instant began, long startNanos) {
    public Invocation {
        command = List.copyOf(command);
    }

    /** A request at this moment. */
    public static Invocation now(String version, List<String> command) {
        return new Invocation(version, command, Instant.now(), System.nanoTime());
    }

    /** Provenance of the campaign, which ends now. */
    Provenance provenance(String boundsFile, String subject) {
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        return new Provenance(
                version, command, began.toString(), took.toMillis() / 1000.0, boundsFile, subject);
    }
}
