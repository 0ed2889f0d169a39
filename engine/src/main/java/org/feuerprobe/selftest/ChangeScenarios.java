package org.feuerprobe.selftest;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.feuerprobe.change.Change;
import org.feuerprobe.change.ChangeDetector;
import org.feuerprobe.change.NewestRun;

/**
 * How often does the gate cry wolf on 100 runs in which nothing happens, and how often does it find
 * a step of five standard deviations by its third run: with the 47 runs after it known, and as the
 * newest three? And the same of the rule for a campaign's newest run, asked run by run.
 */
final class ChangeScenarios {
    private static final int RUNS = 100;
    private static final int STEP_AT = 50;
    private static final int WITHIN = 3;
    private static final double SIGMAS = 5;

    private ChangeScenarios() {}

    /** Six rows for each kind of noise. */
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
                                        seed -> found(noise, seed, STEP_AT + WITHIN)),
                                row(
                                        "new run quiet: " + noise.text,
                                        "NO ALARM",
                                        simulations / 2,
                                        quietShare(noise),
                                        seed -> quietRun(noise, seed, false)),
                                row(
                                        "new run quiet, rerun: " + noise.text,
                                        "NO ALARM",
                                        simulations / 2,
                                        quietAgain(noise),
                                        seed -> quietRun(noise, seed, true)),
                                row(
                                        "new run step: " + noise.text,
                                        "IN 3 RUNS",
                                        simulations / 4,
                                        noise == RunNoiseKind.AUTOCORRELATED_8 ? 0.88 : 0.93,
                                        seed -> foundByRuns(noise, seed))));
    }

    /** What the rule keeps before a rerun: it corrects neither for tails nor for memory. */
    private static double quietShare(RunNoiseKind noise) {
        return switch (noise) {
            case NORMAL, BIMODAL -> 0.99;
            case HEAVY, OUTLIERS -> 0.97;
            case AUTOCORRELATED_5 -> 0.96;
            case AUTOCORRELATED_8 -> 0.9;
        };
    }

    /** And after one: a rerun shares the memory of its run. */
    private static double quietAgain(RunNoiseKind noise) {
        return switch (noise) {
            case NORMAL, BIMODAL, HEAVY, OUTLIERS -> 0.99;
            case AUTOCORRELATED_5 -> 0.97;
            case AUTOCORRELATED_8 -> 0.9;
        };
    }

    /** The campaign's rule, asked of one new run. */
    private static boolean quietRun(RunNoiseKind noise, int seed, boolean rerun) {
        double[] values = noise.series(STEP_AT + 2, random(noise, seed));
        NewestRun.Judged judged = judged(values, STEP_AT + 1);
        boolean alarm =
                judged.standing() == NewestRun.Standing.WORSE
                        || judged.standing() == NewestRun.Standing.BETTER;
        return !alarm || (rerun && !judged.persists(values[STEP_AT + 1]));
    }

    /** The same rule asked after each run, as a gate is. */
    private static boolean foundByRuns(RunNoiseKind noise, int seed) {
        double[] values = stepped(noise, seed, STEP_AT + WITHIN);
        NewestRun.Standing wanted =
                seed % 2 == 0 ? NewestRun.Standing.WORSE : NewestRun.Standing.BETTER;
        return IntStream.rangeClosed(STEP_AT + 1, STEP_AT + WITHIN)
                .anyMatch(runs -> judged(values, runs).standing() == wanted);
    }

    private static NewestRun.Judged judged(double[] values, int runs) {
        return NewestRun.judge(List.of(Arrays.copyOf(values, runs))).getFirst();
    }

    private static double[] stepped(RunNoiseKind noise, int seed, int runs) {
        double[] values = Arrays.copyOf(noise.series(RUNS, random(noise, seed)), runs);
        double sign = seed % 2 == 0 ? 1 : -1;
        for (int i = STEP_AT; i < runs; i++) {
            values[i] += sign * SIGMAS * noise.sigma;
        }
        return values;
    }

    private static boolean quiet(RunNoiseKind noise, int seed) {
        return ChangeDetector.changes(noise.series(RUNS, random(noise, seed))).isEmpty();
    }

    private static boolean found(RunNoiseKind noise, int seed, int runs) {
        double sign = seed % 2 == 0 ? 1 : -1;
        List<Change> changes = ChangeDetector.changes(stepped(noise, seed, runs));
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
