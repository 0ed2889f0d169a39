package org.feuerprobe.trace;

/** Thrown for memory that holds no whole trace; the message names the place. */
public final class TraceFormatException extends Exception {
    public TraceFormatException(long offset, String reason) {
        super("the trace at byte %d: %s".formatted(offset, reason));
    }
}
