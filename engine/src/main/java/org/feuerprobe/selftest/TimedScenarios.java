package org.feuerprobe.selftest;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.verdict.Decider;
import org.feuerprobe.verdict.Decision;
import org.feuerprobe.verdict.VerdictKind;

/** Rows about data that a busy machine timed, each over several laws and ranges. */
final class TimedScenarios {
    /** At most one true claim in a thousand may be refuted. */
    private static final double TRUE_KEPT = 0.999;

    private static final double RIGHT = 0.99;
    private static final int[][] RANGES = {{4, 9}, {4, 12}, {4, 14}};

    private record Law(String claim, DoubleUnaryOperator nanos) {}

    private static final List<Law> LAWS =
            List.of(
                    new Law("O(1)", n -> 25),
                    new Law("O(1)", n -> 4),
                    new Law("O(log n)", n -> 30 + 9 * Scenarios.log(n)),
                    new Law("O(n)", n -> 5 + 1.1 * n),
                    new Law("O(n)", n -> 400 + 20 * n),
                    new Law("O(n log n)", n -> 5.5 * n * Scenarios.log(n)),
                    new Law("O(n^2)", n -> 50 + 0.8 * n * n));

    private final Decider decider;
    private final int seeds;

    /** What came of all trials of one kind; the parts are those of a row of the error table. */
    record Outcome(
            String name,
            String expectation,
            double least,
            int right,
            int trials,
            Map<VerdictKind, Integer> counts) {}

    TimedScenarios(Decider decider, int seeds) {
        this.decider = decider;
        this.seeds = seeds;
    }

    Stream<Outcome> outcomes() {
        return Stream.of(
                outcome(
                        "true claims of 7 laws",
                        "NOT_REJECTED",
                        TRUE_KEPT,
                        LAWS,
                        kind -> kind != VerdictKind.VIOLATED),
                outcome(
                        "growth by a hundredfold and more",
                        "REJECT",
                        RIGHT,
                        List.of(
                                new Law("O(1)", n -> 5 + 1.1 * n * n),
                                new Law("O(log n)", n -> 20 + 0.8 * n * n),
                                new Law("O(n)", n -> 20 + 0.3 * n * n * n)),
                        kind -> kind == VerdictKind.VIOLATED));
    }

    private interface Right {
        boolean is(VerdictKind kind);
    }

    private Outcome outcome(
            String name, String expectation, double least, List<Law> laws, Right right) {
        List<VerdictKind> kinds =
                IntStream.range(0, seeds * laws.size() * RANGES.length)
                        .parallel()
                        .mapToObj(i -> decide(laws, i).kind())
                        .toList();
        Map<VerdictKind, Integer> counts = new EnumMap<>(VerdictKind.class);
        kinds.forEach(kind -> counts.merge(kind, 1, Integer::sum));
        int kept = (int) kinds.stream().filter(right::is).count();
        return new Outcome(name, expectation, least, kept, kinds.size(), counts);
    }

    private Decision decide(List<Law> laws, int number) {
        Law law = laws.get(number % laws.size());
        int[] range = RANGES[number / laws.size() % RANGES.length];
        return decider.decide(
                Claim.parse(law.claim, Claim.Mode.UPPER),
                new BusyMachine(number * 0x9E3779B97F4A7C15L)
                        .time(law.claim, law.nanos, range[0], range[1]));
    }
}
