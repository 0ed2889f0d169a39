package org.feuerprobe.cli;

/**
 * A command cannot go on; the message says what, where and what to do, and is all that the user
 * sees.
 */
final class CommandException extends Exception {
    private final int status;

    CommandException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
