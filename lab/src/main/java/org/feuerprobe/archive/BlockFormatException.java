package org.feuerprobe.archive;

import java.io.IOException;

/** Thrown when stored bytes differ from what was written; the message says where and how. */
public final class BlockFormatException extends IOException {
    private static final long serialVersionUID = 1;

    BlockFormatException(String message) {
        super(message);
    }
}
