package org.feuerprobe.results;

/**
 * A fact that differs between two testbeds; a side is empty if it does not record the fact.
 *
 * @param fact its name: {@code cpu microcode}, …
 */
public record TestbedDifference(String fact, String here, String there) {
    private static final int LONGEST = 80;

    /** {@code cpu: "A" and "B"}. A fact that is too long for a line is only named. */
    @Override
    public String toString() {
        return here.length() > LONGEST || there.length() > LONGEST
                ? fact + " differ"
                : "%s: \"%s\" and \"%s\"".formatted(fact, here, there);
    }
}
