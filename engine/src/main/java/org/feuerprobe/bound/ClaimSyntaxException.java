package org.feuerprobe.bound;

/** A claim's text cannot be read; {@link #offset} counts characters from the start of that text. */
public final class ClaimSyntaxException extends RuntimeException {
    private final int offset;

    public ClaimSyntaxException(String message, int offset) {
        super(message);
        this.offset = offset;
    }

    public int offset() {
        return offset;
    }
}
