package org.feuerprobe.archive;

/** Which of a boot's two rows of values. */
public enum SampleRow {
    OPERATION(0),
    TWIN(1);

    private final int code;

    SampleRow(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
