package org.feuerprobe.testbed;

import java.util.List;

/**
 * Result of checking one condition of the machine that timed figures depend on.
 *
 * @param name short name, for example {@code governor}
 * @param value the condition as it was read
 * @param where files, registers or commands that it was read from
 * @param mend how to mend the condition, or make it readable, in words; empty if the commands are
 *     enough
 * @param commands commands that mend it, to be typed as root one by one. Both this and {@code mend}
 *     are empty only if the state is FIT
 */
public record Check(
        String name, State state, String value, String where, String mend, List<String> commands) {
    /** How well the condition suits timed figures. */
    public enum State {
        /** As it should be. */
        FIT,
        /** It makes timed figures noisier or biases them. */
        DEGRADED,
        /** It makes timed figures untrustworthy. */
        UNFIT,
        /** It could not be read, which is not a good sign. */
        UNKNOWN;

        /** The worse of two states, for a condition that has several parts. */
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
            throw new IllegalArgumentException(name + " is " + state + ": want a remedy");
        }
    }
}
