package org.feuerprobe.harness;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the emulator is asked to run a kernel, as {@code --accel} names it. */
public enum Acceleration {
    /** Translated, one tick an instruction. */
    ICOUNT,
    /** By the hardware, if its cycles are trustworthy. */
    KVM,
    /** Translated, by the host's clock. */
    TCG,
    /** By the hardware if its cycles are trustworthy, else {@link #ICOUNT}. */
    AUTO;

    /** Its name on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The acceleration with this name. */
    public static Acceleration of(String word) throws LabException {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        LabException.wrongUse(
                                "unknown accelerator '%s', want: %s"
                                        .formatted(
                                                word,
                                                Arrays.stream(values())
                                                        .map(Acceleration::word)
                                                        .collect(Collectors.joining(", ")))));
    }
}
