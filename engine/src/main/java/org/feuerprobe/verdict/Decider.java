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
 * Is a claim kept by a data set? Safe in any number of threads; the same data give the same
 * decision. A data set that cannot be decided at all (a parameter missing or negative) is an {@link
 * IllegalArgumentException} that says so.
 */
public final class Decider {
    private static final double HUGE = 1e100;
    private static final double TINY = 1e-100;

    private final AsymptoticDecider asymptotic;

    /** Decides what the data allow, and says in the reason what they cannot exclude. */
    public Decider() {
        this(Double.POSITIVE_INFINITY);
    }

    /**
     * Leaves a claim about growth open if faster growth could make up a larger share of the cost
     * without being detected.
     */
    public Decider(double mostUndetected) {
        asymptotic = new AsymptoticDecider(new CostAnalysis(), mostUndetected);
    }

    /** Decides any claim. Growth in a unit of time refutes one only as {@link TimedGrowth} says. */
    public Decision decide(Claim claim, DataSet data) {
        Decision decision = untimed(claim, data);
        return claim instanceof Claim.Asymptotic growth
                ? TimedGrowth.checked(growth, data, decision)
                : decision;
    }

    /** The same for data whose unit is no time, or that the caller treats as timed. */
    Decision untimed(Claim claim, DataSet data) {
        return switch (claim) {
            case Claim.Asymptotic growth -> growth(growth, data);
            case Claim.Absolute absolute -> AbsoluteDecider.decide(absolute, data);
        };
    }

    /** Decides an asymptotic claim, one decider a call. */
    public static Decision decide(Claim.Asymptotic claim, DataSet data, String parameter) {
        if (data.points().stream().anyMatch(p -> !p.parameters().containsKey(parameter))) {
            throw new IllegalArgumentException("a point lacks the parameter " + parameter);
        }
        return new Decider().decide(claim, data);
    }

    /** Values near the ends of the number range are brought to its middle by a power of two. */
    private Decision growth(Claim.Asymptotic claim, DataSet data) {
        double largest =
                data.points().stream()
                        .flatMap(point -> point.boots().stream())
                        .flatMapToDouble(Arrays::stream)
                        .map(Math::abs)
                        .max()
                        .orElse(0);
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
