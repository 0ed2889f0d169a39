package org.feuerprobe.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;

/**
 * Simulated timing in user space of a machine that does other work too. The parts are those seen
 * when {@code qsort}, list search, hash tables and {@code memcpy} were timed on a shared virtual
 * machine: a speed that drifts and jumps, caches that make larger data slower, interruptions with a
 * heavy tail, a slow first value, boots that differ, and a clock with steps.
 */
final class BusyMachine {
    private static final double QUANTUM_NANOS = 0.5;
    private static final double JITTER = 0.015;
    private static final double DRIFT = 0.03;
    private static final double JUMP_CHANCE = 0.05;
    private static final double BOOT = 0.03;
    private static final double DISTURBED = 0.05;

    /** Nanoseconds between interruptions, and the shortest of them. */
    private static final double BETWEEN = 4e6;

    private static final double SHORTEST = 2e3;
    private static final double LONGEST = 5e6;

    private final SplittableRandom random;
    private final double[] borders;
    private final double[] slower;
    private double speed = 1;

    BusyMachine(long seed) {
        random = new SplittableRandom(seed);
        borders = new double[] {Math.pow(2, 6 + 5 * random.nextDouble()), 0};
        borders[1] = borders[0] * Math.pow(2, 2 + 4 * random.nextDouble());
        slower = new double[] {1 + 1.5 * random.nextDouble(), 1 + 2 * random.nextDouble()};
    }

    /** Times a law at powers of two, in one boot or several. */
    DataSet time(String name, DoubleUnaryOperator nanos, int from, int to) {
        int boots = random.nextInt(4) == 0 ? 3 : 1;
        int values = random.nextInt(5) == 0 ? 1 : 3 + random.nextInt(5);
        double[] factors = random.doubles(boots).map(any -> exp(BOOT)).toArray();
        List<Point> points = new ArrayList<>();
        for (int log = from; log <= to; log++) {
            double n = 1L << log;
            drift();
            double cost = nanos.applyAsDouble(n) * cache(n) * speed;
            List<double[]> here = new ArrayList<>();
            for (double factor : factors) {
                double[] times = new double[values];
                for (int i = 0; i < values; i++) {
                    double cold = i == 0 && log < from + 3 ? 1 + 3 * random.nextDouble() : 1;
                    times[i] = value(cost * factor * (values > 1 ? cold : 1));
                }
                here.add(times);
            }
            points.add(new Point(Map.of("n", n), here));
        }
        return new DataSet(name, "ns", false, points);
    }

    private double exp(double deviation) {
        return Math.exp(deviation * random.nextGaussian());
    }

    private void drift() {
        speed *= exp(DRIFT);
        if (random.nextDouble() < JUMP_CHANCE) {
            speed *= 0.7 + 0.8 * random.nextDouble();
        }
    }

    private double cache(double n) {
        double factor = 1;
        for (int i = 0; i < borders.length; i++) {
            factor *= n > borders[i] ? 1 + (slower[i] - 1) * (1 - borders[i] / n) : 1;
        }
        return factor;
    }

    private double value(double cost) {
        double time = cost * exp(JITTER);
        if (random.nextDouble() < DISTURBED) {
            time *= 1 + 0.2 * Math.pow(1 - random.nextDouble(), -1 / 1.5);
        }
        if (random.nextDouble() < Math.min(0.5, 0.002 + cost / BETWEEN)) {
            time += Math.min(LONGEST, SHORTEST * Math.pow(1 - random.nextDouble(), -1 / 0.7));
        }
        return Math.max(1, Math.rint(time / QUANTUM_NANOS)) * QUANTUM_NANOS;
    }
}
