package org.feuerprobe.results;

/**
 * A fact of two testbeds that is not the same; empty where one of them does not tell.
 *
 * @param fact its name: {@code cpu microcode}, …
 */
public record TestbedDifference(String fact, String here, String there) {
    private static final int LONGEST = 80;

    /** {@code cpu: "A" and "B"}; what is too long for a line is only named. */
    @Override
    public String toString() {
        return here.length() > LONGEST || there.length() > LONGEST
                ? fact + " differ"
                : "%s: \"%s\" and \"%s\"".formatted(fact, here, there);
    }
}
