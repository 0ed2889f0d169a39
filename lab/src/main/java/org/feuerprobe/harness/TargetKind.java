package org.feuerprobe.harness;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A kind of target, as {@code --target} names it. */
public enum TargetKind {
    QEMU,
    NATIVE,
    IMAGE,
    LINUX,
    LINUX_GUEST;

    /** Its name on the command line: {@code linux-guest}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind with this name. */
    public static Optional<TargetKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** All names, for messages. */
    public static String words() {
        return Arrays.stream(values()).map(TargetKind::word).collect(Collectors.joining(", "));
    }
}
