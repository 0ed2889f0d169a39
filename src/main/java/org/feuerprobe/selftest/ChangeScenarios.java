package org.feuerprobe.selftest;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.feuerprobe.gate.Change;
import org.feuerprobe.gate.ChangeDetector;

/**
 * How often does the gate cry wolf on 100 runs in which nothing happens, and how often does it find
 * a step of five standard deviations by its third run: with the 47 runs after it known, and as the
 * newest three?
 */
final class ChangeScenarios {
    private static final int RUNS = 100;
    private static final int STEP_AT = 50;
    private static final int WITHIN = 3;
    private static final double SIGMAS = 5;

    private ChangeScenarios() {}

    /** Three rows for each kind of noise. */
    static Stream<ErrorTable.Row> rows(int simulations) {
        return Arrays.stream(RunNoiseKind.values())
                .flatMap(noise ->
                        Stream.of(
                                row(
                                        "quiet: " + noise.text,
                                        "NO ALARM",
                                        simulations,
                                        0.99,
                                        seed -> quiet(noise, seed)),
                                row(
                                        "step: " + noise.text,
                                        "IN 3 RUNS",
                                        simulations,
                                        0.95,
                                        seed -> found(noise, seed, RUNS)),
                                row(
                                        "newest step: " + noise.text,
                                        "IN 3 RUNS",
                                        simulations,
                                        0.95,
                                        seed -> found(noise, seed, STEP_AT + WITHIN))));
    }

    private static boolean quiet(RunNoiseKind noise, int seed) {
        return ChangeDetector.changes(noise.series(RUNS, random(noise, seed))).isEmpty();
    }

    private static boolean found(RunNoiseKind noise, int seed, int runs) {
        double[] values = Arrays.copyOf(noise.series(RUNS, random(noise, seed)), runs);
        double sign = seed % 2 == 0 ? 1 : -1;
        for (int i = STEP_AT; i < runs; i++) {
            values[i] += sign * SIGMAS * noise.sigma;
        }
        List<Change> changes = ChangeDetector.changes(values);
        return changes.stream()
                .anyMatch(change ->
                        change.shown() >= STEP_AT
                                && change.shown() < STEP_AT + WITHIN
                                && Math.signum(change.size()) == sign);
    }

    private static SplittableRandom random(RunNoiseKind noise, int seed) {
        return new SplittableRandom(seed * 1_000_003L + noise.text.hashCode());
    }

    private static ErrorTable.Row row(
            String name, String expectation, int simulations, double least, IntPredicate right) {
        int count = (int) IntStream.range(0, simulations).parallel().filter(right).count();
        return new ErrorTable.Row(
                "changes over runs",
                name,
                "",
                expectation,
                count,
                simulations,
                simulations < 1000
                        ? least - 2.5 * Math.sqrt(least * (1 - least) / simulations)
                        : least,
                1,
                "");
    }
}
