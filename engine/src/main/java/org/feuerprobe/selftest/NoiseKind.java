package org.feuerprobe.selftest;

import java.util.random.RandomGenerator;

/** Noise of simulated values. */
public enum NoiseKind {
    NONE("exact", 0),
    NORMAL_1("normal 1 %", 0.01),
    LOGNORMAL_1("log-normal 1 %", 0.01),
    NORMAL_3("normal 3 %", 0.03),
    LOGNORMAL_3("log-normal 3 %", 0.03),
    NORMAL_5("normal 5 %", 0.05),
    LOGNORMAL_5("log-normal 5 %", 0.05),
    OUTLIERS("normal 2 %, 5 % of values x4", 0.02);

    private static final double OUTLIER_SHARE = 0.05;
    private static final double OUTLIER_FACTOR = 4;

    private final String text;
    private final double deviation;

    NoiseKind(String text, double deviation) {
        this.text = text;
        this.deviation = deviation;
    }

    /** Simulates one value of an operation that costs {@code cost}. */
    public double value(double cost, RandomGenerator random) {
        double z = deviation * random.nextGaussian();
        return switch (this) {
            case NONE -> cost;
            case NORMAL_1, NORMAL_3, NORMAL_5 -> cost * (1 + z);
            case LOGNORMAL_1, LOGNORMAL_3, LOGNORMAL_5 -> cost * Math.exp(z);
            case OUTLIERS ->
                    cost * (1 + z) * (random.nextDouble() < OUTLIER_SHARE ? OUTLIER_FACTOR : 1);
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
