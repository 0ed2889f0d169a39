package org.feuerprobe.archive;

/** The archive cannot do what it was asked; the message says what, where and what to do. */
public final class ArchiveException extends Exception {
    private static final long serialVersionUID = 1;

    ArchiveException(String message) {
        super(message);
    }

    ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
