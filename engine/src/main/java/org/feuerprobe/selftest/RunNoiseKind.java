package org.feuerprobe.selftest;

import java.util.random.RandomGenerator;

/** Noise of simulated runs. */
enum RunNoiseKind {
    NORMAL("independent normal", 1),
    HEAVY("Student t3", Math.sqrt(3)),
    BIMODAL("two modes", Math.sqrt(1.04)),
    OUTLIERS("5 % of runs 5 sigma up", 1),
    AUTOCORRELATED_5("AR(1), rho 0.5", 1),
    AUTOCORRELATED_8("AR(1), rho 0.8", 1);

    private static final double BASE = 1000;

    final String text;

    /** Standard deviation of a run, not counting added outliers. */
    final double sigma;

    RunNoiseKind(String text, double sigma) {
        this.text = text;
        this.sigma = sigma;
    }

    /** Simulates a series whose level does not change. */
    double[] series(int runs, RandomGenerator random) {
        double[] values = new double[runs];
        double before = random.nextGaussian();
        for (int i = 0; i < runs; i++) {
            before = deviation(before, random);
            values[i] = BASE + before;
        }
        return values;
    }

    private double deviation(double before, RandomGenerator random) {
        double z = random.nextGaussian();
        return switch (this) {
            case NORMAL -> z;
            case HEAVY -> {
                double a = random.nextGaussian();
                double b = random.nextGaussian();
                double c = random.nextGaussian();
                yield z / Math.sqrt((a * a + b * b + c * c) / 3);
            }
            case BIMODAL -> (random.nextBoolean() ? 1 : -1) + 0.2 * z;
            case OUTLIERS -> z + (random.nextDouble() < 0.05 ? 5 : 0);
            case AUTOCORRELATED_5 -> 0.5 * before + Math.sqrt(0.75) * z;
            case AUTOCORRELATED_8 -> 0.8 * before + 0.6 * z;
        };
    }
}
