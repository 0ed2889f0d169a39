package org.feuerprobe.sample;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * All values of one metric of one benchmark at one point.
 *
 * @param target target that measured, for example {@code qemu}
 * @param metric metric, for example {@code instructions}
 * @param parameters the point
 * @param boots values of at least one boot; boots are independent of each other
 */
public record Measurement(
        String operation,
        String benchmark,
        String target,
        String metric,
        SequencedMap<String, Long> parameters,
        List<BootSamples> boots) {
    public Measurement {
        parameters = new LinkedHashMap<>(parameters);
        boots = List.copyOf(boots);
        if (boots.isEmpty()) {
            throw new IllegalArgumentException("a measurement needs a boot");
        }
    }

    /** The point in the form that models use: net values, one array per boot. */
    public Point point() {
        Map<String, Double> at =
                parameters.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, entry -> (double) entry.getValue()));
        return new Point(at, boots.stream().map(BootSamples::net).toList());
    }

    /** Summary of the net values of all boots. */
    public Summary summary() {
        return Summary.of(point().values());
    }

    /** Summary of the overhead twin's raw values in all boots. */
    public Summary overhead() {
        return Summary.of(
                boots.stream()
                        .flatMapToLong(boot -> java.util.Arrays.stream(boot.twin()))
                        .asDoubleStream()
                        .toArray());
    }
}
