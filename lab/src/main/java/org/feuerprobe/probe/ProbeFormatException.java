package org.feuerprobe.probe;

/** Bytes that are not what {@code docs/probe.md} says; the message names the place. */
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

    /** Bytes from the start of what was decoded. */
    public long offset() {
        return offset;
    }
}
