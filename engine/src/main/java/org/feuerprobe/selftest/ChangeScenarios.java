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
 * Simulated error rates of change detection. One part counts false alarms in 100 runs without a
 * change. Another counts detected steps of five standard deviations that show by their third run,
 * both with the 47 later runs and with these three as the newest. The same rates are measured for
 * the rule for a campaign's newest run, applied run by run.
 */
final class ChangeScenarios {
    private static final int RUNS = 100;
    private static final int STEP_AT = 50;
    private static final int WITHIN = 3;
    private static final double SIGMAS = 5;

    private ChangeScenarios() {}

    /** Six rows per kind of noise. */
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

    /**
     * Required share of quiet runs before a rerun. It depends on the noise, because the rule
     * corrects neither for heavy tails nor for autocorrelation.
     */
    private static double quietShare(RunNoiseKind noise) {
        return switch (noise) {
            case NORMAL, BIMODAL -> 0.99;
            case HEAVY, OUTLIERS -> 0.97;
            case AUTOCORRELATED_5 -> 0.96;
            case AUTOCORRELATED_8 -> 0.9;
        };
    }

    /** Required share after a rerun, which is correlated with its run. */
    private static double quietAgain(RunNoiseKind noise) {
        return switch (noise) {
            case NORMAL, BIMODAL, HEAVY, OUTLIERS -> 0.99;
            case AUTOCORRELATED_5 -> 0.97;
            case AUTOCORRELATED_8 -> 0.9;
        };
    }

    /** Applies the campaign's rule to one new run. */
    private static boolean quietRun(RunNoiseKind noise, int seed, boolean rerun) {
        double[] values = noise.series(STEP_AT + 2, random(noise, seed));
        NewestRun.Judged judged = judged(values, STEP_AT + 1);
        boolean alarm =
                judged.standing() == NewestRun.Standing.WORSE
                        || judged.standing() == NewestRun.Standing.BETTER;
        return !alarm || (rerun && !judged.persists(values[STEP_AT + 1]));
    }

    /** Applies the campaign's rule after each run, as a gate does. */
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
