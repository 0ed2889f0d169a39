package org.feuerprobe.selftest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.verdict.Decider;
import org.feuerprobe.verdict.Decision;
import org.feuerprobe.verdict.VerdictKind;

/**
 * Table of the engine's simulated error rates. It runs every scenario with every noise and seed on
 * all cores; the result does not depend on their number.
 */
public final class ErrorTable {
    /** Number of seeds for each case: of the basic rows, and of the rows named "more …". */
    public enum Effort {
        QUICK(8, 2),
        FULL(40, 40);

        private final int seeds;
        private final int seedsOfMore;

        Effort(int seeds, int seedsOfMore) {
            this.seeds = seeds;
            this.seedsOfMore = seedsOfMore;
        }
    }

    /**
     * One row of the table.
     *
     * @param right number of {@code trials} with a right result
     * @param least smallest share of right results that passes
     * @param most largest share that passes; below 1 for intervals, which must not be too wide
     *     either
     * @param detail number of each verdict
     * @param open number of trials that were left undecided
     */
    public record Row(
            String group,
            String name,
            String claim,
            String expectation,
            int right,
            int trials,
            double least,
            double most,
            String detail,
            int open) {
        /** A row without verdicts. */
        Row(
                String group,
                String name,
                String claim,
                String expectation,
                int right,
                int trials,
                double least,
                double most,
                String detail) {
            this(group, name, claim, expectation, right, trials, least, most, detail, 0);
        }

        public boolean passes() {
            return right >= Math.floor(least * trials) && right <= Math.ceil(most * trials);
        }

        public double share() {
            return (double) right / trials;
        }

        /** Share of the trials that were left undecided. */
        public double openShare() {
            return (double) open / trials;
        }
    }

    private final Effort effort;
    private final Decider decider = new Decider();

    public ErrorTable(Effort effort) {
        this.effort = effort;
    }

    /** All rows. Each is computed when the stream reaches it. */
    public java.util.stream.Stream<Row> rows() {
        return java.util.stream.Stream.of(
                        scenarios("growth", Scenarios.table(), 0.99),
                        scenarios("growth, own rows", Scenarios.harder(), 0.99),
                        scenarios("cache steps", Scenarios.steps(), 0.95),
                        scenarios("two parameters", Scenarios.twoParameters(), 0.97),
                        more("more growth", WiderScenarios.growth(Scenarios.TABLE), 0.99),
                        more("more steps", WiderScenarios.steps(Scenarios.STEPS), 0.95),
                        more("levels", WiderScenarios.levels(Scenarios.TABLE), 0.95),
                        more("more designs", WiderScenarios.designs(Scenarios.TABLE), 0.99),
                        more("one decade", WiderScenarios.decade(Scenarios.TABLE), 0.97),
                        more("tight", WiderScenarios.tight(Scenarios.TABLE), 0.99),
                        more(
                                "three parameters",
                                WiderScenarios.threeParameters(Scenarios.TABLE),
                                0.97),
                        more("beyond the textbook", FastScenarios.broken(), 0.99),
                        more("beyond the textbook, kept", FastScenarios.kept(), 0.99),
                        scenarios("near the boundary", Scenarios.boundary(), 0.99),
                        more("levels beyond the range", ShapeScenarios.levelsBeyond(), 0.99),
                        more("levels off slowly", ShapeScenarios.slowly(), 0.95),
                        more("growth over a short range", ShapeScenarios.shortGrowth(), 0.99),
                        more("staircases", ShapeScenarios.staircases(), 0.99),
                        more("falling", ShapeScenarios.falling(), 0.99),
                        more("just their class", ShapeScenarios.justTheirClass(), 0.99),
                        more("high powers", ShapeScenarios.highPowers(), 0.99),
                        new TimedScenarios(decider, effort.seeds * 2)
                                .outcomes()
                                .map(ErrorTable::timed),
                        java.util.stream.Stream.of("class").map(any -> classNaming()),
                        Coverage.rows(effort == Effort.FULL ? 1000 : 300),
                        java.util.stream.Stream.of("changes")
                                .flatMap(any ->
                                        ChangeScenarios.rows(effort == Effort.FULL ? 2000 : 200)))
                .flatMap(rows -> rows);
    }

    private java.util.stream.Stream<Row> scenarios(
            String group, List<Scenario> scenarios, double least) {
        return scenarios(group, scenarios, least, effort.seeds);
    }

    private java.util.stream.Stream<Row> more(
            String group, List<Scenario> scenarios, double least) {
        return scenarios(group, scenarios, least, effort.seedsOfMore);
    }

    private java.util.stream.Stream<Row> scenarios(
            String group, List<Scenario> scenarios, double least, int seeds) {
        return scenarios.stream().map(scenario -> run(group, scenario, least, seeds));
    }

    private record Trial(NoiseKind noise, int seed) {}

    private Row run(String group, Scenario scenario, double least, int seeds) {
        Claim claim = scenario.parsed();
        List<Trial> trials = new ArrayList<>();
        for (NoiseKind noise : scenario.noises()) {
            for (int seed = 0; seed < seeds; seed++) {
                trials.add(new Trial(noise, seed));
            }
        }
        List<Decision> decisions =
                trials.parallelStream()
                        .map(trial -> decider.decide(claim, scenario.data(trial.noise, trial.seed)))
                        .toList();
        Map<VerdictKind, Integer> counts = new EnumMap<>(VerdictKind.class);
        int right = 0;
        for (Decision decision : decisions) {
            counts.merge(decision.kind(), 1, Integer::sum);
            right += scenario.expectation().met(decision) ? 1 : 0;
        }
        return new Row(
                group,
                scenario.name(),
                scenario.claim(),
                scenario.expectation().name(),
                right,
                decisions.size(),
                least,
                1,
                counts.toString(),
                counts.getOrDefault(VerdictKind.INCONCLUSIVE, 0));
    }

    private static Row timed(TimedScenarios.Outcome outcome) {
        return new Row(
                "timed on a busy machine",
                outcome.name(),
                "",
                outcome.expectation(),
                outcome.right(),
                outcome.trials(),
                outcome.least(),
                1,
                outcome.counts().toString(),
                outcome.counts().getOrDefault(VerdictKind.INCONCLUSIVE, 0));
    }

    private Row classNaming() {
        List<ClassCase> cases = ClassCase.all();
        Claim claim = Claim.parse("O(n^3)", Claim.Mode.UPPER);
        int[] right =
                IntStream.range(0, cases.size() * effort.seeds)
                        .parallel()
                        .map(i -> {
                            ClassCase one = cases.get(i / effort.seeds);
                            Decision decision =
                                    decider.decide(
                                            claim,
                                            one.scenario()
                                                    .data(NoiseKind.NORMAL_5, i % effort.seeds));
                            return decision.growthClass()
                                            .map(Expression::toString)
                                            .orElse("")
                                            .equals(one.name())
                                    ? 1
                                    : 0;
                        })
                        .toArray();
        int sum = IntStream.of(right).sum();
        return new Row(
                "class named",
                "6 classes, intercepts 0 to 10 times the term",
                "O(n^3)",
                "EXACT CLASS",
                sum,
                right.length,
                0.98,
                1,
                "normal 5 %");
    }
}
