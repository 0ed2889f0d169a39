package org.feuerprobe.guest;

import java.util.Arrays;
import java.util.List;

/**
 * Rate of the time-stamp counter against {@code CLOCK_MONOTONIC_RAW}. Both are read at several
 * moments; the rate is the median over the spans between them.
 *
 * @param ticksPerSecond positive
 * @param spread largest distance of a span's rate from the median, as a share of it
 */
public record CounterRate(double ticksPerSecond, double spread) {
    public CounterRate {
        if (!(ticksPerSecond > 0) || !(spread >= 0)) {
            throw new IllegalArgumentException(
                    "ticksPerSecond=%s spread=%s".formatted(ticksPerSecond, spread));
        }
    }

    /**
     * Computes the rate from ticks and nanoseconds at each moment; at least two moments, in order.
     */
    static CounterRate of(List<long[]> moments) {
        double[] rates = new double[moments.size() - 1];
        for (int i = 0; i < rates.length; i++) {
            long[] from = moments.get(i);
            long[] to = moments.get(i + 1);
            rates[i] = 1e9 * forwards(to[0] - from[0]) / forwards(to[1] - from[1]);
        }
        Arrays.sort(rates);
        double rate = rates[rates.length / 2];
        double farthest = Math.max(rate - rates[0], rates[rates.length - 1] - rate);
        return new CounterRate(rate, farthest / rate);
    }

    /**
     * Treats a clock that stands still or runs backwards as one tick, so that the spread shows it.
     */
    private static double forwards(long span) {
        return (double) Math.max(1, span);
    }

    public double nanosPerTick() {
        return 1e9 / ticksPerSecond;
    }
}
