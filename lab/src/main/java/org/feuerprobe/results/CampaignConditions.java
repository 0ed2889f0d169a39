package org.feuerprobe.results;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.testbed.CycleEstimate;
import org.feuerprobe.testbed.TestbedState;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;

/**
 * Conditions of a campaign: the state of the machine, and estimates where it could not measure.
 * None of it decides.
 *
 * @param estimates estimated cycles, by operation
 * @param estimateError error of the estimates, in a sentence; empty if there are none
 */
public record CampaignConditions(
        Optional<TestbedState> state, Map<String, CycleEstimate> estimates, String estimateError) {
    /** Nothing is known. */
    public static final CampaignConditions UNKNOWN =
            new CampaignConditions(Optional.empty(), Map.of(), "");

    public CampaignConditions {
        estimates = Map.copyOf(estimates);
    }

    /** The estimate for a claim in cycles that could not be measured. */
    public Optional<CycleEstimate> estimate(BoundVerdict verdict) {
        return verdict.kind() == VerdictKind.NOT_MEASURABLE && Metric.CYCLES.is(verdict.metric())
                ? Optional.ofNullable(estimates.get(verdict.bound().operation()))
                : Optional.empty();
    }

    /** Sentences for the reader of a verdict. */
    List<String> notes(BoundVerdict verdict) {
        return estimate(verdict).stream()
                .map(estimate ->
                        "For orientation: "
                                + estimate.text()
                                + "."
                                + (estimateError.isEmpty() ? "" : " " + estimateError))
                .toList();
    }
}
