package org.feuerprobe.model;

import java.util.Map;

/**
 * Summary of the cost at one point.
 *
 * @param parameters the point
 * @param cost robust location of its values, in the metric's unit
 * @param standardError standard error of {@code cost}; positive
 * @param values number of its values
 * @param setApart number of values that lie too far out to belong to the typical cost
 */
public record PointSummary(
        Map<String, Double> parameters,
        double cost,
        double standardError,
        int values,
        int setApart) {
    public PointSummary {
        parameters = Map.copyOf(parameters);
    }
}
