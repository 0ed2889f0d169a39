package org.feuerprobe.json;

/**
 * Thrown if a document is not JSON, or a value is not what it should be; the message says where.
 */
public final class MalformedJsonException extends Exception {
    private final long line;
    private final long column;

    MalformedJsonException(String message, long line, long column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    MalformedJsonException(String message) {
        this(message, 0, 0);
    }

    /** Line of the text that is not JSON; 0 if a value is wrong, or the line is not known. */
    public long line() {
        return line;
    }

    /** Column of the text that is not JSON; 0 if a value is wrong, or the column is not known. */
    public long column() {
        return column;
    }
}
