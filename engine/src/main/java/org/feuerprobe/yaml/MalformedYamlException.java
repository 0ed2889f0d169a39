package org.feuerprobe.yaml;

/** Thrown for text that is no YAML. The place counts from 1. */
public final class MalformedYamlException extends Exception {
    private final int line;
    private final int column;

    MalformedYamlException(int line, int column, String message) {
        super(message);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
