package org.feuerprobe.sample;

/**
 * How well does a clock resolve? A difference of two reads is wrong by up to one {@code quantum}
 * either way, and one tick is between {@code slowest} and {@code fastest} cycles.
 *
 * @param quantum in ticks; 0 for counts
 * @param slowest fewest cycles that one tick stands for
 * @param fastest most cycles that one tick stands for
 */
public record Resolution(double quantum, double slowest, double fastest) {
    /** Counts: every unit is seen. */
    public static final Resolution EXACT = new Resolution(0, 1, 1);

    public Resolution {
        if (!(quantum >= 0) || !(slowest > 0) || !(fastest >= slowest)) {
            throw new IllegalArgumentException(
                    "quantum=%s slowest=%s fastest=%s".formatted(quantum, slowest, fastest));
        }
    }

    /** At least what a value can have been, in cycles, upwards. */
    public double atMost(double ticks) {
        return (ticks + quantum) * (ticks + quantum > 0 ? fastest : slowest);
    }

    /** At most what a value can have been, in cycles, downwards. */
    public double atLeast(double ticks) {
        return (ticks - quantum) * (ticks - quantum > 0 ? slowest : fastest);
    }
}
