package org.feuerprobe.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.Fraction;
import org.feuerprobe.bound.Product;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;

/**
 * Which one-term cost model of one parameter explains a data set best?
 *
 * <p>The cost of a point is its largest value, because a bound speaks of the worst case. Where one
 * intercept and one whole coefficient reproduce all of them, the model is exact. Otherwise least
 * squares with relative weights, and the class with the smallest corrected Akaike criterion
 * (Hurvich and Tsai 1989); a growing class must beat the constant by {@value #MARGIN}. A stop-gap
 * for deterministic counts: no intervals, no regimes.
 */
public final class PlainFit {
    private static final double MARGIN = 10;
    private static final int FEWEST_POINTS = 5;

    private record Candidate(CostModel model, double criterion) {}

    private PlainFit() {}

    /**
     * The model over {@code parameter}, or empty where there are fewer than {@value #FEWEST_POINTS}
     * points.
     */
    public static Optional<CostModel> fit(DataSet data, String parameter) {
        List<Point> points =
                data.points().stream()
                        .sorted(Comparator.comparingDouble(point -> coordinate(point, parameter)))
                        .toList();
        double[] n = points.stream().mapToDouble(point -> coordinate(point, parameter)).toArray();
        double[] cost = points.stream().mapToDouble(PlainFit::worst).toArray();
        if (Arrays.stream(n).distinct().count() < FEWEST_POINTS) {
            return Optional.empty();
        }
        Optional<CostModel> exact = exact(n, cost, parameter);
        if (exact.isPresent()) {
            return exact;
        }
        Candidate constant = fit(n, cost, Product.ONE, parameter);
        return shapes(parameter).stream()
                .map(shape -> fit(n, cost, shape, parameter))
                .min(Comparator.comparingDouble(Candidate::criterion))
                .filter(best ->
                        best.criterion() < constant.criterion() - MARGIN
                                && best.model().terms().getFirst().coefficient() > 0)
                .or(() -> Optional.of(constant))
                .map(Candidate::model);
    }

    private static List<Product> shapes(String parameter) {
        return List.of(
                Product.of(parameter, Fraction.ZERO, 1),
                Product.of(parameter, new Fraction(1, 2), 0),
                Product.of(parameter, Fraction.ONE, 0),
                Product.of(parameter, Fraction.ONE, 1),
                Product.of(parameter, Fraction.of(2), 0),
                Product.of(parameter, Fraction.of(3), 0));
    }

    private static double coordinate(Point point, String parameter) {
        Double value = point.parameters().get(parameter);
        if (value == null) {
            throw new IllegalArgumentException("point lacks parameter " + parameter);
        }
        return value;
    }

    private static double worst(Point point) {
        return Arrays.stream(point.values()).max().orElseThrow();
    }

    private static Optional<CostModel> exact(double[] n, double[] cost, String parameter) {
        int last = n.length - 1;
        double slope = (cost[last] - cost[0]) / (n[last] - n[0]);
        double intercept = cost[0] - slope * n[0];
        boolean whole = slope == Math.rint(slope) && slope >= 0 && cost[0] == Math.rint(cost[0]);
        for (int i = 0; i <= last && whole; i++) {
            whole = cost[i] == intercept + slope * n[i];
        }
        if (!whole) {
            return Optional.empty();
        }
        List<CostModel.Term> terms =
                slope == 0
                        ? List.of()
                        : List.of(
                                new CostModel.Term(slope, Product.of(parameter, Fraction.ONE, 0)));
        return Optional.of(new CostModel(intercept, terms, true, 0));
    }

    private static Candidate fit(double[] n, double[] cost, Product shape, String parameter) {
        boolean constant = shape.equals(Product.ONE);
        double sw = 0;
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double sxy = 0;
        double[] x =
                Arrays.stream(n).map(v -> constant ? 0 : shape.at(Map.of(parameter, v))).toArray();
        for (int i = 0; i < n.length; i++) {
            double w = 1 / Math.max(cost[i] * cost[i], 1);
            sw += w;
            sx += w * x[i];
            sy += w * cost[i];
            sxx += w * x[i] * x[i];
            sxy += w * x[i] * cost[i];
        }
        double slope = constant ? 0 : (sw * sxy - sx * sy) / (sw * sxx - sx * sx);
        double intercept = (sy - slope * sx) / sw;
        double squares = 0;
        double largest = 0;
        for (int i = 0; i < n.length; i++) {
            double residual = cost[i] - intercept - slope * x[i];
            squares += residual * residual / Math.max(cost[i] * cost[i], 1);
            largest = Math.max(largest, Math.abs(residual));
        }
        int k = constant ? 2 : 3;
        double criterion =
                n.length * Math.log(Math.max(squares / n.length, 1e-18))
                        + 2.0 * k
                        + 2.0 * k * (k + 1) / (n.length - k - 1);
        List<CostModel.Term> terms =
                constant ? List.of() : List.of(new CostModel.Term(slope, shape));
        return new Candidate(new CostModel(intercept, terms, false, largest), criterion);
    }
}
