package org.feuerprobe.selftest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.selftest.Scenario.Expectation;
import org.feuerprobe.selftest.Scenario.Sampling;

/**
 * Scenarios of growth beyond the textbook's classes: exponentials, factorials, high and odd powers.
 */
final class FastScenarios {
    private static final List<NoiseKind> NOISES =
            List.of(NoiseKind.NONE, NoiseKind.NORMAL_1, NoiseKind.NORMAL_5);

    private static final Map<String, double[]> NARROW =
            grids(
                    new double[] {5, 10, 15, 20},
                    new double[] {5, 8, 11, 14, 17, 20},
                    new double[] {5, 6, 7, 8, 10, 12, 14, 16, 18, 20});
    private static final Map<String, double[]> WIDE =
            grids(
                    new double[] {8, 64, 512, 4096},
                    new double[] {8, 32, 128, 512, 1024, 4096},
                    new double[] {8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096});

    private static final List<String> SLOWER = List.of("O(1)", "O(n)", "O(n^2)", "O(n^3)");

    private FastScenarios() {}

    private static Map<String, double[]> grids(double[]... grids) {
        Map<String, double[]> named = new LinkedHashMap<>();
        for (double[] grid : grids) {
            named.put(
                    String.format(
                            Locale.ROOT,
                            " at %d points to %.0f",
                            grid.length,
                            grid[grid.length - 1]),
                    grid);
        }
        return named;
    }

    /** Scenarios that must be VIOLATED, with five values per point and with one. */
    static List<Scenario> broken() {
        List<Scenario> all = new ArrayList<>();
        narrow().forEach((name, cost) -> add(all, name, SLOWER, Expectation.REJECT, cost, NARROW));
        powers().forEach((name, cost) -> {
            add(all, name, SLOWER, Expectation.REJECT, cost, NARROW);
            add(all, name, SLOWER, Expectation.REJECT, cost, WIDE);
        });
        add(all, "7n!", List.of("O(2^n)"), Expectation.REJECT, n -> 7 * factorial(n), NARROW);
        return all;
    }

    /**
     * The same growth under a claim of its own class or of a faster one. There are five values per
     * point, because a single value reveals no noise.
     */
    static List<Scenario> kept() {
        List<Scenario> all = new ArrayList<>();
        Expectation accept = Expectation.ACCEPT;
        add(all, "3·2^n", List.of("O(2^n)", "O(n!)"), accept, n -> 3 * Math.pow(2, n), NARROW);
        add(all, "7n!", List.of("O(n!)"), accept, n -> 7 * factorial(n), NARROW);
        add(
                all,
                "3n^5",
                List.of("O(n^5)", "O(n^6)", "O(2^n)"),
                accept,
                n -> 3 * n * n * n * n * n,
                WIDE);
        return all;
    }

    private static Map<String, DoubleUnaryOperator> narrow() {
        Map<String, DoubleUnaryOperator> laws = new LinkedHashMap<>();
        laws.put("1.7·2^n", n -> 1.7 * Math.pow(2, n));
        laws.put("100 + 2^n", n -> 100 + Math.pow(2, n));
        laws.put("2.3·1.618^n", n -> 2.3 * Math.pow(1.618, n));
        laws.put("3^n", n -> Math.pow(3, n));
        laws.put("n·2^n", n -> n * Math.pow(2, n));
        laws.put("7n!", n -> 7 * factorial(n));
        return laws;
    }

    private static Map<String, DoubleUnaryOperator> powers() {
        Map<String, DoubleUnaryOperator> laws = new LinkedHashMap<>();
        for (double power : new double[] {4.5, 5, 6}) {
            String text = "n^" + Numbers.plain(power);
            laws.put("0.7" + text, n -> 0.7 * Math.pow(n, power));
            laws.put("1000 + " + text, n -> 1000 + Math.pow(n, power));
        }
        return laws;
    }

    private static double factorial(double n) {
        double product = 1;
        for (int k = 2; k <= n; k++) {
            product *= k;
        }
        return product;
    }

    private static void add(
            List<Scenario> all,
            String name,
            List<String> claims,
            Expectation expectation,
            DoubleUnaryOperator cost,
            Map<String, double[]> grids) {
        for (String claim : claims) {
            grids.forEach((suffix, grid) -> {
                int[] sizes = expectation == Expectation.REJECT ? new int[] {5, 1} : new int[] {5};
                for (int values : sizes) {
                    all.add(
                            new Scenario(
                                    name + suffix + (values == 1 ? ", one value" : ""),
                                    claim,
                                    expectation,
                                    at -> cost.applyAsDouble(at.getOrDefault("n", 1.0)),
                                    Map.of("n", grid),
                                    NOISES,
                                    new Sampling(values, 1, 0, Claim.Mode.UPPER)));
                }
            });
        }
    }
}
