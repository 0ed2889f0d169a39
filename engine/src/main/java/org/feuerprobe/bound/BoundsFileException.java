package org.feuerprobe.bound;

/** A bounds file cannot be used; the message begins with file:line:column. */
public final class BoundsFileException extends Exception {
    public BoundsFileException(String file, int line, int column, String message) {
        super("%s:%d:%d: %s".formatted(file, line, column, message));
    }

    public BoundsFileException(String file, String message) {
        super("%s: %s".formatted(file, message));
    }
}
