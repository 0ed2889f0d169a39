package org.feuerprobe.verdict;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Resolution;

/**
 * Origin of a target's metric.
 *
 * @param clock resolution of the clock, if the metric is read from one
 * @param ticks unconverted values by benchmark, if the unit is not one tick of that clock
 * @param unfit why the clock cannot be trusted; empty if it can
 * @param modelled the model that computes the metric; empty if it is measured
 * @param alternatives other sources of a metric that the target does not have
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
