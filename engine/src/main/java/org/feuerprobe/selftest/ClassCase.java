package org.feuerprobe.selftest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * A growth class that must be named exactly, although an intercept of several times its term hides
 * it.
 */
record ClassCase(String name, Scenario scenario) {
    private static final double MIDDLE = Math.sqrt(8.0 * 4096);
    private static final double COEFFICIENT = 100;

    static List<ClassCase> all() {
        Map<String, DoubleUnaryOperator> classes = new LinkedHashMap<>();
        classes.put("O(1)", n -> 1);
        classes.put("O(log n)", Scenarios::log);
        classes.put("O(n)", n -> n);
        classes.put("O(n log n)", n -> n * Scenarios.log(n));
        classes.put("O(n^2)", n -> n * n);
        classes.put("O(n^3)", n -> n * n * n);
        List<ClassCase> cases = new ArrayList<>();
        classes.forEach((name, term) -> {
            for (double multiple : new double[] {0, 0.5, 1, 3, 10}) {
                double offset = multiple * term.applyAsDouble(MIDDLE);
                cases.add(
                        new ClassCase(
                                name,
                                new Scenario(
                                        name + " + " + multiple + " x",
                                        "O(n^3)",
                                        Scenario.Expectation.ACCEPT,
                                        at ->
                                                COEFFICIENT
                                                        * (offset
                                                                + term.applyAsDouble(
                                                                        at.getOrDefault("n", 1.0))),
                                        Map.of(
                                                "n",
                                                new double[] {
                                                    8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096
                                                }),
                                        List.of(NoiseKind.NORMAL_5))));
            }
        });
        return cases;
    }
}
