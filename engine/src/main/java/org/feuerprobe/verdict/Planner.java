package org.feuerprobe.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.feuerprobe.model.Condensed;
import org.feuerprobe.model.GrowthComparison;

/**
 * Planner of measurements that would decide an open question of growth. A wider range separates
 * laws best, then points where the competing laws differ most, then more boots.
 */
final class Planner {
    private static final int WANTED_VALUES = 8;
    private static final int MOST_POINTS = 12;
    private static final int FEWEST_BOOTS = 5;
    private static final int MOST_BOOTS = 40;

    private Planner() {}

    /** Points that complete the grid, so that each parameter has enough values. */
    static Advice morePoints(Map<String, Set<Double>> values, String reason) {
        List<Map<String, Double>> points = new ArrayList<>();
        values.forEach((name, set) -> {
            TreeSet<Double> have = new TreeSet<>(set);
            if (have.isEmpty()) {
                return;
            }
            double next = Math.max(1, have.last());
            for (int i = have.size(); i < WANTED_VALUES; i++) {
                next *= 2;
                points.add(at(values, name, next));
            }
        });
        return new Advice(limit(points), FEWEST_BOOTS, 0, reason);
    }

    /** Points beyond the range, up to this number of doublings of each parameter. */
    static Advice further(Map<String, Set<Double>> values, int doublings, String reason) {
        List<Map<String, Double>> points = new ArrayList<>();
        for (Map.Entry<String, Set<Double>> entry : values.entrySet()) {
            double next = entry.getValue().stream().mapToDouble(v -> v).max().orElse(1);
            if (entry.getValue().size() > 1) {
                for (int i = 0; i <= doublings; i++) {
                    next *= 2;
                    points.add(at(values, entry.getKey(), next));
                }
            }
        }
        return new Advice(limit(points), FEWEST_BOOTS, 0, reason);
    }

    /** Doublings beyond the range, midpoints where the two laws differ most, and more boots. */
    static Advice decide(
            Map<String, Set<Double>> values, Condensed data, GrowthComparison comparison) {
        List<Map<String, Double>> points = new ArrayList<>();
        for (Map.Entry<String, Set<Double>> entry : values.entrySet()) {
            TreeSet<Double> have = new TreeSet<>(entry.getValue());
            if (have.size() > 1) {
                double high = have.last();
                points.add(at(values, entry.getKey(), high * 2));
                points.add(at(values, entry.getKey(), high * 4));
                double below = have.lower(high);
                double middle = Math.rint(Math.sqrt(below * high));
                if (middle > below && middle < high) {
                    points.add(at(values, entry.getKey(), middle));
                }
            }
        }
        double perPoint = (double) data.values() / data.points().size();
        double behind = Math.max(1, Math.abs(comparison.gap()));
        int boots =
                (int)
                        Math.clamp(
                                Math.ceil(perPoint * Math.max(2, 2 * Thresholds.FASTER / behind)),
                                FEWEST_BOOTS,
                                MOST_BOOTS);
        return new Advice(
                limit(points),
                boots,
                0,
                "measure farther out and between the last points, %d boots a point"
                        .formatted(boots));
    }

    private static List<Map<String, Double>> limit(List<Map<String, Double>> points) {
        return points.size() > MOST_POINTS ? points.subList(0, MOST_POINTS) : points;
    }

    /** A point with one parameter at {@code value} and the others at their largest value. */
    private static Map<String, Double> at(
            Map<String, Set<Double>> values, String name, double value) {
        Map<String, Double> point = new LinkedHashMap<>();
        values.forEach((other, set) ->
                point.put(
                        other,
                        other.equals(name)
                                ? value
                                : set.stream().mapToDouble(v -> v).max().orElse(1)));
        return point;
    }
}
