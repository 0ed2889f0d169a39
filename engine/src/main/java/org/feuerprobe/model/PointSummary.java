package org.feuerprobe.model;

import java.util.Map;

/**
 * The cost at one point of the grid, in figures.
 *
 * @param parameters where it lies
 * @param cost robust location of its values, in the metric's unit
 * @param standardError of {@code cost}; positive
 * @param values how many values it held
 * @param setApart how many of them lie too far out to belong to the typical cost
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
