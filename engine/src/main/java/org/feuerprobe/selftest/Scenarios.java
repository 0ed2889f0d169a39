package org.feuerprobe.selftest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.feuerprobe.selftest.Scenario.Expectation;

/** The scenarios of the error table, by group. */
final class Scenarios {
    static final List<NoiseKind> TABLE =
            List.of(
                    NoiseKind.NORMAL_1,
                    NoiseKind.LOGNORMAL_1,
                    NoiseKind.NORMAL_5,
                    NoiseKind.LOGNORMAL_5,
                    NoiseKind.OUTLIERS);
    static final List<NoiseKind> STEPS =
            List.of(
                    NoiseKind.NORMAL_1,
                    NoiseKind.LOGNORMAL_1,
                    NoiseKind.NORMAL_3,
                    NoiseKind.LOGNORMAL_3);
    private static final double[] DOUBLING = {8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096};

    private final List<Scenario> list = new ArrayList<>();
    private final List<NoiseKind> noises;

    private Scenarios(List<NoiseKind> noises) {
        this.noises = noises;
    }

    private void accept(String name, String claim, DoubleUnaryOperator cost) {
        one(name, claim, Expectation.ACCEPT, cost);
    }

    private void reject(String name, String claim, DoubleUnaryOperator cost) {
        one(name, claim, Expectation.REJECT, cost);
    }

    private void keep(String name, String claim, DoubleUnaryOperator cost) {
        one(name, claim, Expectation.NOT_REJECTED, cost);
    }

    private void one(String name, String claim, Expectation expectation, DoubleUnaryOperator cost) {
        list.add(
                new Scenario(
                        name,
                        claim,
                        expectation,
                        at -> cost.applyAsDouble(at.getOrDefault("n", 1.0)),
                        Map.of("n", DOUBLING),
                        noises));
    }

    private void grid(
            String name, String claim, Expectation expectation, DoubleBinaryOperator cost) {
        Map<String, double[]> axes = new LinkedHashMap<>();
        axes.put("S", new double[] {1, 2, 4, 8, 16, 32});
        axes.put("K", new double[] {16, 32, 64, 128, 256});
        list.add(
                new Scenario(
                        name,
                        claim,
                        expectation,
                        at ->
                                cost.applyAsDouble(
                                        at.getOrDefault("S", 1.0), at.getOrDefault("K", 1.0)),
                        axes,
                        noises));
    }

    static double log(double n) {
        return Math.log(n) / Math.log(2);
    }

    static List<Scenario> table() {
        Scenarios all = new Scenarios(TABLE);
        all.accept("600", "O(1)", n -> 600);
        all.accept("300 + 20n", "O(n)", n -> 300 + 20 * n);
        all.accept("5000 + 20n", "O(n)", n -> 5000 + 20 * n);
        all.accept("200 + 40 log n", "O(log n)", n -> 200 + 40 * log(n));
        all.accept("300 + 5n log n", "O(n log n)", n -> 300 + 5 * n * log(n));
        all.accept("300 + 20n", "O(n^2)", n -> 300 + 20 * n);
        all.reject("600 + 20 log n", "O(1)", n -> 600 + 20 * log(n));
        all.reject("600 + 0.5n", "O(1)", n -> 600 + 0.5 * n);
        all.reject("5000 + n", "O(1)", n -> 5000 + n);
        all.reject("200 + 40 log n + 0.3n", "O(log n)", n -> 200 + 40 * log(n) + 0.3 * n);
        all.reject("300 + 5n log n", "O(n)", n -> 300 + 5 * n * log(n));
        all.reject("300 + 20n + 0.01n^2", "O(n)", n -> 300 + 20 * n + 0.01 * n * n);
        all.reject("300 + 20n + 0.002n^2", "O(n)", n -> 300 + 20 * n + 0.002 * n * n);
        return all.list;
    }

