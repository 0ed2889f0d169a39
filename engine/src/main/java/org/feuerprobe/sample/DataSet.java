package org.feuerprobe.sample;

import java.util.List;

/**
 * Data on which a bound is decided: one metric of one benchmark over its grid.
 *
 * @param name for people: the benchmark's name
 * @param metric {@code instructions}, {@code cycles}, {@code ns}, …
 * @param exact whether the values should repeat exactly from boot to boot, because they are counted
 *     and not timed
 * @param points the points, in any order; at least one
 */
public record DataSet(String name, String metric, boolean exact, List<Point> points) {
    public DataSet {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a data set needs at least one point");
        }
    }
}
