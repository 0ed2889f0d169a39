package org.feuerprobe.selftest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.selftest.Scenario.Expectation;
import org.feuerprobe.selftest.Scenario.Sampling;

/**
 * Scenarios of costs whose shape misleads: levels beyond the range, staircases, falling costs, slow
 * terms over a short range, and high powers of several parameters.
 */
final class ShapeScenarios {
    private static final List<NoiseKind> NOISES = List.of(NoiseKind.NORMAL_1, NoiseKind.NORMAL_5);
    private static final List<NoiseKind> STEPS = List.of(NoiseKind.NORMAL_1, NoiseKind.LOGNORMAL_3);
    private static final double[] SHORT = doublings(2, 8);
    private static final double[] SHORTER = doublings(3, 8);
    private static final double[] MIDDLE = doublings(2, 10);
    private static final double[] LONG = doublings(3, 12);
    private static final double[] MEMORY = doublings(10, 33);

    private ShapeScenarios() {}

    private static double[] doublings(int from, int to) {
        double[] values = new double[to - from + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1L << (from + i);
        }
        return values;
    }

    /** Bounded costs that have not levelled off within the range: only VIOLATED is wrong. */
    static List<Scenario> levelsBeyond() {
        Map<String, DoubleUnaryOperator> laws = new LinkedHashMap<>();
        laws.put("600n/(n + 200)", n -> 600 * n / (n + 200));
        laws.put("100 + 600n/(n + 200)", n -> 100 + 600 * n / (n + 200));
        laws.put("600(1 - exp(-n/100))", n -> 600 * (1 - Math.exp(-n / 100)));
        laws.put("600n^2/(n^2 + 200^2)", n -> 600 * n * n / (n * n + 40_000));
        laws.put("600(1 - 1/n^0.5)", n -> 600 * (1 - 1 / Math.sqrt(n)));
        List<Scenario> all = new ArrayList<>();
        for (String claim : List.of("O(1)", "O(log n)")) {
            laws.forEach((name, cost) -> {
                for (int values : new int[] {5, 10}) {
                    all.add(
                            one(
                                    name + " at 4 … 256",
                                    claim,
                                    Expectation.NOT_REJECTED,
                                    cost,
                                    SHORT,
                                    NOISES,
                                    values));
                }
            });
        }
        return all;
    }

    /**
     * Costs, and coefficients of the claimed growth, that level off slowly; and slow logarithms.
     */
    static List<Scenario> slowly() {
        List<Scenario> all = new ArrayList<>();
        Map<String, DoubleUnaryOperator> costs = new LinkedHashMap<>();
        costs.put("600 + 600n/(n + 200)", n -> 600 + 600 * n / (n + 200));
        costs.put("600 + 600n/(n + 20)", n -> 600 + 600 * n / (n + 20));
        costs.put("600 + 300n/(n + 200)", n -> 600 + 300 * n / (n + 200));
        costs.put("600 + 2000n/(n + 400)", n -> 600 + 2000 * n / (n + 400));
        costs.put("600 + 600(1 - exp(-n/100))", n -> 600 + 600 * (1 - Math.exp(-n / 100)));
        costs.forEach((name, cost) -> all.add(slow(name, "O(1)", cost, SHORT, NOISES)));
        Map<String, DoubleUnaryOperator> growths = new LinkedHashMap<>();
        growths.put("n", n -> n);
        growths.put("n log n", n -> n * Scenarios.log(n));
        growths.put("log n", Scenarios::log);
        growths.put("n^2", n -> n * n);
        growths.forEach((term, growth) -> {
            for (double[] grid : new double[][] {SHORT, MIDDLE, LONG}) {
                all.add(
                        slow(
                                term + "·(20 + 10n/(n + 200))",
                                "O(" + term + ")",
                                n -> growth.applyAsDouble(n) * (20 + 10 * n / (n + 200)),
                                grid,
                                Arrays.equals(grid, LONG) ? List.of(NoiseKind.NORMAL_1) : NOISES));
            }
        });
        for (double[] grid : List.of(SHORT, LONG)) {
            all.add(
                    one(
                            "600 + 5 log n" + over(grid),
                            "O(log n)",
                            Expectation.NOT_LOOSE,
                            n -> 600 + 5 * Scenarios.log(n),
                            grid,
                            NOISES,
                            5));
        }
        return all;
    }

