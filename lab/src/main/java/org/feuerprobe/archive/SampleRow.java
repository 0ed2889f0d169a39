package org.feuerprobe.archive;

/** One of the two rows of values in a boot. */
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
