package org.feuerprobe.selftest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.selftest.Scenario.Expectation;
import org.feuerprobe.selftest.Scenario.Sampling;

/**
 * Further scenarios of the error table: other ratios, grids, numbers of boots, places and sizes of
 * steps, and tight claims.
 */
final class WiderScenarios {
    private static final Pattern COMMA = Pattern.compile(",");
    private static final double[] DOUBLING = {8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096};
    private static final double[] FIVE = {8, 32, 128, 512, 2048};
    private static final double[] EVEN = {100, 200, 300, 400, 500, 600, 700, 800, 900, 1000};
    private static final double[] DENSE = {
        8, 11, 15, 21, 30, 41, 57, 79, 110, 153, 213, 296, 411, 571, 793, 1102, 1530, 2124, 2950,
        4096
    };

    private final List<Scenario> list = new ArrayList<>();
    private final List<NoiseKind> noises;
    private final double[] grid;
    private final Sampling sampling;
    private final String suffix;

    private WiderScenarios(
            List<NoiseKind> noises, double[] grid, Sampling sampling, String suffix) {
        this.noises = noises;
        this.grid = grid;
        this.sampling = sampling;
        this.suffix = suffix;
    }

    private WiderScenarios accept(String name, String claims, DoubleUnaryOperator cost) {
        return add(name, claims, Expectation.ACCEPT, cost);
    }

    private WiderScenarios reject(String name, String claims, DoubleUnaryOperator cost) {
        return add(name, claims, Expectation.REJECT, cost);
    }

    private WiderScenarios keep(String name, String claims, DoubleUnaryOperator cost) {
        return add(name, claims, Expectation.NOT_REJECTED, cost);
    }

    /** Adds one scenario per claim; {@code claims} separates them by commas. */
    private WiderScenarios add(
            String name, String claims, Expectation expectation, DoubleUnaryOperator cost) {
        for (String claim : COMMA.splitAsStream(claims).toList()) {
            list.add(
                    new Scenario(
                            name + suffix,
                            "O(" + claim + ")",
                            expectation,
                            at -> cost.applyAsDouble(at.getOrDefault("n", 1.0)),
                            Map.of("n", grid),
                            noises,
                            sampling));
        }
        return this;
    }

    private static double log(double n) {
        return Scenarios.log(n);
    }

    private static double step(double n, double above, double factor) {
        return n > above ? factor : 1;
    }

