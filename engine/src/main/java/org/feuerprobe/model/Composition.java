package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.feuerprobe.bound.Product;
import org.feuerprobe.sample.Estimate;

/**
 * Does a cost equal the sum of its parts? Predicts an operation's cost from the models of what it
 * calls and compares with its measurement; what does not add up is the remainder.
 *
 * @param points prediction against measurement, a point each
 * @param addsUp whether the remainder is, at every point, within its interval of the parts' share
 *     {@value #TOLERANCE} or of zero
 * @param largestRemainder remainder with the largest share of its measured cost, as that share
 */
public record Composition(List<Line> points, boolean addsUp, double largestRemainder) {
    /** Differences below this share of the cost are no finding. */
    public static final double TOLERANCE = 0.05;

    private static final double REACH = 1.96;

    /**
     * What the operation calls.
     *
     * @param calls how often in one operation, times {@code times} of the parameters
     */
    public record Part(String name, CostModel model, double calls, Product times) {
        public Part(String name, CostModel model, double calls) {
            this(name, model, calls, Product.ONE);
        }

        double at(Map<String, Double> parameters) {
            return calls * times.at(parameters) * model.at(parameters);
        }
    }

    /** One point; the remainder is measured minus predicted. */
    public record Line(
            Map<String, Double> parameters,
            double predicted,
            double measured,
            Estimate remainder) {}

    /** Compares {@code parts} with a measured cost; parts may use any of its parameters. */
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
