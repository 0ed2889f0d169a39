package org.feuerprobe.exchange;

/** Thrown for a file that is not in the expected format. */
public final class ForeignFormatException extends Exception {
    /** {@code line} counts from 1; 0 stands for the whole file. */
    ForeignFormatException(long line, String message) {
        super(line > 0 ? "line " + line + ": " + message : message);
    }

    ForeignFormatException(String message) {
        super(message);
    }
}
