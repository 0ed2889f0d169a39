package org.feuerprobe.archive;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;

/** Name of a series of values: one metric of one benchmark at one point on one target. */
public record SeriesName(
        String operation,
        String benchmark,
        String target,
        String metric,
        SequencedMap<String, Long> parameters) {
    public SeriesName {
        parameters = new LinkedHashMap<>(parameters);
    }

    static SeriesName of(Measurement measurement) {
        return new SeriesName(
                measurement.operation(),
                measurement.benchmark(),
                measurement.target(),
                measurement.metric(),
                measurement.parameters());
    }

    /** {@code N_caps=16 K=2}; empty without parameters. */
    public String point() {
        return Numbers.point(parameters);
    }
}
