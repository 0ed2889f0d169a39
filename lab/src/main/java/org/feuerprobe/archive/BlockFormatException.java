package org.feuerprobe.archive;

import java.io.IOException;

/** Stored bytes are not what was written; the message says where and what. */
public final class BlockFormatException extends IOException {
    private static final long serialVersionUID = 1;

    BlockFormatException(String message) {
        super(message);
    }
}
