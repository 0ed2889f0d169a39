package org.feuerprobe.exchange;

/** The file is not what it is said to be. */
public final class ForeignFormatException extends Exception {
    /** {@code line} counts from 1; 0 where the whole file is meant. */
    ForeignFormatException(long line, String message) {
        super(line > 0 ? "line " + line + ": " + message : message);
    }

    ForeignFormatException(String message) {
        super(message);
    }
}
