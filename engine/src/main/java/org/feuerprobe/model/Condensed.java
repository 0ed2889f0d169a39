package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data set condensed to one robust cost per point, with the noise of its values.
 *
 * @param parameters names of the parameters, in a fixed order
 * @param points distinct points, sorted by the values of their parameters
 * @param values number of values
 * @param setApart number of values that lie too far out to belong to the typical cost
 */
public record Condensed(
        List<String> parameters,
        List<PointSummary> points,
        Noise noise,
        long values,
        long setApart) {
    private static final int MOST_POINTS = 400;
    private static final int FINEST = 32;

    public Condensed {
        parameters = List.copyOf(parameters);
        points = List.copyOf(points);
    }

    /** The values of all parameters at each point. */
    List<Double> coordinates() {
        List<Double> all = new ArrayList<>(points.size() * parameters.size());
        for (PointSummary point : points) {
            for (String name : parameters) {
                all.add(point.parameters().getOrDefault(name, 1.0));
            }
        }
        return all;
    }

    /** The value of one parameter at each point. */
    public double[] coordinates(String parameter) {
        return points.stream()
                .mapToDouble(point -> point.parameters().getOrDefault(parameter, 1.0))
                .toArray();
    }

    /**
     * The same data with neighbouring points merged, if there are more than {@value #MOST_POINTS}.
     * Points in one cell of a logarithmic grid become their mean. Cells are so narrow that the
     * curvature of any term within one is far below the noise.
     */
    Condensed merged() {
        Condensed current = this;
        for (int fineness = FINEST;
                current.points.size() > MOST_POINTS && fineness >= 1;
                fineness /= 2) {
            current = mergedBy(fineness);
        }
        return current;
    }

    private Condensed mergedBy(int cellsPerOctave) {
        Map<List<Long>, List<PointSummary>> cells = new LinkedHashMap<>();
        for (PointSummary point : points) {
            List<Long> key = new ArrayList<>();
            for (String name : parameters) {
                double value = point.parameters().getOrDefault(name, 1.0);
                key.add(
                        value <= 0
                                ? Long.MIN_VALUE
                                : (long)
                                        Math.floor(Math.log(value) / Math.log(2) * cellsPerOctave));
            }
            cells.computeIfAbsent(key, any -> new ArrayList<>()).add(point);
        }
        return new Condensed(
                parameters,
                cells.values().stream().map(this::mean).toList(),
                noise,
                values,
                setApart);
    }

    private PointSummary mean(List<PointSummary> cell) {
        if (cell.size() == 1) {
            return cell.getFirst();
        }
        Map<String, Double> place = new LinkedHashMap<>();
        for (String name : parameters) {
            place.put(
                    name,
                    cell.stream()
                            .mapToDouble(p -> p.parameters().getOrDefault(name, 1.0) / cell.size())
                            .sum());
        }
        double cost = cell.stream().mapToDouble(p -> p.cost() / cell.size()).sum();
        double error =
                cell.stream()
                        .mapToDouble(p -> p.standardError() / cell.size())
                        .reduce(0, Math::hypot);
        return new PointSummary(
                place,
                cost,
                Math.max(error, Double.MIN_NORMAL),
                cell.stream().mapToInt(PointSummary::values).sum(),
                cell.stream().mapToInt(PointSummary::setApart).sum());
    }
}
