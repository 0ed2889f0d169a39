package org.feuerprobe.sample;

/**
 * How well does a clock resolve? A difference of two reads is wrong by up to one {@code quantum}
 * either way, and one tick is between {@code slowest} and {@code fastest} cycles.
 *
 * @param quantum in ticks; 0 for counts
 * @param slowest fewest cycles that one tick stands for
 * @param fastest most cycles that one tick stands for
 * @param dithered whether a pause of random length precedes each read, so that it falls anywhere
 *     between two steps with the same chance
 */
public record Resolution(double quantum, double slowest, double fastest, boolean dithered) {
    /** Counts: every unit is seen. */
    public static final Resolution EXACT = new Resolution(0, 1, 1);

    /** Of a clock whose reads fall anywhere, by what law is not known. */
    public Resolution(double quantum, double slowest, double fastest) {
        this(quantum, slowest, fastest, false);
    }

    /** Of one call, where so many were timed together. */
    public Resolution of(long batch) {
        return new Resolution(quantum / batch, slowest, fastest, dithered);
    }

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
