package org.feuerprobe.results;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;

/**
 * Operations per second, or per million instructions or cycles, when one operation follows the
 * other. It is the inverse of the mean cost.
 *
 * @param operations operations per {@code per}
 * @param bytes bytes moved per {@code per}; empty where the point has no parameter {@code bytes}
 * @param per {@code second}, {@code million instructions} or {@code million cycles}
 */
public record Throughput(double operations, OptionalDouble bytes, String per) {
    private static final double NANOSECONDS = 1e9;
    private static final double MILLION = 1e6;

    /** The throughput at a point; empty if the metric is none of these, or the cost is zero. */
    public static Optional<Throughput> of(Measurement measurement) {
        double mean = measurement.summary().mean();
        String metric = measurement.metric();
        boolean time = Metric.NANOSECONDS.is(metric);
        if (!(mean > 0) || !(time || Metric.INSTRUCTIONS.is(metric) || Metric.CYCLES.is(metric))) {
            return Optional.empty();
        }
        double rate = (time ? NANOSECONDS : MILLION) / mean;
        Long moved = measurement.parameters().get("bytes");
        return Optional.of(
                new Throughput(
                        rate,
                        moved == null ? OptionalDouble.empty() : OptionalDouble.of(moved * rate),
                        time ? "second" : "million " + metric));
    }

    /** The fields of the JSON form. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("operations", operations);
        bytes.ifPresent(value -> fields.put("bytes", value));
        fields.put("per", per);
        return fields;
    }
}
