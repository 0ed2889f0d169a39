package org.feuerprobe.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.GrowthOrder;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.OrderStatistics;
import org.feuerprobe.sample.Point;
import org.feuerprobe.sample.UnitOfTime;

/**
 * Rule for timed growth. It refutes a claim only if the cost grew more than a machine can slow down
 * the same work. Caches, address translation and prediction make one access up to a hundred times
 * slower than another, but in few steps. Growth that continues at every point of the far half,
 * about as fast as the parameter itself, is work.
 */
final class TimedGrowth {
    private static final String CYCLES = "cycles";

    /** Below this factor, the cost did not outgrow the bound. */
    private static final double EXCESS = 1.005;

    /** Smallest factor from which continuing growth counts. */
    private static final double STEADY_EXCESS = 10;

    /** Smallest power of the parameter by which the cost must outgrow the bound at each step. */
    private static final double STEADY_POWER = 0.75;

    private static final int FEWEST_STEPS = 3;

    private TimedGrowth() {}

    /** Applies the rule to a decision on a data set of any unit. */
    static Decision checked(Claim.Asymptotic claim, DataSet data, Decision decision) {
        Optional<UnitOfTime> unit = UnitOfTime.of(data.metric());
        boolean time = unit.isPresent() || data.metric().equals(CYCLES);
        if (data.exact() || !time || !refutes(claim, decision)) {
            return decision;
        }
        double step = unit.map(found -> found.fromNanos(1)).orElse(1.0);
        Set<String> names = data.points().getFirst().parameters().keySet();
        if (names.size() == 1) {
            Line line = Line.of(claim.expression(), data, names.iterator().next(), step);
            return line.goesOn() ? decision : open(data, decision, line.excess());
        }
        return checked(claim, data, decision, step);
    }

    /**
     * Applies the rule to a decision on a timed data set. In {@code cycles} and {@code ns} the
     * smallest possible step is 1.
     *
     * @param step resolution of the clock; smaller costs count as this
     */
    static Decision checked(Claim.Asymptotic claim, DataSet data, Decision decision, double step) {
        if (!refutes(claim, decision)) {
            return decision;
        }
        double excess = excess(claim.expression(), data, step);
        return excess >= Thresholds.SLOWEST_ACCESS ? decision : open(data, decision, excess);
    }

    /** Whether the decision is that cost grows faster than claimed. */
    private static boolean refutes(Claim.Asymptotic claim, Decision decision) {
        return decision.kind() == VerdictKind.VIOLATED
                && decision.growthClass()
                        .map(growth -> !GrowthOrder.notFaster(growth, claim.expression()))
                        .orElse(true);
    }

    private static Decision open(DataSet data, Decision decision, double excess) {
        String growth =
                "cost grows as %s in %s, but "
                        .formatted(
                                decision.growthClass().map(Object::toString).orElse("?"),
                                data.metric());
        String reason =
                growth
                        + (excess < EXCESS
                                ? "no median exceeds what the bound allows from the cheapest point on, and only counts can tell"
                                : String.format(
                                        Locale.ROOT,
                                        "to no more than %.3g times what the bound allows: caches alone may do that, and only counts can tell",
                                        excess));
        return decision.corrected(VerdictKind.INCONCLUSIVE, 0.5, reason)
                .asking(new Advice(List.of(), 0, 0, "count instructions on a target that can"));
    }

    /**
     * Largest factor by which the cost outgrew the bound, compared with the point of lowest cost.
     */
    private static double excess(Expression bound, DataSet data, double step) {
        List<Point> points = data.points();
        double least = points.stream().mapToDouble(p -> typical(p, step)).min().orElseThrow();
        double first =
                points.stream()
                        .filter(point -> typical(point, step) == least)
                        .mapToDouble(point -> Math.max(1, bound.at(point.parameters())))
                        .min()
                        .orElseThrow();
        return points.stream()
                .mapToDouble(point ->
                        typical(point, step)
                                / least
                                / Math.max(1, bound.at(point.parameters()) / first))
                .max()
                .orElseThrow();
    }

    private static double typical(Point point, double step) {
        return Math.max(step, OrderStatistics.quantile(point.values(), 0.5, 7));
    }

    /**
     * Median costs divided by the bound, along the only parameter.
     *
     * @param places values of the parameter, ascending
     * @param ratios cost divided by bound
     */
    private record Line(double[] places, double[] ratios) {
        static Line of(Expression bound, DataSet data, String name, double step) {
            List<Point> points =
                    data.points().stream()
                            .sorted(Comparator.comparingDouble(p -> place(p, name)))
                            .toList();
            return new Line(
                    points.stream().mapToDouble(p -> place(p, name)).toArray(),
                    points.stream()
                            .mapToDouble(
                                    p -> typical(p, step) / Math.max(1, bound.at(p.parameters())))
                            .toArray());
        }

        private static double place(Point point, String name) {
            return point.parameters().getOrDefault(name, 0.0);
        }

        /** The largest rise of the ratio. */
        double excess() {
            return rise(highest());
        }

        private double rise(int to) {
            return ratios[to] / ratios[lowest(to)];
        }

        private int highest() {
            int best = 0;
            for (int i = 1; i < ratios.length; i++) {
                best = rise(i) > rise(best) ? i : best;
            }
            return best;
        }

        private int lowest(int before) {
            int best = 0;
            for (int i = 1; i <= before; i++) {
                best = ratios[i] < ratios[best] ? i : best;
            }
            return best;
        }

        /** Whether the ratio rises more, and for longer, than caches can cause. */
        boolean goesOn() {
            int to = highest();
            int from = lowest(to);
            double excess = excess();
            return (excess >= Thresholds.SLOWEST_ACCESS && power(from, to) >= STEADY_POWER)
                    || (excess >= STEADY_EXCESS && steady());
        }

        private boolean steady() {
            int last = ratios.length - 1;
            int from = Math.min(last / 2, last - FEWEST_STEPS);
            boolean steady = from >= 0;
            for (int i = Math.max(0, from); i < last; i++) {
                steady &= power(i, i + 1) >= STEADY_POWER;
            }
            return steady;
        }

        private double power(int from, int to) {
            return Math.log(ratios[to] / ratios[from]) / Math.log(places[to] / places[from]);
        }
    }
}
