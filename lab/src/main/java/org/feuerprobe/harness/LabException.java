package org.feuerprobe.harness;

/**
 * A measurement cannot be carried out. The message says what, where and what to do, and is all that
 * the user sees.
 */
public final class LabException extends Exception {
    /** Whose fault it is. */
    public enum Kind {
        /** The request is wrong, or its input cannot be read. */
        WRONG_USE,
        /** The target or the testbed failed. */
        TARGET_FAILED
    }

    private final Kind kind;

    public LabException(Kind kind, String text) {
        super(text);
        this.kind = kind;
    }

    /** The request is wrong, or its input cannot be read. */
    public static LabException wrongUse(String text) {
        return new LabException(Kind.WRONG_USE, text);
    }

    /** The target or the testbed failed. */
    public static LabException targetFailed(String text) {
        return new LabException(Kind.TARGET_FAILED, text);
    }

    public Kind kind() {
        return kind;
    }
}
