package org.feuerprobe.guest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.feuerprobe.fitness.ClockFitness;

/**
 * Properties of this processor's time-stamp counter: its step, the cost of an empty pair, and the
 * measured latencies of dependent additions, multiplications and first-level loads.
 *
 * <p>An addition takes one cycle on every x86-64 core, so the chain of additions gives the core's
 * frequency in terms of the counter. The other two chains must then cost their published latencies.
 *
 * @param quantum step of the counter in ticks; 1 if every value occurs
 * @param emptyMin smallest number of ticks of an empty pair
 * @param emptyP99 99th percentile of the ticks of an empty pair
 * @param rate rate of the counter against {@code CLOCK_MONOTONIC_RAW}
 * @param cyclesPerTick core cycles per tick, from the chain of additions
 * @param multiplication cycles of one dependent 64-bit multiplication
 * @param load cycles of one dependent load that hits the first-level cache
 */
public record NativeClock(
        long quantum,
        long emptyMin,
        long emptyP99,
        CounterRate rate,
        double cyclesPerTick,
        double multiplication,
        double load) {
    private static final int STEPS = 100_000;
    private static final int QUICKEST_OF = 100;
    private static final int TURNS = 20;
    private static final int EACH = 8;
    private static final int PROBES = 4000;
    private static final int TURNS_IN_A_SPAN = 5;

    static NativeClock read(NativeLibrary library) {
        long[] empty = library.empty(PROBES);
        Arrays.sort(empty);
        double[] least = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        List<long[]> moments = new ArrayList<>(List.of(library.moment()));
        for (int turn = 1;
                turn <= TURNS;
                turn++) { // alternate, so that each kind meets quiet moments
            for (int kind = 0; kind < least.length; kind++) {
                least[kind] = Math.min(least[kind], (double) library.chain(kind, EACH));
            }
            if (turn % TURNS_IN_A_SPAN == 0) { // some milliseconds apart
                moments.add(library.moment());
            }
        }
        return new NativeClock(
                ClockFitness.step(library.differences(PROBES)),
                empty[0],
                empty[(int) (PROBES * 0.99)],
                CounterRate.of(moments),
                STEPS / least[0],
                least[1] / least[0],
                least[2] / least[0]);
    }

    /** Core cycles per tick, from a shorter measurement. */
    static double cyclesPerTick(NativeLibrary library) {
        return STEPS / (double) library.chain(0, QUICKEST_OF);
    }
}
