package org.feuerprobe.selftest;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.sample.Bootstrap;
import org.feuerprobe.sample.Description;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.OrderStatistics;
import org.feuerprobe.verdict.Decider;

/** Simulated coverage: 95 % intervals must contain the truth 93 to 97 % of the time. */
final class Coverage {
    private static final double LEVEL = 0.95;
    private static final int MEAN_VALUES = 60;
    private static final int QUANTILE_VALUES = 400;

    private Coverage() {}

    static Stream<ErrorTable.Row> rows(int simulations) {
        Decider decider = new Decider();
        Claim claim = Claim.parse("O(n)", Claim.Mode.UPPER);
        Scenario line =
                new Scenario(
                        "coverage of 300 + 20n",
                        "O(n)",
                        Scenario.Expectation.ACCEPT,
                        at -> 300 + 20 * at.getOrDefault("n", 1.0),
                        Map.of("n", new double[] {8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096}),
                        java.util.List.of());
        return Stream.<java.util.function.Supplier<ErrorTable.Row>>of(
                        () ->
                                row(
                                        "intercept of 300 + 20n, normal 5 %",
                                        simulations,
                                        seed ->
                                                model(
                                                                decider,
                                                                claim,
                                                                line,
                                                                NoiseKind.NORMAL_5,
                                                                seed)
                                                        .constant()
                                                        .contains(300)),
                        () ->
                                row(
                                        "coefficient of 300 + 20n, normal 5 %",
                                        simulations,
                                        seed ->
                                                coefficient(
                                                                model(
                                                                        decider,
                                                                        claim,
                                                                        line,
                                                                        NoiseKind.NORMAL_5,
                                                                        seed))
                                                        .contains(20)),
                        () ->
                                row(
                                        "coefficient of 300 + 20n, normal 1 %",
                                        simulations,
                                        seed ->
                                                coefficient(
                                                                model(
                                                                        decider,
                                                                        claim,
                                                                        line,
                                                                        NoiseKind.NORMAL_1,
                                                                        seed))
                                                        .contains(20)),
                        () ->
                                row(
                                        "median of 400 exponential values",
                                        simulations,
                                        seed -> quantile(seed, 0.5)),
                        () ->
                                row(
                                        "p90 of 400 exponential values",
                                        simulations,
                                        seed -> quantile(seed, 0.9)),
                        () -> row("BCa mean of 60 gamma values", simulations, seed -> mean(seed)))
                .map(java.util.function.Supplier::get);
    }

    private static CostModel model(
            Decider decider, Claim claim, Scenario scenario, NoiseKind noise, int seed) {
        return decider.decide(claim, scenario.data(noise, seed)).model().orElseThrow();
    }

    private static Estimate coefficient(CostModel model) {
        return model.terms().isEmpty() ? Estimate.exact(0) : model.terms().getFirst().estimate();
    }

    private static boolean quantile(int seed, double order) {
        SplittableRandom random = new SplittableRandom(seed * 77L + 5);
        double[] values = random.doubles(QUANTILE_VALUES).map(u -> -Math.log1p(-u)).toArray();
        Estimate estimate = OrderStatistics.interval(OrderStatistics.sorted(values), order, LEVEL);
        return estimate.contains(-Math.log1p(-order));
    }

    private static boolean mean(int seed) {
        SplittableRandom random = new SplittableRandom(seed * 91L + 3);
        double[] values = new double[MEAN_VALUES];
        for (int i = 0; i < values.length; i++) {
            values[i] = -Math.log1p(-random.nextDouble()) - Math.log1p(-random.nextDouble());
        }
        return new Bootstrap(1000, seed).bca(values, Description::mean, LEVEL).contains(2);
    }

    private static ErrorTable.Row row(String name, int simulations, IntPredicate contains) {
        int right = (int) IntStream.range(0, simulations).parallel().filter(contains).count();
        return new ErrorTable.Row(
                "95 % intervals",
                name,
                "",
                "COVERED",
                right,
                simulations,
                simulations < 1000 ? 0.915 : 0.93,
                simulations < 1000 ? 0.985 : 0.97,
                "");
    }
}