    private static Scenario slow(
            String name,
            String claim,
            DoubleUnaryOperator cost,
            double[] grid,
            List<NoiseKind> noises) {
        return one(name + over(grid), claim, Expectation.NOT_REJECTED, cost, grid, noises, 5);
    }

    private static String over(double[] grid) {
        return " at %s … %s"
                .formatted(Numbers.plain(grid[0]), Numbers.plain(grid[grid.length - 1]));
    }

    /** Growth that no cost which levels off can imitate, although the range is short. */
    static List<Scenario> shortGrowth() {
        List<Scenario> all = new ArrayList<>();
        DoubleUnaryOperator line = n -> 300 + 20 * n;
        for (String claim : List.of("O(1)", "O(log n)")) {
            all.add(
                    one(
                            "300 + 20n" + over(SHORT),
                            claim,
                            Expectation.REJECT,
                            line,
                            SHORT,
                            NOISES,
                            5));
        }
        DoubleUnaryOperator square = n -> 100 + n * n;
        for (String claim : List.of("O(n)", "O(n log n)")) {
            all.add(
                    one(
                            "100 + n^2" + over(SHORT),
                            claim,
                            Expectation.REJECT,
                            square,
                            SHORT,
                            NOISES,
                            5));
        }
        DoubleUnaryOperator power = n -> 20 * n * Math.sqrt(n);
        all.add(one("20 n^1.5" + over(SHORT), "O(n)", Expectation.REJECT, power, SHORT, NOISES, 5));
        return all;
    }

    /** Levels of a memory hierarchy over many points. */
    static List<Scenario> staircases() {
        List<Scenario> all = new ArrayList<>();
        double[][] ladders = {{1.2, 4, 14, 80}, {2, 5}, {1.5, 3.5, 12}, {1, 2.2, 5, 11, 60}};
        for (double[] levels : ladders) {
            String name = levels.length + " levels over 24 points";
            DoubleUnaryOperator cost = n -> level(levels, n);
            all.add(one(name, "O(1)", Expectation.ACCEPT, cost, MEMORY, STEPS, 3));
            all.add(one(name, "O(log n)", Expectation.ACCEPT, cost, MEMORY, STEPS, 3));
        }
        DoubleUnaryOperator line = n -> 1e-3 * n * level(ladders[1], n);
        all.add(one("n, 2 levels", "O(1)", Expectation.REJECT, line, MEMORY, STEPS, 3));
        return all;
    }

    private static double level(double[] levels, double n) {
        double place = (Math.log(n) / Math.log(2) - 10) / 24 * levels.length;
        return 100 * levels[(int) Math.min(levels.length - 1, Math.floor(place + 1e-9))];
    }

    /** Costs that fall keep every upper bound. */
    static List<Scenario> falling() {
        Map<String, DoubleUnaryOperator> laws = new LinkedHashMap<>();
        laws.put("2100 - 100 log n", n -> 2100 - 100 * Scenarios.log(n));
        laws.put("2000 - 0.3n", n -> 2000 - 0.3 * n);
        laws.put("100 + 3000/n", n -> 100 + 3000 / n);
        laws.put("5000/n^0.5", n -> 5000 / Math.sqrt(n));
        List<Scenario> all = new ArrayList<>();
        for (String claim : List.of("O(1)", "O(n)")) {
            laws.forEach((name, cost) ->
                    all.add(one(name, claim, Expectation.ACCEPT, cost, LONG, NOISES, 5)));
        }
        return all;
    }

