package org.feuerprobe.sample;

import java.util.Arrays;

/**
 * How long is a tick? Turns measurements in ticks into nanoseconds: each raw value by itself,
 * rounded to the nearest, so that a difference of two is wrong by up to one nanosecond more than
 * the clock's step.
 *
 * @param nanosPerTick positive
 * @param error by which share the rate may be wrong
 */
public record TickRate(double nanosPerTick, double error) {
    public static final String UNIT = "ns";

    public TickRate {
        if (!(nanosPerTick > 0) || !(error >= 0 && error < 1)) {
            throw new IllegalArgumentException(
                    "nanosPerTick=%s error=%s".formatted(nanosPerTick, error));
        }
    }

    /** The same values in nanoseconds. */
    public Measurement nanoseconds(Measurement ticks) {
        return new Measurement(
                ticks.operation(),
                ticks.benchmark(),
                ticks.target(),
                UNIT,
                ticks.parameters(),
                ticks.boots().stream().map(this::nanoseconds).toList());
    }

    private BootSamples nanoseconds(BootSamples ticks) {
        return new BootSamples(
                ticks.boot(),
                ticks.seed(),
                ticks.batch(),
                nanoseconds(ticks.operation()),
                nanoseconds(ticks.twin()));
    }

    private long[] nanoseconds(long[] ticks) {
        return Arrays.stream(ticks).map(t -> Math.round((double) t * nanosPerTick)).toArray();
    }

    /** How well such values resolve, where the clock has steps of so many ticks. */
    public Resolution resolution(double quantum) {
        return new Resolution(quantum * nanosPerTick + 1, 1 - error, 1 + error);
    }
}
