package org.feuerprobe.probe;

/** Thrown for bytes that break {@code docs/probe.md}; the message names the place. */
public final class ProbeFormatException extends Exception {
    private final long offset;
    private final String reason;

    public ProbeFormatException(long offset, String reason) {
        this(offset, reason, "at offset %d: %s".formatted(offset, reason));
    }

    ProbeFormatException(long offset, String reason, String message) {
        super(message);
        this.offset = offset;
        this.reason = reason;
    }

    /** The message without the place. */
    String reason() {
        return reason;
    }

    /** Where the error is, in bytes from the start of the decoded region. */
    public long offset() {
        return offset;
    }
}
