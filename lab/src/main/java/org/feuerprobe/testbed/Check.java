package org.feuerprobe.testbed;

import java.util.List;

/**
 * One condition of the machine that makes measurements trustworthy or not.
 *
 * @param name short: {@code governor}
 * @param value as it was read
 * @param where the files, registers or commands it was read from
 * @param mend what mends it, or makes it readable, in words; empty where the commands say it
 * @param commands the same to be typed, as root, one by one; with {@code mend} empty only where the
 *     state is FIT
 */
public record Check(
        String name, State state, String value, String where, String mend, List<String> commands) {
    /** How good it is. */
    public enum State {
        /** As it should be. */
        FIT,
        /** Timed figures are noisier, or biased, for it. */
        DEGRADED,
        /** Timed figures cannot be trusted. */
        UNFIT,
        /** It could not be read: absent is not well. */
        UNKNOWN;

        /** The one that a reader must hear of, of two parts of one condition. */
        State or(State other) {
            return other.weight() > weight() ? other : this;
        }

        private int weight() {
            return switch (this) {
                case FIT -> 0;
                case UNKNOWN -> 1;
                case DEGRADED -> 2;
                case UNFIT -> 3;
            };
        }
    }

    public Check {
        commands = List.copyOf(commands);
        if (state != State.FIT && mend.isEmpty() && commands.isEmpty()) {
            throw new IllegalArgumentException(name + " is " + state + ": want what mends it");
        }
    }
}
