package org.feuerprobe.probe;

/** Bytes that are not what {@code docs/probe.md} says; the message names the place. */
public final class ProbeFormatException extends Exception {
    private final long offset;

    public ProbeFormatException(long offset, String message) {
        super("at offset %d: %s".formatted(offset, message));
        this.offset = offset;
    }

    /** Bytes from the start of what was decoded. */
    public long offset() {
        return offset;
    }
}
