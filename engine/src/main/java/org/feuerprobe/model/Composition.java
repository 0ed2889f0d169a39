package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.feuerprobe.bound.Product;
import org.feuerprobe.sample.Estimate;

/**
 * Comparison of an operation's cost with the sum of its parts, which the models of the called
 * operations predict. The difference is the remainder.
 *
 * @param points prediction and measurement at each point
 * @param addsUp whether, at every point, the remainder's interval contains a value within {@value
 *     #TOLERANCE} of the cost
 * @param largestRemainder the largest remainder, as a share of its measured cost
 */
public record Composition(List<Line> points, boolean addsUp, double largestRemainder) {
    /** Remainders below this share of the cost are not reported. */
    public static final double TOLERANCE = 0.05;

    private static final double REACH = 1.96;

    /**
     * A called operation.
     *
     * @param calls number of calls in one operation, for each unit of {@code times}
     */
    public record Part(String name, CostModel model, double calls, Product times) {
        public Part(String name, CostModel model, double calls) {
            this(name, model, calls, Product.ONE);
        }

        double at(Map<String, Double> parameters) {
            return calls * times.at(parameters) * model.at(parameters);
        }
    }

    /** One point. The remainder is the measured minus the predicted cost. */
    public record Line(
            Map<String, Double> parameters,
            double predicted,
            double measured,
            Estimate remainder) {}

    /**
     * Compares the sum of {@code parts} with a measured cost. Parts may use any of its parameters.
     */
    public static Composition of(List<Part> parts, Condensed measured) {
        List<Line> lines = new ArrayList<>();
        boolean addsUp = true;
        double largest = 0;
        for (PointSummary point : measured.points()) {
            double predicted = 0;
            for (Part part : parts) {
                predicted += part.at(point.parameters());
            }
            double difference = point.cost() - predicted;
            Estimate remainder = Estimate.of(difference, REACH * point.standardError(), 0.95);
            double allowed = TOLERANCE * Math.abs(point.cost());
            addsUp &= remainder.low() <= allowed && remainder.high() >= -allowed;
            double share = point.cost() == 0 ? 0 : difference / Math.abs(point.cost());
            largest = Math.abs(share) > Math.abs(largest) ? share : largest;
            lines.add(new Line(point.parameters(), predicted, point.cost(), remainder));
        }
        return new Composition(List.copyOf(lines), addsUp, largest);
    }
}
