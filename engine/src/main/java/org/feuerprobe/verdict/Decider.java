package org.feuerprobe.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.model.CostAnalysis;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;

/**
 * Decides whether a data set keeps a claim. Thread-safe; the same data give the same decision. A
 * data set that cannot be decided, because a parameter is missing or negative, is an {@link
 * IllegalArgumentException} with the reason.
 */
public final class Decider {
    private static final double HUGE = 1e100;
    private static final double TINY = 1e-100;

    private final CostAnalysis analysis;
    private final AsymptoticDecider asymptotic;

    /** Makes a decider that has no limit on undetected growth. The reason states that growth. */
    public Decider() {
        this(Double.POSITIVE_INFINITY);
    }

    /**
     * Makes a decider that leaves a claim about growth open if undetected faster growth could make
     * up a larger share of the cost than this.
     */
    public Decider(double mostUndetected) {
        this(new CostAnalysis(), mostUndetected);
    }

    private Decider(CostAnalysis analysis, double mostUndetected) {
        this.analysis = analysis;
        asymptotic = new AsymptoticDecider(analysis, mostUndetected);
    }

    /** A decider with this limit on undetected growth, which shares what this one remembers. */
    Decider allowing(double mostUndetected) {
        return new Decider(analysis, mostUndetected);
    }

    /**
     * Decides any claim. Growth in a unit of time refutes a claim only by the rule of {@link
     * TimedGrowth}.
     */
    public Decision decide(Claim claim, DataSet data) {
        Decision decision = untimed(claim, data);
        return claim instanceof Claim.Asymptotic growth
                ? TimedGrowth.checked(growth, data, decision)
                : decision;
    }

    /** Decides a claim without the rule for times: for other units, or if the caller applies it. */
    Decision untimed(Claim claim, DataSet data) {
        return switch (claim) {
            case Claim.Asymptotic growth -> growth(growth, data);
            case Claim.Absolute absolute -> AbsoluteDecider.decide(absolute, data);
        };
    }

    /** Decides a claim about growth with a new decider. */
    public static Decision decide(Claim.Asymptotic claim, DataSet data, String parameter) {
        if (data.points().stream().anyMatch(p -> !p.parameters().containsKey(parameter))) {
            throw new IllegalArgumentException("a point lacks the parameter " + parameter);
        }
        return new Decider().decide(claim, data);
    }

    /** Decides growth. Values near the limits of doubles are first scaled by a power of two. */
    private Decision growth(Claim.Asymptotic claim, DataSet data) {
        double largest = 0;
        for (Point point : data.points()) {
            for (double[] boot : point.boots()) {
                for (double value : boot) {
                    largest = Math.max(largest, Math.abs(value));
                }
            }
        }
        if (largest == 0 || (largest < HUGE && largest > TINY)) {
            return asymptotic.decide(claim, data);
        }
        int shift = -Math.getExponent(largest);
        Decision decision = asymptotic.decide(claim, scaled(data, shift));
        Optional<CostModel> model = decision.model().map(m -> m.times(Math.scalb(1.0, -shift)));
        return new Decision(
                decision.kind(),
                model,
                decision.confidence(),
                decision.certificate(),
                decision.reason(),
                decision.growthClass(),
                decision.exponent(),
                decision.effect(),
                decision.range(),
                decision.deviations(),
                decision.tail(),
                decision.advice(),
                decision.notes());
    }

    private static DataSet scaled(DataSet data, int shift) {
        List<Point> points = new ArrayList<>();
        for (Point point : data.points()) {
            List<double[]> boots = new ArrayList<>();
            for (double[] boot : point.boots()) {
                boots.add(Arrays.stream(boot).map(v -> Math.scalb(v, shift)).toArray());
            }
            points.add(new Point(point.parameters(), boots));
        }
        return new DataSet(data.name(), data.metric(), false, points);
    }
}
