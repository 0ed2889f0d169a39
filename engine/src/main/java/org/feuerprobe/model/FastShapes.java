package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleFunction;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.Factor;
import org.feuerprobe.bound.Fraction;
import org.feuerprobe.bound.GrowthOrder;
import org.feuerprobe.bound.Product;

/**
 * Search for growth beyond the textbook classes: {@code a + b·n^d}, {@code a + b·c^n} and {@code a
 * + b·n!}. The power, or the base of the exponential, is fitted instead of chosen from a list. It
 * serves one parameter.
 *
 * <p>A shape counts only if it makes up a tenth of the cost at {@value #FEWEST_POINTS} points,
 * because any steep curve passes through a single high point.
 */
final class FastShapes {
    /** Smallest power; slower ones are in the list of terms. */
    private static final double LEAST_POWER = 3.25;

    private static final double MOST_POWER = 12;

    /** Smallest and largest growth of an exponential over the range, as a logarithm. */
    private static final double LEAST_LOG_RISE = Math.log(4);

    private static final double MOST_LOG_RISE = 600;
    private static final int GRID = 24;
    private static final int SECTIONS = 40;
    private static final int FEWEST_POINTS = 3;
    private static final double SHARE = 0.1;

    /** Increase of the chi-square that a rounder number may cause. */
    private static final double ROUNDING = 4;

    /** Penalty for a class outside the list and one more fitted number. */
    private static final double COST = 12;

    private final SearchSpace space;
    private final String name;
    private final SmallFit fit;
    private final List<CandidateTerm> found = new ArrayList<>();
    private final Expression bound;
    private final GrowthOrder order;

    FastShapes(SearchSpace space, Expression bound) {
        this.bound = bound;
        this.space = space;
        name = space.parameters.getFirst();
        fit = new SmallFit(space.target);
        fit.add(space.intercept);
        order = new GrowthOrder(bound, Set.copyOf(space.parameters));
    }

    /** The terms, with numbers that are rounded as far as the data permit. */
    List<CandidateTerm> candidates() {
        double low = space.coordinate[0];
        double high = space.coordinate[space.points - 1];
        if (space.points <= FEWEST_POINTS || !(low > 0) || !(low < high)) {
            return found;
        }
        optimum(LEAST_POWER, MOST_POWER, this::power)
                .ifPresent(d -> offer(power(rounded(d, this::power, 1, 2, 4, 100))));
        double span = high - low;
        DoubleFunction<Product> exponential = logLog -> exponential(Math.exp(Math.exp(logLog)));
        optimum(Math.log(LEAST_LOG_RISE / span), Math.log(MOST_LOG_RISE / span), exponential)
                .ifPresent(logLog -> {
                    double base = Math.exp(Math.exp(logLog));
                    offer(
                            exponential(
                                    rounded(
                                            base,
                                            this::exponential,
                                            1,
                                            2,
                                            10,
                                            100,
                                            10_000,
                                            1_000_000)));
                });
        offer(Product.of(Factor.factorial(name)));
        return found;
    }

    private Product power(double exponent) {
        return Product.of(name, new Fraction((int) Math.round(exponent * 100), 100), 0);
    }

    private Product exponential(double base) {
        return Product.of(Factor.exponential(name, Math.max(1, base)));
    }

    /** The number with the smallest misfit; empty if that is the lower end of the range. */
    private Optional<Double> optimum(double from, double to, DoubleFunction<Product> shape) {
        double step = (to - from) / GRID;
        double best = from;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k <= GRID; k++) {
            double at = from + k * step;
            double squares = squares(shape.apply(at));
            if (squares < least) {
                least = squares;
                best = at;
            }
        }
        if (!Double.isFinite(least) || best == from) {
            return Optional.empty();
        }
        return Optional.of(
                GoldenSection.least(
                        at -> squares(shape.apply(at)),
                        best - step,
                        Math.min(to, best + step),
                        SECTIONS));
    }

    /**
     * The roundest number that explains the data about as well. {@code parts} are the tried
     * denominators.
     */
    private double rounded(double value, DoubleFunction<Product> shape, int... parts) {
        double least = squares(shape.apply(value));
        double allowed = least + ROUNDING * Math.max(1, least / Math.max(1, space.points - 3));
        for (int part : parts) {
            double round = Math.rint(value * part) / part;
            if (squares(shape.apply(round)) <= allowed) {
                return round;
            }
        }
        int finest = parts[parts.length - 1];
        return Math.rint(value * finest) / finest;
    }

    private double squares(Product product) {
        double[] shape = shape(product);
        for (double value : shape) {
            if (!Double.isFinite(value)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        fit.keep(1);
        return fit.add(space.weighted(shape)) && fit.lastStudent() > 0
                ? fit.squares()
                : Double.POSITIVE_INFINITY;
    }

    private double[] shape(Product product) {
        double[] shape = new double[space.points];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = product.at(Map.of(name, space.coordinate[i]));
        }
        return shape;
    }

    private void offer(Product product) {
        if (Double.isFinite(squares(product)) && seenAtEnoughPoints(product)) {
            found.add(CandidateTerm.of(product, COST, order, bound, Set.copyOf(space.parameters)));
        }
    }

    private boolean seenAtEnoughPoints(Product product) {
        double[] column = space.weighted(shape(product));
        fit.keep(1);
        fit.add(column);
        double slope = fit.coefficients()[1];
        int seen = 0;
        for (int i = 0; i < column.length; i++) {
            seen += slope * column[i] >= SHARE * Math.abs(space.target[i]) ? 1 : 0;
        }
        return seen >= FEWEST_POINTS;
    }
}
