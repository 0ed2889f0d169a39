package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.testbed.Anchors;
import org.feuerprobe.testbed.CycleEstimate;
import org.feuerprobe.testbed.TestbedState;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;

/**
 * What stands beside measured values and decides nothing: the machine's condition, estimates of
 * cycles, figures that others have published.
 *
 * @param estimates by operation
 * @param estimateError how far estimates were off where the truth was at hand, in a sentence; empty
 *     where there are none
 */
public record Beside(
        Optional<TestbedState> state,
        List<Anchors.Figure> anchors,
        Map<String, CycleEstimate> estimates,
        String estimateError) {
    /** Nothing is known beside the measured values. */
    public static final Beside NOTHING = new Beside(Optional.empty(), List.of(), Map.of(), "");

    public Beside {
        anchors = List.copyOf(anchors);
        estimates = Map.copyOf(estimates);
    }

    /** The estimate beside a claim in cycles that could not be measured. */
    public Optional<CycleEstimate> estimate(BoundVerdict verdict) {
        return verdict.kind() == VerdictKind.NOT_MEASURABLE && verdict.metric().equals("cycles")
                ? Optional.ofNullable(estimates.get(verdict.bound().operation()))
                : Optional.empty();
    }

    /** Sentences for the reader of a verdict. */
    public List<String> notes(BoundVerdict verdict) {
        List<String> notes = new ArrayList<>();
        estimate(verdict)
                .ifPresent(estimate -> {
                    notes.add(estimate.text() + ".");
                    if (!estimateError.isEmpty()) {
                        notes.add(estimateError);
                    }
                });
        List<Anchors.Figure> figures = Anchors.of(anchors, List.of(verdict.bound().operation()));
        if (!figures.isEmpty()) {
            notes.add(Anchors.WARNING);
            figures.forEach(figure -> notes.add(figure.text() + "; " + figure.source()));
        }
        return notes;
    }
}
