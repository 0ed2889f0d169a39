package org.feuerprobe.bound;

/**
 * Thrown for a claim that cannot be parsed. {@link #offset} is the place of the error, in
 * characters from the start of the claim.
 */
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
