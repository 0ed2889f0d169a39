package org.feuerprobe.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.campaign.UnfitClocks;
import org.feuerprobe.guest.PerfEvent;
import org.feuerprobe.plan.Reading;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.sample.Measurement;

/**
 * Which values that a clock timed come from boots whose clock was not found fit? What is counted
 * takes no clock, and the repetition, which gives no values, is not looked at.
 */
public record UnfitSeries(String target, String metric, UnfitClocks clocks) {
    /** Of a campaign: one for each target and metric that is not sound. */
    public static List<UnfitSeries> of(CampaignResult result) {
        return of(
                result.all(),
                boots ->
                        UnfitClocks.of(
                                result.boots().stream()
                                        .filter(boot -> boots.contains(boot.number()))
                                        .toList()));
    }

    /** The same, where {@code clocks} tells of the boots with these numbers. */
    static List<UnfitSeries> of(
            List<Measurement> measurements, Function<Set<Integer>, Optional<UnfitClocks>> clocks) {
        Map<List<String>, Set<Integer>> boots = new LinkedHashMap<>();
        measurements.stream()
                .filter(measurement -> timed(measurement.metric()))
                .forEach(measurement -> {
                    Set<Integer> numbers =
                            boots.computeIfAbsent(
                                    List.of(measurement.target(), measurement.metric()),
                                    _ -> new LinkedHashSet<>());
                    measurement.boots().forEach(boot -> numbers.add(boot.boot()));
                });
        List<UnfitSeries> unfit = new ArrayList<>();
        boots.forEach((series, numbers) ->
                clocks.apply(numbers)
                        .map(found -> new UnfitSeries(series.getFirst(), series.getLast(), found))
                        .ifPresent(unfit::add));
        return unfit;
    }

    /** A board's clock may have any unit, so whatever is no count is a time. */
    public static boolean timed(String metric) {
        boolean read =
                Arrays.stream(Reading.values())
                        .filter(reading -> reading != Reading.CLOCK)
                        .anyMatch(reading -> reading.metric().equals(metric));
        return !read
                && Counter.of(metric).isEmpty()
                && PerfEvent.of(metric).isEmpty()
                && !metric.endsWith("_" + Reading.BYTES.metric());
    }

    boolean speaksOf(String measuredTarget, String measuredMetric) {
        return target.equals(measuredTarget) && metric.equals(measuredMetric);
    }

    /** The same of a target that bears another name. */
    UnfitSeries onTarget(String name) {
        return new UnfitSeries(name, metric, clocks);
    }

    /** What a reader of the values must know, without the full stop. */
    public String warning() {
        return "%s of target %s are not sound: %s".formatted(metric, target, clocks.reason());
    }
}
