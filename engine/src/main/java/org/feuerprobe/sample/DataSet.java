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

    /**
     * Starts a data set of values that scatter: times, or counts of work that depends on its input.
     *
     * @param name of what was measured, for people
     * @param metric its unit: {@code ns}, {@code comparisons}, …
     */
    public static DataSetBuilder measured(String name, String metric) {
        return new DataSetBuilder(name, metric, false);
    }

    /**
     * Starts a data set of counts that the same work repeats exactly. They are fitted in exact
     * arithmetic, so a law that meets all of them is certain at every point.
     *
     * @param name of what was counted, for people
     * @param metric its unit: {@code instructions}, {@code allocations}, …
     */
    public static DataSetBuilder counted(String name, String metric) {
        return new DataSetBuilder(name, metric, true);
    }
}