    static List<Scenario> growth(List<NoiseKind> noises) {
        WiderScenarios all = new WiderScenarios(noises, DOUBLING, Sampling.PLAIN, "");
        for (double[] p : new double[][] {{0, 20}, {1000, 20}, {20000, 20}, {50, 3}, {1000, 2}}) {
            String name = Numbers.plain(p[0]) + " + " + Numbers.plain(p[1]) + "n";
            DoubleUnaryOperator cost = n -> p[0] + p[1] * n;
            all.accept(name, "n,n log n,n^2", cost).reject(name, "1,log n", cost);
        }
        for (double[] p : new double[][] {{0, 30}, {600, 20}, {1000, 40}}) {
            String name = Numbers.plain(p[0]) + " + " + Numbers.plain(p[1]) + " log n";
            DoubleUnaryOperator cost = n -> p[0] + p[1] * log(n);
            all.accept(name, "log n,n", cost).reject(name, "1", cost);
        }
        for (double[] p : new double[][] {{0, 5}, {5000, 5}, {50, 1}}) {
            String name = Numbers.plain(p[0]) + " + " + Numbers.plain(p[1]) + "n log n";
            DoubleUnaryOperator cost = n -> p[0] + p[1] * n * log(n);
            all.accept(name, "n log n,n^1.5,n^2", cost).reject(name, "1,log n,n", cost);
        }
        for (double[] p : new double[][] {{0, 1}, {300, 0.1}, {20000, 0.02}}) {
            String name = Numbers.plain(p[0]) + " + " + Numbers.plain(p[1]) + "n^2";
            DoubleUnaryOperator cost = n -> p[0] + p[1] * n * n;
            all.accept(name, "n^2,n^3", cost).reject(name, "n,n log n,n^1.5", cost);
        }
        all.accept("500 + 20 n^0.5", "n^0.5,n", n -> 500 + 20 * Math.sqrt(n))
                .reject("500 + 20 n^0.5", "1,log n", n -> 500 + 20 * Math.sqrt(n))
                .accept("5000 + 2n^1.5", "n^1.5,n^2", n -> 5000 + 2 * Math.pow(n, 1.5))
                .reject("5000 + 2n^1.5", "n,n log n", n -> 5000 + 2 * Math.pow(n, 1.5))
                .accept("100 + 5n^0.75", "n^0.75,n", n -> 100 + 5 * Math.pow(n, 0.75))
                .reject("100 + 5n^0.75", "n^0.5", n -> 100 + 5 * Math.pow(n, 0.75))
                .accept("0.01n^2.5", "n^2.5,n^3", n -> 0.01 * Math.pow(n, 2.5))
                .reject("0.01n^2.5", "n^2", n -> 0.01 * Math.pow(n, 2.5))
                .accept("10 log^2 n", "log^2 n,n^0.5,n", n -> 10 * log(n) * log(n))
                .reject("10 log^2 n", "1,log n", n -> 10 * log(n) * log(n))
                .accept("1000 + n^2 log n", "n^2 log n", n -> 1000 + n * n * log(n))
                .reject("1000 + n^2 log n", "n^2,n log n", n -> 1000 + n * n * log(n))
                .reject("300 + 20n + n log n", "n", n -> 300 + 20 * n + n * log(n))
                .reject(
                        "300 + 5n log n + 0.01n^2",
                        "n log n",
                        n -> 300 + 5 * n * log(n) + 0.01 * n * n)
                .reject("600 + 0.1n", "1", n -> 600 + 0.1 * n)
                .reject("10000 + n", "1", n -> 10000 + n)
                .accept("100 + 50n + 0.01n^2", "n^2", n -> 100 + 50 * n + 0.01 * n * n)
                .accept("100 + 30 log n + 2n", "n", n -> 100 + 30 * log(n) + 2 * n)
                .accept("in units of 1e12", "n", n -> 1e12 * (300 + 20 * n))
                .accept("in units of 1e-9", "n", n -> 1e-9 * (300 + 20 * n));
        return all.list;
    }

