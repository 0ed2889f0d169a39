package org.feuerprobe.sample;

/**
 * Resolution of a clock. A difference of two reads is wrong by up to one {@code quantum} in either
 * direction, and one tick stands for {@code slowest} to {@code fastest} cycles.
 *
 * @param quantum the clock's step in ticks; 0 for counts
 * @param slowest smallest number of cycles that one tick stands for
 * @param fastest largest number of cycles that one tick stands for
 * @param dithered whether a pause of random length precedes each read, so that the read is equally
 *     likely at every moment between two steps
 */
public record Resolution(double quantum, double slowest, double fastest, boolean dithered) {
    /** Resolution of counts, which are exact. */
    public static final Resolution EXACT = new Resolution(0, 1, 1);

    /** Resolution of a clock whose reads have an unknown distribution between two steps. */
    public Resolution(double quantum, double slowest, double fastest) {
        this(quantum, slowest, fastest, false);
    }

    /** Resolution for one call if {@code batch} calls are timed together. */
    public Resolution of(long batch) {
        return new Resolution(quantum / batch, slowest, fastest, dithered);
    }

    public Resolution {
        if (!(quantum >= 0) || !(slowest > 0) || !(fastest >= slowest)) {
            throw new IllegalArgumentException(
                    "quantum=%s slowest=%s fastest=%s".formatted(quantum, slowest, fastest));
        }
    }

    /** Upper limit on the true value, in cycles. */
    public double atMost(double ticks) {
        return (ticks + quantum) * (ticks + quantum > 0 ? fastest : slowest);
    }

    /** Lower limit on the true value, in cycles. */
    public double atLeast(double ticks) {
        return (ticks - quantum) * (ticks - quantum > 0 ? slowest : fastest);
    }
}
