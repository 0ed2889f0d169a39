package org.feuerprobe.verdict;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Resolution;

/**
 * How a target's metric comes about.
 *
 * @param clock how well it resolves, where the metric is read from one
 * @param ticks by benchmark, where a unit is several ticks of that clock, or less than one
 * @param unfit why the clock cannot be trusted; else empty
 * @param modelled which model gives the metric; else empty
 * @param alternatives what else has a metric that the target does not have
 */
record MetricConditions(
        Optional<Resolution> clock,
        Map<String, List<Measurement>> ticks,
        String unfit,
        String modelled,
        Function<String, Optional<String>> alternatives) {
    static final MetricConditions NONE =
            new MetricConditions(Optional.empty(), Map.of(), "", "", _ -> Optional.empty());

    MetricConditions withClock(Resolution resolution, Map<String, List<Measurement>> itsTicks) {
        return new MetricConditions(
                Optional.of(resolution), itsTicks, unfit, modelled, alternatives);
    }

    MetricConditions withUnfitClock(String reason) {
        return new MetricConditions(clock, ticks, reason, modelled, alternatives);
    }

    MetricConditions withModel(String model) {
        return new MetricConditions(clock, ticks, unfit, model, alternatives);
    }

    MetricConditions withAlternatives(Function<String, Optional<String>> source) {
        return new MetricConditions(clock, ticks, unfit, modelled, source);
    }
}