    static List<Scenario> steps(List<NoiseKind> noises) {
        WiderScenarios all = new WiderScenarios(noises, DOUBLING, Sampling.PLAIN, "");
        for (double at : new double[] {16, 64, 256, 1024}) {
            for (double k : new double[] {1.5, 2, 5}) {
                String name = "x" + Numbers.plain(k) + " past " + Numbers.plain(at);
                all.accept("600, " + name, "1", n -> 600 * step(n, at, k));
            }
        }
        for (double at : new double[] {64, 256, 1024}) {
            for (double k : new double[] {1.3, 3}) {
                String name = ", x" + Numbers.plain(k) + " past " + Numbers.plain(at);
                DoubleUnaryOperator logs = n -> (200 + 40 * log(n)) * step(n, at, k);
                DoubleUnaryOperator line = n -> (200 + 0.8 * n) * step(n, at, k);
                DoubleUnaryOperator sort = n -> 5 * n * log(n) * step(n, at, k);
                DoubleUnaryOperator square = n -> (200 + 0.1 * n * n) * step(n, at, k);
                all.accept("200 + 40 log n" + name, "log n", logs)
                        .reject("200 + 40 log n" + name, "1", logs)
                        .accept("200 + 0.8n" + name, "n", line)
                        .reject("200 + 0.8n" + name, "1", line)
                        .accept("5n log n" + name, "n log n", sort)
                        .reject("5n log n" + name, "n", sort)
                        .accept("200 + 0.1n^2" + name, "n^2", square)
                        .reject("200 + 0.1n^2" + name, "n log n", square);
            }
            all.accept(
                            "300 + 20n, slope x0.5 past " + Numbers.plain(at),
                            "n",
                            n -> 300 + 20 * n - 10 * Math.max(0, n - at))
                    .accept(
                            "300 + 20n, slope x4 past " + Numbers.plain(at),
                            "n",
                            n -> 300 + 20 * n + 60 * Math.max(0, n - at));
        }
        all.accept(
                        "600, x1.5 past 32, x2 past 256",
                        "1",
                        n -> 600 * step(n, 32, 1.5) * step(n, 256, 2))
                .accept(
                        "600, x3 past 128, x3 past 1024",
                        "1",
                        n -> 600 * step(n, 128, 3) * step(n, 1024, 3))
                .accept(
                        "200 + 40 log n, two steps",
                        "log n",
                        n -> (200 + 40 * log(n)) * step(n, 64, 1.5) * step(n, 1024, 2))
                .reject(
                        "200 + 0.8n, two steps",
                        "1",
                        n -> (200 + 0.8 * n) * step(n, 64, 1.5) * step(n, 1024, 2))
                .reject(
                        "5n log n, two steps",
                        "n",
                        n -> 5 * n * log(n) * step(n, 64, 1.5) * step(n, 1024, 2))
                .reject("600, growing by 2n past 256", "1", n -> 600 + 2 * Math.max(0, n - 256))
                .reject("600, growing by 2n past 512", "1", n -> 600 + 2 * Math.max(0, n - 512));
        return all.list;
    }

    /**
     * Costs that rise and level off are bounded. If the level is not reached within the grid, only
     * VIOLATED is wrong.
     */
    static List<Scenario> levels(List<NoiseKind> noises) {
        WiderScenarios all = new WiderScenarios(noises, DOUBLING, Sampling.PLAIN, "");
        for (double c : new double[] {16, 50, 150}) {
            String name = Numbers.plain(c);
            all.accept("600n/(n + " + name + ")", "1,log n,n", n -> 600 * n / (n + c))
                    .accept(
                            "100 + 600(1 - " + name + "/n) past " + name,
                            "1,log n,n",
                            n -> 100 + 600 * Math.max(0, 1 - c / n))
                    .accept(
                            "100 + 600(1 - exp(-n/" + name + "))",
                            "1,log n,n",
                            n -> 100 + 600 * (1 - Math.exp(-n / c)));
        }
        all.accept("600 - 2000/n", "1", n -> 600 - 2000 / n)
                .keep("600 - 500/n^0.5", "1", n -> 600 - 500 / Math.sqrt(n))
                .keep("100 + 600n/(n + 1000)", "1", n -> 100 + 600 * n / (n + 1000))
                .accept("100 + 3000/n", "1", n -> 100 + 3000 / n);
        return all.list;
    }

    /** The same laws on other grids and with several boots. */
    static List<Scenario> designs(List<NoiseKind> noises) {
        List<Scenario> all = new ArrayList<>();
        all.addAll(laws(noises, FIVE, Sampling.PLAIN, " at 5 points"));
        all.addAll(laws(noises, DENSE, Sampling.PLAIN, " at 20 points"));
        for (double deviation : new double[] {0, 0.02}) {
            Sampling boots = new Sampling(5, 5, deviation, Claim.Mode.UPPER);
            all.addAll(
                    laws(
                            noises,
                            DOUBLING,
                            boots,
                            ", 5 boots, " + Numbers.plain(100 * deviation) + " %"));
        }
        return all;
    }

    /** The same laws over a single decade, where they differ little. */
    static List<Scenario> decade(List<NoiseKind> noises) {
        return laws(noises, EVEN, Sampling.PLAIN, " at 100 … 1000");
    }

