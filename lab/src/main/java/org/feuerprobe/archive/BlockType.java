package org.feuerprobe.archive;

import java.util.Optional;

/** What a block of a block file holds: {@code docs/results.md}, "Block files". */
enum BlockType {
    /** Opens the file: version. */
    FILE(1),
    /** Whose values follow: names and point. */
    SERIES(2),
    /** Values of one boot follow: seed, batch, how many. */
    BOOT(3),
    /** Values in the order of time. */
    VALUES(4),
    /** Each distinct value with its count. */
    TABLE(5),
    /** Closes the file: how much it holds. */
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
