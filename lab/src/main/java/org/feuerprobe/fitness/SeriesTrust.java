package org.feuerprobe.fitness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;

/**
 * Trust in all figures of one metric that one target measured.
 *
 * @param target name of the target
 * @param metric name of the metric
 */
public record SeriesTrust(String target, String metric, Trust trust) {
    /**
     * Trust in each target and metric that was measured. A timed figure rests on the clock of each
     * boot that it comes from; every figure rests on its source. The boot that repeats another
     * gives no values, so its clock does not matter. A boot whose clock is not in the list is
     * unknown.
     *
     * @param clocks trust in the clock of each boot
     * @param sources trust in the source of some figures, for all boots; others need none
     */
    public static List<SeriesTrust> of(
            List<Measurement> measurements, List<BootTrust> clocks, List<SeriesTrust> sources) {
        Map<List<String>, Set<Integer>> boots = new LinkedHashMap<>();
        for (Measurement measurement : measurements) {
            Set<Integer> numbers =
                    boots.computeIfAbsent(
                            List.of(measurement.target(), measurement.metric()),
                            _ -> new LinkedHashSet<>());
            measurement.boots().forEach(boot -> numbers.add(boot.boot()));
        }
        List<SeriesTrust> found = new ArrayList<>();
        boots.forEach((series, numbers) -> {
            String target = series.getFirst();
            String metric = series.getLast();
            found.add(
                    new SeriesTrust(
                            target,
                            metric,
                            clock(metric, numbers, clocks).and(source(sources, target, metric))));
        });
        return found;
    }

    private static Trust source(List<SeriesTrust> sources, String target, String metric) {
        return in(sources, target, metric).orElse(Trust.fit(""));
    }

    private static Trust clock(String metric, Set<Integer> boots, List<BootTrust> clocks) {
        return Metric.of(metric).timed()
                ? BootTrust.all(boots.stream().map(boot -> BootTrust.in(clocks, boot)).toList())
                : Trust.fit("what is counted takes no clock");
    }

    /** Trust in the figures of this target and metric; empty if nothing is said of them. */
    public static Optional<Trust> in(List<SeriesTrust> found, String target, String metric) {
        return found.stream()
                .filter(series -> series.speaksOf(target, metric))
                .map(SeriesTrust::trust)
                .reduce(Trust::and);
    }

    /** Whether this is about the figures of that target and metric. */
    public boolean speaksOf(String measuredTarget, String measuredMetric) {
        return target.equals(measuredTarget) && metric.equals(measuredMetric);
    }

    /** The same for a target that has another name. */
    public SeriesTrust onTarget(String name) {
        return new SeriesTrust(name, metric, trust);
    }

    /** What a reader of the figures must know, without the full stop. */
    public String warning() {
        return "%s of target %s are not sound: %s".formatted(metric, target, trust.text());
    }
}
