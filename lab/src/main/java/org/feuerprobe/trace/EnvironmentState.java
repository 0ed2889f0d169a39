package org.feuerprobe.trace;

import java.util.Locale;
import java.util.Optional;

/** State of an environment, in the order in which the kernel numbers them. */
public enum EnvironmentState {
    MAKING,
    NEW,
    READY,
    RECEIVING,
    SENDING,
    WAITING,
    ENDING;

    /** The state with the kernel's number. */
    public static Optional<EnvironmentState> of(long number) {
        return number >= 0 && number < values().length
                ? Optional.of(values()[(int) number])
                : Optional.empty();
    }

    /** Its name: {@code receiving}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
