package org.feuerprobe.sample;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * All that was measured of one benchmark at one point.
 *
 * @param target where: {@code qemu}, …
 * @param metric what: {@code instructions}, …
 * @param parameters the point
 * @param boots at least one, each independent of the others
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

    /** The point as the models read it: net values, one array a boot. */
    public Point point() {
        Map<String, Double> at =
                parameters.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, entry -> (double) entry.getValue()));
        return new Point(at, boots.stream().map(BootSamples::net).toList());
    }

    /** Net values of all boots. */
    public Summary summary() {
        return Summary.of(point().values());
    }

    /** Raw values of the overhead twin, all boots. */
    public Summary overhead() {
        return Summary.of(
                boots.stream()
                        .flatMapToLong(boot -> java.util.Arrays.stream(boot.twin()))
                        .asDoubleStream()
                        .toArray());
    }
}