    private static List<Scenario> laws(
            List<NoiseKind> noises, double[] grid, Sampling sampling, String suffix) {
        DoubleUnaryOperator sort = n -> 300 + 5 * n * log(n);
        WiderScenarios all = new WiderScenarios(noises, grid, sampling, suffix);
        all.accept("600", "1", n -> 600)
                .accept("300 + 20n", "n", n -> 300 + 20 * n)
                .reject("300 + 20n", "1,log n", n -> 300 + 20 * n)
                .accept("200 + 40 log n", "log n", n -> 200 + 40 * log(n))
                .reject("200 + 40 log n", "1", n -> 200 + 40 * log(n))
                .accept("300 + 5n log n", "n log n,n^2", sort)
                .reject("300 + 0.1n^2", "n", n -> 300 + 0.1 * n * n);
        return grid.length == EVEN.length && grid[0] == EVEN[0]
                ? all.list // over one decade n log n and n look the same
                : all.reject("300 + 5n log n", "n", sort).list;
    }

    /** Tight claims, which slower growth violates too. */
    static List<Scenario> tight(List<NoiseKind> noises) {
        Sampling tight = new Sampling(5, 1, 0, Claim.Mode.TIGHT);
        return new WiderScenarios(noises, DOUBLING, tight, ", tight")
                .accept("600", "1", n -> 600)
                .reject("600", "log n,n", n -> 600)
                .accept("300 + 20n", "n", n -> 300 + 20 * n)
                .reject("300 + 20n", "1,n log n,n^2", n -> 300 + 20 * n)
                .accept("200 + 40 log n", "log n", n -> 200 + 40 * log(n))
                .reject("200 + 40 log n", "1,n", n -> 200 + 40 * log(n))
                .accept("300 + 5n log n", "n log n", n -> 300 + 5 * n * log(n))
                .reject("300 + 5n log n", "n,n^2", n -> 300 + 5 * n * log(n))
                .accept("50 + 3n^1.5", "n^1.5", n -> 50 + 3 * Math.pow(n, 1.5))
                .reject("50 + 3n^1.5", "n^2", n -> 50 + 3 * Math.pow(n, 1.5))
                .list;
    }

    static List<Scenario> threeParameters(List<NoiseKind> noises) {
        Map<String, double[]> axes = new LinkedHashMap<>();
        axes.put("S", new double[] {1, 2, 4, 8, 16});
        axes.put("K", new double[] {16, 32, 64, 128});
        axes.put("M", new double[] {1, 2, 4, 8});
        List<Scenario> all = new ArrayList<>();
        grid(
                all,
                axes,
                noises,
                "300 + 2S·K·M",
                "S*K*M",
                "S*K,S*K+M,S+K+M",
                at -> 300 + 2 * get(at, "S") * get(at, "K") * get(at, "M"));
        grid(
                all,
                axes,
                noises,
                "300 + 20S + 7K + 50M",
                "S+K+M,S*K*M",
                "S+K,K+M",
                at -> 300 + 20 * get(at, "S") + 7 * get(at, "K") + 50 * get(at, "M"));
        grid(
                all,
                axes,
                noises,
                "300 + 3S·K + 80M",
                "S*K+M,S*K*M",
                "S*K,S+K+M",
                at -> 300 + 3 * get(at, "S") * get(at, "K") + 80 * get(at, "M"));
        grid(all, axes, noises, "300 + 7K", "K,S+K+M", "S+M,1", at -> 300 + 7 * get(at, "K"));
        return all;
    }

    private static double get(Map<String, Double> at, String name) {
        return at.getOrDefault(name, 1.0);
    }

    private static void grid(
            List<Scenario> into,
            Map<String, double[]> axes,
            List<NoiseKind> noises,
            String name,
            String kept,
            String broken,
            ToDoubleFunction<Map<String, Double>> cost) {
        for (String claims : List.of(kept, broken)) {
            Expectation expectation = claims.equals(kept) ? Expectation.ACCEPT : Expectation.REJECT;
            for (String claim : COMMA.splitAsStream(claims).toList()) {
                into.add(new Scenario(name, "O(" + claim + ")", expectation, cost, axes, noises));
            }
        }
    }
}
