package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;

/**
 * Mean cost of each point: the arithmetic mean of all its values, of which none is set apart, with
 * its standard error. A point whose values are equal may only have missed rare values. Its error is
 * therefore at least the median of the other points' errors.
 */
public final class MeanCost {
    private static final double RELATIVE_FLOOR = 1e-9;

    private MeanCost() {}

    /** Computes means over {@code parameters}. Each point must have a value for each of them. */
    public static Condensed of(DataSet data, List<String> parameters) {
        Map<Map<String, Double>, List<Double>> joined = new LinkedHashMap<>();
        for (Point point : data.points()) {
            Map<String, Double> place = new LinkedHashMap<>();
            parameters.forEach(name -> place.put(name, point.parameters().getOrDefault(name, 0.0)));
            List<Double> values = joined.computeIfAbsent(place, _ -> new ArrayList<>());
            Arrays.stream(point.values()).forEach(values::add);
        }
        Comparator<Map<String, Double>> order = Comparator.comparingInt(Map::size);
        for (String name : parameters) {
            order = order.thenComparing(place -> place.getOrDefault(name, 0.0));
        }
        List<Map<String, Double>> places = joined.keySet().stream().sorted(order).toList();
        double[] mean = new double[places.size()];
        double[] error = new double[places.size()];
        double degrees = 0;
        double squares = 0;
        long total = 0;
        for (int i = 0; i < mean.length; i++) {
            List<Double> values = joined.getOrDefault(places.get(i), List.of());
            double centre = values.stream().mapToDouble(v -> v).average().orElse(0);
            double sum = values.stream().mapToDouble(v -> (v - centre) * (v - centre)).sum();
            int free = values.size() - 1;
            mean[i] = centre;
            error[i] = free > 0 ? Math.sqrt(sum / free / values.size()) : 0;
            degrees += free;
            squares += sum;
            total += values.size();
        }
        double[] known = Arrays.stream(error).filter(e -> e > 0).toArray();
        double least = known.length > 0 ? Order.median(known) : 0;
        double largest = Arrays.stream(mean).map(Math::abs).max().orElse(1);
        List<PointSummary> points = new ArrayList<>();
        for (int i = 0; i < mean.length; i++) {
            double floor = Math.max(RELATIVE_FLOOR * largest, Double.MIN_NORMAL);
            double here = Math.max(error[i] > 0 ? error[i] : least, floor);
            int count = joined.getOrDefault(places.get(i), List.of()).size();
            points.add(new PointSummary(places.get(i), mean[i], here, count, 0));
        }
        double scale = degrees > 0 ? Math.sqrt(squares / degrees) : 0;
        return new Condensed(parameters, points, new Noise(0, scale, 0, degrees), total, 0);
    }
}