    static List<Scenario> harder() {
        Scenarios all = new Scenarios(TABLE);
        all.accept("7", "O(1)", n -> 7);
        all.accept("31", "O(log n)", n -> 31);
        all.accept("50 + 3n^1.5", "O(n^1.5)", n -> 50 + 3 * Math.pow(n, 1.5));
        all.accept("50 + 3n^1.5", "O(n^2)", n -> 50 + 3 * Math.pow(n, 1.5));
        all.reject("50 + 3n^1.5", "O(n log n)", n -> 50 + 3 * Math.pow(n, 1.5));
        all.reject("50 + 3n^1.5", "O(n)", n -> 50 + 3 * Math.pow(n, 1.5));
        all.accept("100 + 30 n^0.5", "O(n^0.5)", n -> 100 + 30 * Math.sqrt(n));
        all.accept("100 + 30 n^0.5", "O(n)", n -> 100 + 30 * Math.sqrt(n));
        all.reject("100 + 30 n^0.5", "O(log n)", n -> 100 + 30 * Math.sqrt(n));
        all.reject("100 + 30 n^0.5", "O(1)", n -> 100 + 30 * Math.sqrt(n));
        all.accept("100 + 10 log^2 n", "O(log^2 n)", n -> 100 + 10 * log(n) * log(n));
        all.accept("100 + 10 log^2 n", "O(n)", n -> 100 + 10 * log(n) * log(n));
        all.reject("100 + 10 log^2 n", "O(log n)", n -> 100 + 10 * log(n) * log(n));
        all.accept("500 + 2n^2 log n", "O(n^2 log n)", n -> 500 + 2 * n * n * log(n));
        all.accept("500 + 2n^2 log n", "O(n^3)", n -> 500 + 2 * n * n * log(n));
        all.reject("500 + 2n^2 log n", "O(n^2)", n -> 500 + 2 * n * n * log(n));
        all.accept("1000 + 3n^2", "O(n^2)", n -> 1000 + 3 * n * n);
        all.reject("1000 + 3n^2", "O(n log n)", n -> 1000 + 3 * n * n);
        all.accept("100 + 0.01n^3", "O(n^3)", n -> 100 + 0.01 * n * n * n);
        all.reject("100 + 0.01n^3", "O(n^2)", n -> 100 + 0.01 * n * n * n);
        all.accept("20 + n(n-1)/2", "O(n^2)", n -> 20 + n * (n - 1) / 2);
        all.accept("3 + 20(n-1)", "O(n)", n -> 3 + 20 * (n - 1));
        all.accept("50 + 7n + 2n log n", "O(n log^2 n)", n -> 50 + 7 * n + 2 * n * log(n));
        all.reject("50 + 2n log n", "O(n)", n -> 50 + 2 * n * log(n));
        all.reject("1000 + 0.2n", "O(1)", n -> 1000 + 0.2 * n);
        all.reject("5000 + 4n log n", "O(n)", n -> 5000 + 4 * n * log(n));
        all.reject("300 + 5n^1.25", "O(n)", n -> 300 + 5 * Math.pow(n, 1.25));
        all.accept("300 + 2n log^2 n", "O(n log^2 n)", n -> 300 + 2 * n * log(n) * log(n));
        all.reject("300 + 2n log^2 n", "O(n log n)", n -> 300 + 2 * n * log(n) * log(n));
        all.accept("300 + 100 log log n", "O(log n)", n -> 300 + 100 * Math.log(1 + log(n)));
        all.reject("300 + 20n + 0.004n^2", "O(n log n)", n -> 300 + 20 * n + 0.004 * n * n);
        all.accept("0.4n", "O(n)", n -> 0.4 * n);
        all.reject("0.4n", "O(n^0.5)", n -> 0.4 * n);
        all.reject("80 + 0.05n log n", "O(1)", n -> 80 + 0.05 * n * log(n));
        return all.list;
    }

    static List<Scenario> steps() {
        Scenarios all = new Scenarios(STEPS);
        all.accept("600, x3 past 256", "O(1)", n -> 600 * step(n, 256, 3));
        all.accept("600, x3 past 64", "O(1)", n -> 600 * step(n, 64, 3));
        all.accept("600, x3 past 1024", "O(1)", n -> 600 * step(n, 1024, 3));
        all.accept("600, x1.3 past 256", "O(1)", n -> 600 * step(n, 256, 1.3));
        all.accept(
                "600, x2 past 64, x2 past 1024",
                "O(1)",
                n -> 600 * step(n, 64, 2) * step(n, 1024, 2));
        all.accept(
                "600, x1.8 past 32, x2.5 past 512",
                "O(1)",
                n -> 600 * step(n, 32, 1.8) * step(n, 512, 2.5));
        all.accept(
                "300 + 20n, slope x2.5 past 512",
                "O(n)",
                n -> 300 + 20 * n + 30 * Math.max(0, n - 512));
        all.accept(
                "300 + 20n, slope x2.5 past 128",
                "O(n)",
                n -> 300 + 20 * n + 30 * Math.max(0, n - 128));
        all.accept(
                "300 + 20n, slope jumps x2.5 past 512",
                "O(n)",
                n -> 300 + 20 * n * step(n, 512, 2.5));
        all.accept(
                "200 + 40 log n, x2.2 past 256",
                "O(log n)",
                n -> (200 + 40 * log(n)) * step(n, 256, 2.2));
        all.accept(
                "200 + 40 log n, x2.2 past 1024",
                "O(log n)",
                n -> (200 + 40 * log(n)) * step(n, 1024, 2.2));
        all.accept(
                "200 + 40 log n, +500 past 256",
                "O(log n)",
                n -> 200 + 40 * log(n) + (n > 256 ? 500 : 0));
        all.accept("200 + 0.8n, x1.5 past 256", "O(n)", n -> (200 + 0.8 * n) * step(n, 256, 1.5));
        all.accept(
                "300 + 5n log n, x2 past 256",
                "O(n log n)",
                n -> (300 + 5 * n * log(n)) * step(n, 256, 2));
        all.reject("200 + 0.8n, x1.5 past 256", "O(1)", n -> (200 + 0.8 * n) * step(n, 256, 1.5));
        all.reject("200 + 0.8n, x1.5 past 1024", "O(1)", n -> (200 + 0.8 * n) * step(n, 1024, 1.5));
        all.reject("200 + 0.8n, +300 past 256", "O(1)", n -> 200 + 0.8 * n + (n > 256 ? 300 : 0));
        all.reject("5n log n, x2 past 256", "O(n)", n -> 5 * n * log(n) * step(n, 256, 2));
        all.reject("5n log n, x1.5 past 512", "O(n)", n -> 5 * n * log(n) * step(n, 512, 1.5));
        all.reject("5n log n, x3 past 128", "O(n)", n -> 5 * n * log(n) * step(n, 128, 3));
        all.reject("5n log n, +5000 past 512", "O(n)", n -> 5 * n * log(n) + (n > 512 ? 5000 : 0));
        all.reject(
                "200 + 40 log n, x2 past 256", "O(1)", n -> (200 + 40 * log(n)) * step(n, 256, 2));
        all.reject("200 + 0.1n^2, x2 past 256", "O(n)", n -> (200 + 0.1 * n * n) * step(n, 256, 2));
        return all.list;
    }

