package org.feuerprobe.selftest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import org.feuerprobe.verdict.Decision;
import org.feuerprobe.verdict.VerdictKind;

/**
 * A simulated cost with a claim about it and the verdicts that are right.
 *
 * @param name the cost in words
 * @param claim claim about the cost
 * @param expectation right verdicts
 * @param cost the true cost at a point
 * @param grid values of each parameter; all combinations are measured
 * @param noises kinds of noise; each is tried with every seed
 * @param sampling number of values and boots per point
 */
public record Scenario(
        String name,
        String claim,
        Expectation expectation,
        ToDoubleFunction<Map<String, Double>> cost,
        Map<String, double[]> grid,
        List<NoiseKind> noises,
        Sampling sampling) {
    /**
     * How much is measured per point.
     *
     * @param values number of values per boot
     * @param boots number of boots
     * @param bootDeviation relative standard deviation of a factor that all values of a boot at a
     *     point share
     * @param mode whether the claim is an upper bound or tight
     */
    public record Sampling(int values, int boots, double bootDeviation, Claim.Mode mode) {
        /** Five values of one boot, for an upper bound. */
        public static final Sampling PLAIN = new Sampling(5, 1, 0, Claim.Mode.UPPER);
    }

    public Scenario(
            String name,
            String claim,
            Expectation expectation,
            ToDoubleFunction<Map<String, Double>> cost,
            Map<String, double[]> grid,
            List<NoiseKind> noises) {
        this(name, claim, expectation, cost, grid, noises, Sampling.PLAIN);
    }

    /** The right verdicts. */
    public enum Expectation {
        ACCEPT,
        REJECT,
        NOT_REJECTED,
        NOT_LOOSE;

        boolean met(Decision decision) {
            return switch (this) {
                case ACCEPT ->
                        decision.kind() == VerdictKind.HOLDS
                                || decision.kind() == VerdictKind.LOOSE;
                case REJECT -> decision.kind() == VerdictKind.VIOLATED;
                case NOT_REJECTED -> decision.kind() != VerdictKind.VIOLATED;
                case NOT_LOOSE ->
                        decision.kind() == VerdictKind.HOLDS
                                || decision.kind() == VerdictKind.INCONCLUSIVE;
            };
        }
    }

    /** The parsed claim. */
    public Claim parsed() {
        return Claim.parse(claim, sampling.mode());
    }

    /** Simulates one data set; the same seed gives the same data. */
    public DataSet data(NoiseKind noise, int seed) {
        SplittableRandom random =
                new SplittableRandom(
                        (name + claim).hashCode() * 0x9E3779B97F4A7C15L
                                + seed * 0xBF58476D1CE4E5B9L
                                + noise.name().hashCode());
        List<Map<String, Double>> places = new ArrayList<>(List.of(Map.of()));
        for (Map.Entry<String, double[]> axis : grid.entrySet()) {
            List<Map<String, Double>> longer = new ArrayList<>();
            for (Map<String, Double> place : places) {
                for (double value : axis.getValue()) {
                    Map<String, Double> next = new LinkedHashMap<>(place);
                    next.put(axis.getKey(), value);
                    longer.add(next);
                }
            }
            places = longer;
        }
        List<Point> points = new ArrayList<>();
        for (Map<String, Double> place : places) {
            List<double[]> boots = new ArrayList<>();
            for (int boot = 0; boot < sampling.boots(); boot++) {
                double shared =
                        sampling.bootDeviation() == 0
                                ? 1
                                : Math.exp(sampling.bootDeviation() * random.nextGaussian());
                double[] values = new double[sampling.values()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = noise.value(cost.applyAsDouble(place) * shared, random);
                }
                boots.add(values);
            }
            points.add(new Point(place, boots));
        }
        return new DataSet(name, "value", false, points);
    }
}
