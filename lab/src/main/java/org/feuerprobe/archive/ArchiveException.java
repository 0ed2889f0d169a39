package org.feuerprobe.archive;

/** Thrown when an archive operation fails; the message says what failed, where, and what to do. */
public final class ArchiveException extends Exception {
    private static final long serialVersionUID = 1;

    ArchiveException(String message) {
        super(message);
    }

    ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