    /** Costs of just the claimed class, whose slow terms look like a slower class. */
    static List<Scenario> justTheirClass() {
        List<Scenario> all = new ArrayList<>();
        DoubleUnaryOperator mixed = n -> 80 + 2 * n + 30 * Math.sqrt(n);
        for (int values : new int[] {3, 5, 10}) {
            all.add(
                    one(
                            "80 + 2n + 30 n^0.5 at 8 … 256",
                            "O(n)",
                            Expectation.NOT_LOOSE,
                            mixed,
                            SHORTER,
                            NOISES,
                            values));
        }
        DoubleUnaryOperator sort = n -> 300 + 5 * n * Scenarios.log(n) + 40 * n;
        all.add(
                one(
                        "300 + 5n log n + 40n at 8 … 256",
                        "O(n log n)",
                        Expectation.NOT_LOOSE,
                        sort,
                        SHORTER,
                        NOISES,
                        5));
        DoubleUnaryOperator logs = n -> 600 + 20 * Scenarios.log(n);
        all.add(
                one(
                        "600 + 20 log n at 4 … 256",
                        "O(log n)",
                        Expectation.NOT_LOOSE,
                        logs,
                        SHORT,
                        NOISES,
                        5));
        return all;
    }

    /** High powers of three parameters over full grids. */
    static List<Scenario> highPowers() {
        List<Scenario> all = new ArrayList<>();
        for (int side : new int[] {3, 4, 5}) {
            String suffix = " at %d^3 points".formatted(side);
            grid(all, side, "x^3 y^2 + z" + suffix, at -> cube(at, "x") * square(at, "y") + z(at));
            grid(all, side, "x^3 y z" + suffix, at -> cube(at, "x") * get(at, "y") * z(at));
            grid(
                    all,
                    side,
                    "x^4 + y + z" + suffix,
                    at -> square(at, "x") * square(at, "x") + z(at));
        }
        return all;
    }

    private static void grid(
            List<Scenario> all, int side, String name, ToDoubleFunction<Map<String, Double>> cost) {
        Map<String, double[]> axes = new LinkedHashMap<>();
        double[] x = new double[side];
        double[] y = new double[side];
        double[] z = new double[side];
        for (int i = 0; i < side; i++) {
            x[i] = 4 << i;
            y[i] = 10 * (i + 1);
            z[i] = 100 * (i + 1);
        }
        axes.put("x", x);
        axes.put("y", y);
        axes.put("z", z);
        List<NoiseKind> noises = List.of(NoiseKind.NONE, NoiseKind.NORMAL_1, NoiseKind.NORMAL_5);
        for (String claim : List.of("O(1)", "O(x)", "O(x*y*z)")) {
            if (!name.startsWith("x^4") || !claim.equals("O(x*y*z)")) {
                Sampling sampling = new Sampling(2, 1, 0, Claim.Mode.UPPER);
                all.add(
                        new Scenario(
                                name, claim, Expectation.REJECT, cost, axes, noises, sampling));
            }
        }
    }

    private static double get(Map<String, Double> at, String name) {
        return at.getOrDefault(name, 1.0);
    }

    private static double z(Map<String, Double> at) {
        return get(at, "z");
    }

    private static double square(Map<String, Double> at, String name) {
        return get(at, name) * get(at, name);
    }

    private static double cube(Map<String, Double> at, String name) {
        return square(at, name) * get(at, name);
    }

    private static Scenario one(
            String name,
            String claim,
            Expectation expectation,
            DoubleUnaryOperator cost,
            double[] grid,
            List<NoiseKind> noises,
            int values) {
        return new Scenario(
                name + ", " + values + " values",
                claim,
                expectation,
                at -> cost.applyAsDouble(at.getOrDefault("n", 1.0)),
                Map.of("n", grid),
                noises,
                new Sampling(values, 1, 0, Claim.Mode.UPPER));
    }
}
