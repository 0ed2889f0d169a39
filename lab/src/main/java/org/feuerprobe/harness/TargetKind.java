package org.feuerprobe.harness;

import java.util.Optional;
import org.feuerprobe.sample.EnumWords;

/** A kind of target, as {@code --target} names it. */
public enum TargetKind {
    QEMU,
    NATIVE,
    IMAGE,
    LINUX,
    LINUX_GUEST;

    /** Its name on the command line: {@code linux-guest}. */
    public String word() {
        return EnumWords.of(this);
    }

    /** The kind with this name. */
    public static Optional<TargetKind> of(String word) {
        return EnumWords.find(TargetKind.class, word);
    }

    /** All names, for messages. */
    public static String words() {
        return EnumWords.list(TargetKind.class);
    }
}
