package org.feuerprobe.sample;

import java.util.Arrays;

/**
 * Conversion from ticks of a clock to nanoseconds or to cycles of the core. Each raw value is
 * converted by itself and rounded, so that a difference of two values is wrong by up to one unit
 * more than the clock's step.
 *
 * @param unit unit of the converted values
 * @param perTick units per tick; positive
 * @param error share by which the rate may be wrong
 */
public record TickRate(Metric unit, double perTick, double error) {
    public TickRate {
        if (!(perTick > 0) || !(error >= 0 && error < 1)) {
            throw new IllegalArgumentException("perTick=%s error=%s".formatted(perTick, error));
        }
    }

    /** Converts a measurement to this unit. */
    public Measurement of(Measurement ticks) {
        return new Measurement(
                ticks.operation(),
                ticks.benchmark(),
                ticks.target(),
                unit.name(),
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

    /** Resolution of converted values if the clock's step is {@code quantum} ticks. */
    public Resolution resolution(double quantum) {
        return new Resolution(quantum * perTick + 1, 1 - error, 1 + error);
    }
}
