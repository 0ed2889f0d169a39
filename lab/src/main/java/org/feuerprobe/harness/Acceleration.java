package org.feuerprobe.harness;

import org.feuerprobe.sample.EnumWords;

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
        return EnumWords.of(this);
    }

    /** The acceleration with this name. */
    public static Acceleration of(String word) throws LabException {
        return EnumWords.find(Acceleration.class, word)
                .orElseThrow(() ->
                        LabException.wrongUse(
                                "unknown accelerator '%s', want: %s"
                                        .formatted(word, EnumWords.list(Acceleration.class))));
    }
}