    private static double step(double n, double above, double factor) {
        return n > above ? factor : 1;
    }

    static List<Scenario> twoParameters() {
        Scenarios all = new Scenarios(TABLE);
        DoubleBinaryOperator product = (s, k) -> 300 + 5 * s * k;
        DoubleBinaryOperator sum = (s, k) -> 300 + 20 * s + 7 * k;
        DoubleBinaryOperator alone = (s, k) -> 300 + 7 * k;
        DoubleBinaryOperator logged = (s, k) -> 300 + 2 * s * k * log(k);
        for (String claim : List.of("O(S*K)", "O(S*K*log K)")) {
            all.grid("300 + 5S·K", claim, Expectation.ACCEPT, product);
        }
        for (String claim : List.of("O(S+K)", "O(K)", "O(S)", "O(1)", "O(K^2)")) {
            all.grid("300 + 5S·K", claim, Expectation.REJECT, product);
        }
        for (String claim : List.of("O(S+K)", "O(S*K)")) {
            all.grid("300 + 20S + 7K", claim, Expectation.ACCEPT, sum);
        }
        for (String claim : List.of("O(S)", "O(K)", "O(log S + K)")) {
            all.grid("300 + 20S + 7K", claim, Expectation.REJECT, sum);
        }
        for (String claim : List.of("O(K)", "O(S+K)", "O(S*K)")) {
            all.grid("300 + 7K", claim, Expectation.ACCEPT, alone);
        }
        for (String claim : List.of("O(S)", "O(1)", "O(log K)")) {
            all.grid("300 + 7K", claim, Expectation.REJECT, alone);
        }
        all.grid("300 + 2S·K log K", "O(S*K*log K)", Expectation.ACCEPT, logged);
        for (String claim : List.of("O(S*K)", "O(S+K)", "O(K log K)")) {
            all.grid("300 + 2S·K log K", claim, Expectation.REJECT, logged);
        }
        all.grid(
                "300 + 40S + 10K + 3S·K",
                "O(S*K)",
                Expectation.ACCEPT,
                (s, k) -> 300 + 40 * s + 10 * k + 3 * s * k);
        all.grid(
                "300 + 40S + 10K + 3S·K",
                "O(S+K)",
                Expectation.REJECT,
                (s, k) -> 300 + 40 * s + 10 * k + 3 * s * k);
        return all.list;
    }

    /**
     * Costs so close to a faster class that INCONCLUSIVE is right too, but VIOLATED is always
     * wrong.
     */
    static List<Scenario> boundary() {
        Scenarios all = new Scenarios(TABLE);
        all.keep("80 + 2n + 30 n^0.5", "O(n)", n -> 80 + 2 * n + 30 * Math.sqrt(n));
        all.keep("20000 + 20n", "O(n)", n -> 20000 + 20 * n);
        all.keep("100000 + 20n", "O(n)", n -> 100000 + 20 * n);
        all.keep("300 + 20n / log n", "O(n)", n -> 300 + 20 * n / log(n));
        all.keep("300 + 2 log^3 n", "O(n^0.5)", n -> 300 + 2 * Math.pow(log(n), 3));
        all.keep("600, x3 at the last point", "O(1)", n -> 600 * step(n, 2048, 3));
        all.keep("300 + 5n log n + 40n", "O(n log n)", n -> 300 + 5 * n * log(n) + 40 * n);
        all.keep("10000 + 5n log n", "O(n log n)", n -> 10000 + 5 * n * log(n));
        return all.list;
    }
}
