package org.feuerprobe.sample;

import java.util.Arrays;

/**
 * How long is a tick? Turns measurements in ticks of a clock into nanoseconds, or into cycles of
 * the core that ran meanwhile: each raw value by itself, rounded to the nearest, so that a
 * difference of two is wrong by up to one unit more than the clock's step.
 *
 * @param unit what the values are then
 * @param perTick of it, positive
 * @param error by which share the rate may be wrong
 */
public record TickRate(String unit, double perTick, double error) {
    /** Nanoseconds. */
    public static final String UNIT = "ns";

    /** Of the core, which need not run as fast as the counter. */
    public static final String CYCLES = "cycles";

    public TickRate {
        if (!(perTick > 0) || !(error >= 0 && error < 1)) {
            throw new IllegalArgumentException("perTick=%s error=%s".formatted(perTick, error));
        }
    }

    /** The same values in this unit. */
    public Measurement of(Measurement ticks) {
        return new Measurement(
                ticks.operation(),
                ticks.benchmark(),
                ticks.target(),
                unit,
                ticks.parameters(),
                ticks.boots().stream().map(this::of).toList());
    }

    private BootSamples of(BootSamples ticks) {
        return new BootSamples(
                ticks.boot(), ticks.seed(), ticks.batch(), of(ticks.operation()), of(ticks.twin()));
    }

    private long[] of(long[] ticks) {
        return Arrays.stream(ticks).map(t -> Math.round((double) t * perTick)).toArray();
    }

    /** How well such values resolve, where the clock has steps of so many ticks. */
    public Resolution resolution(double quantum) {
        return new Resolution(quantum * perTick + 1, 1 - error, 1 + error);
    }
}
