package org.feuerprobe.testbed;

/**
 * One condition of the machine that makes measurements trustworthy or not.
 *
 * @param name short: {@code governor}
 * @param value as it was read
 * @param where the file, register or command it was read from
 * @param mend the command that mends it; empty where there is nothing to mend
 */
public record Check(String name, State state, String value, String where, String mend) {
    /** How good it is. */
    public enum State {
        /** As it should be. */
        FIT,
        /** Timed figures are noisier, or biased, for it. */
        DEGRADED,
        /** Timed figures cannot be trusted. */
        UNFIT,
        /** It could not be read: absent is not well. */
        UNKNOWN
    }
}
