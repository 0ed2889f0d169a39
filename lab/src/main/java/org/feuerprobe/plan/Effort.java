package org.feuerprobe.plan;

/**
 * How much a campaign measures. The two constants hold all defaults, each with its reason.
 *
 * @param samples samples per point and boot. Counts repeat exactly, so the samples only have to
 *     cover a benchmark's random choices
 * @param warmup repetitions discarded first: enough for the emulator to translate both loops
 * @param mostPoints points per parameter if a benchmark has one parameter; fewer if it has several
 * @param seeds number of boots with different seeds. One further boot repeats the first seed and
 *     proves that counts repeat
 */
public record Effort(int samples, int warmup, int mostPoints, int seeds) {
    /** Every power of two. Three seeds, so that no single random order decides the result. */
    public static final Effort FULL = new Effort(64, 4, 32, 3);

    /** Seven points, two more than fitting a model needs. One seed and its repetition. */
    public static final Effort QUICK = new Effort(16, 2, 7, 1);

    public Effort withSamples(int other) {
        return new Effort(other, warmup, mostPoints, seeds);
    }

    public Effort withSeeds(int other) {
        return new Effort(samples, warmup, mostPoints, other);
    }
}
