package org.feuerprobe.exchange;

/** Thrown for a file that is not in the expected format. */
public final class ForeignFormatException extends Exception {
    private final long line;
    private final String reason;

    /** {@code line} counts from 1; 0 stands for the whole file. */
    ForeignFormatException(long line, String reason) {
        super(line > 0 ? "line " + line + ": " + reason : reason);
        this.line = line;
        this.reason = reason;
    }

    ForeignFormatException(String reason) {
        this(0, reason);
    }

    /** The line, from 1; 0 stands for the whole file. */
    long line() {
        return line;
    }

    /** What is wrong, without the line. */
    String reason() {
        return reason;
    }
}
