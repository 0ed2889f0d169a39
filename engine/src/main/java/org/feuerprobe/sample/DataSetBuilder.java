package org.feuerprobe.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the values of a {@link DataSet}, run by run. Not safe for use by several threads.
 *
 * <p>A run is one boot, or one start of the program that is measured. Values of one run share its
 * conditions, so only several runs are independent evidence.
 */
public final class DataSetBuilder {
    private final String name;
    private final String metric;
    private final boolean exact;
    private final Map<Map<String, Double>, List<double[]>> runs = new LinkedHashMap<>();

    DataSetBuilder(String name, String metric, boolean exact) {
        this.name = name;
        this.metric = metric;
        this.exact = exact;
    }

    /** Adds the values of one run at {@code parameter = value}. */
    public DataSetBuilder run(String parameter, double value, double... measured) {
        return run(Map.of(parameter, value), measured);
    }

    /**
     * Adds the values of one run at a point with any number of parameters, or with none.
     *
     * @throws IllegalArgumentException if there is no value, or one that is not finite
     */
    public DataSetBuilder run(Map<String, Double> point, double... measured) {
        double[] values = measured.clone();
        Map<String, Double> key = new Point(point, List.of(values)).parameters();
        runs.computeIfAbsent(key, _ -> new ArrayList<>()).add(values);
        return this;
    }

    /**
     * The data set of all runs so far.
     *
     * @throws IllegalArgumentException if there are none
     */
    public DataSet build() {
        List<Point> points = new ArrayList<>();
        runs.forEach((point, values) -> points.add(new Point(point, values)));
        return new DataSet(name, metric, exact, points);
    }
}
