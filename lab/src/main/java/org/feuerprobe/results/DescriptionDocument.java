package org.feuerprobe.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Description;
import org.feuerprobe.sample.Point;

/** Summary statistics as a JSON document; keys are described in {@code docs/check.md}. */
public final class DescriptionDocument {
    /** Seed of the bootstrap, so that the same values give the same interval. */
    private static final long SEED = 1;

    private DescriptionDocument() {}

    /** Every point of a data set. */
    public static List<Map<String, Object>> points(DataSet data) {
        List<Map<String, Object>> points = new ArrayList<>();
        for (Point point : data.points()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            Map<String, Object> place = new TreeMap<>();
            point.parameters()
                    .forEach((name, value) -> place.put(name, DecisionDocument.number(value)));
            fields.put("point", place);
            fields.put("boots", point.boots().size());
            fields.putAll(of(point.values()));
            points.add(fields);
        }
        return points;
    }

    /** Values in the order of time. */
    static Map<String, Object> of(double[] values) {
        Description description = Description.of(values, SEED);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("n", description.n());
        fields.put("mean", DecisionDocument.estimate(description.mean()));
        fields.put("median", DecisionDocument.estimate(description.median()));
        fields.put("standard_deviation", DecisionDocument.number(description.deviation()));
        fields.put("mad", DecisionDocument.number(description.medianDeviation()));
        fields.put("min", DecisionDocument.number(description.min()));
        description
                .quantiles()
                .forEach((name, estimate) -> fields.put(name, DecisionDocument.estimate(estimate)));
        fields.put("max", DecisionDocument.number(description.max()));
        fields.put("modes", description.shape().modes());
        fields.put("multimodal", description.shape().multimodal());
        fields.put("drift", DecisionDocument.number(description.shape().drift()));
        fields.put("drifts", description.shape().drifts());
        return fields;
    }
}
