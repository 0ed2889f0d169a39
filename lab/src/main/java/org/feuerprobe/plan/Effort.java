package org.feuerprobe.plan;

/**
 * How much is measured? All defaults of a campaign, each with its reason.
 *
 * @param samples per point and boot: counts repeat exactly, so these cover the choices a benchmark
 *     makes at random
 * @param warmup thrown away first: enough for the emulator to have translated both loops
 * @param mostPoints per parameter when a benchmark has one parameter; fewer when it has several
 * @param seeds boots with different seeds; one more repeats the first seed to prove that counts
 *     repeat
 */
public record Effort(int samples, int warmup, int mostPoints, int seeds) {
    /** Every power of two; three seeds, so that a lucky random order is not the result. */
    public static final Effort FULL = new Effort(64, 4, 32, 3);

    /** Seven points are two more than a fit needs; one seed and its repetition. */
    public static final Effort QUICK = new Effort(16, 2, 7, 1);

    public Effort withSamples(int other) {
        return new Effort(other, warmup, mostPoints, seeds);
    }
}
