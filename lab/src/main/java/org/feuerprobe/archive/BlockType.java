package org.feuerprobe.archive;

import java.util.Optional;

/** Type of a block in a block file: {@code docs/results.md}, "Block files". */
enum BlockType {
    /** Starts the file: version. */
    FILE(1),
    /** Starts a series: names and point. */
    SERIES(2),
    /** Starts a boot: seed, batch, numbers of values. */
    BOOT(3),
    /** Values in the order of time. */
    VALUES(4),
    /** Each distinct value with its count. */
    TABLE(5),
    /** Ends the file: numbers of blocks and values. */
    END(6);

    private final int code;

    BlockType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<BlockType> of(int code) {
        for (BlockType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
