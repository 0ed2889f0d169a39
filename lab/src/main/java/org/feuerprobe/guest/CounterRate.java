package org.feuerprobe.guest;

import java.util.Arrays;
import java.util.List;

/**
 * How fast does the time-stamp counter run? From moments at which it and {@code
 * CLOCK_MONOTONIC_RAW} were read: the median rate of the spans between them.
 *
 * @param ticksPerSecond positive
 * @param spread largest distance of a span's rate from it, as a share of it
 */
public record CounterRate(double ticksPerSecond, double spread) {
    public CounterRate {
        if (!(ticksPerSecond > 0) || !(spread >= 0)) {
            throw new IllegalArgumentException(
                    "ticksPerSecond=%s spread=%s".formatted(ticksPerSecond, spread));
        }
    }

    /** Ticks and nanoseconds at each moment; at least two, in order. */
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

    /** A clock that stands still or runs backwards shows in the spread. */
    private static double forwards(long span) {
        return (double) Math.max(1, span);
    }

    public double nanosPerTick() {
        return 1e9 / ticksPerSecond;
    }
}
