package org.feuerprobe.model;

import java.util.List;

/**
 * A data set boiled down to one robust cost a point, with the noise that was seen on the way.
 *
 * @param parameters names that vary or are named by the points, in a fixed order
 * @param points distinct points, sorted by their parameters' values
 * @param values how many values went in
 * @param setApart how many of them were too far out to belong to the typical cost
 */
public record Condensed(
        List<String> parameters,
        List<PointSummary> points,
        Noise noise,
        long values,
        long setApart) {
    public Condensed {
        parameters = List.copyOf(parameters);
        points = List.copyOf(points);
    }

    /** The values of one parameter, a point each. */
    public double[] coordinates(String parameter) {
        return points.stream()
                .mapToDouble(point -> point.parameters().getOrDefault(parameter, 1.0))
                .toArray();
    }
}
