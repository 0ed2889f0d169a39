package org.feuerprobe.target;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How quiet is the processor? The clock was read without pause; a gap is time that somebody else
 * had.
 *
 * @param seconds of the probe
 * @param histogram gaps by length in nanoseconds, keyed by the power of two below them
 * @param longestMicros the longest gap
 * @param lost share of the time that went to gaps of a microsecond and more
 */
public record NoiseProbe(
        double seconds, Map<Long, Long> histogram, double longestMicros, double lost) {
    private static final double MICROSECOND = 1000;

    static NoiseProbe run(NativeLibrary library, Duration length) {
        double ticksPerNano = (double) library.ticks(10_000_000) / 1e7;
        NativeLibrary.Gaps gaps = library.noise((long) ((double) length.toNanos() * ticksPerNano));
        Map<Long, Long> histogram = new TreeMap<>();
        double lost = 0;
        for (Map.Entry<Integer, Long> gap : gaps.histogram().entrySet()) {
            double nanos = Math.scalb(1.0, gap.getKey()) / ticksPerNano;
            histogram.merge((long) nanos, gap.getValue(), Long::sum);
            if (nanos >= MICROSECOND) {
                lost += 1.5 * nanos * (double) gap.getValue(); // the middle of the class
            }
        }
        return new NoiseProbe(
                length.toMillis() / 1000.0,
                histogram,
                (double) gaps.longest() / ticksPerNano / 1000,
                Math.min(1, lost / (double) length.toNanos()));
    }
}
