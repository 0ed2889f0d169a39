package org.feuerprobe.verdict;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.model.ExactFit;
import org.feuerprobe.sample.Estimate;

/**
 * The outcome of deciding one claim on one data set.
 *
 * @param model the fitted cost, where one could be fitted
 * @param confidence how sure, as a share of 1, or empty where none can be stated
 * @param certificate whether the model reproduces every counted value exactly: then the verdict is
 *     certain over the points that were tested, and says nothing beyond them
 * @param reason one sentence: why this verdict, or what would decide it
 * @param growthClass the class that explains the data
 * @param exponent growth exponent relative to the bound; 0 means as declared
 * @param effect share of the cost at the far end that grows beyond the bound
 * @param range smallest and largest value of every parameter that was measured
 * @param deviations points that an otherwise exact law misses
 * @param tail what decided a claim about a statistic
 * @param advice what would decide it, where it is open
 * @param notes further facts that a reader must know
 */
public record Decision(
        VerdictKind kind,
        Optional<CostModel> model,
        Optional<Double> confidence,
        boolean certificate,
        String reason,
        Optional<Expression> growthClass,
        Optional<Estimate> exponent,
        double effect,
        Map<String, Span> range,
        List<ExactFit.Deviation> deviations,
        Optional<StatisticEvidence> tail,
        Optional<Advice> advice,
        List<String> notes) {
    /** From where to where, both included. */
    public record Span(double from, double to) {}

    public Decision {
        deviations = List.copyOf(deviations);
        notes = List.copyOf(notes);
    }

    /** A decision with nothing but its reason. */
    public Decision(
            VerdictKind kind,
            Optional<CostModel> model,
            Optional<Double> confidence,
            boolean certificate,
            String reason) {
        this(
                kind,
                model,
                confidence,
                certificate,
                reason,
                model.map(CostModel::growth),
                Optional.empty(),
                0,
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** An open verdict for this reason. */
    public static Decision open(String reason) {
        return new Decision(
                VerdictKind.INCONCLUSIVE, Optional.empty(), Optional.empty(), false, reason);
    }

    /** An open verdict and what would decide it. */
    static Decision open(String reason, Map<String, Span> range, Advice advice) {
        return new Decision(
                VerdictKind.INCONCLUSIVE,
                Optional.empty(),
                Optional.empty(),
                false,
                reason,
                Optional.empty(),
                Optional.empty(),
                0,
                range,
                List.of(),
                Optional.empty(),
                Optional.of(advice),
                List.of());
    }

    /** The same, and what would decide it. */
    Decision asking(Advice other) {
        return having(kind, confidence, reason, Optional.of(other));
    }

    /** The same with another kind and confidence, as after correction over a family. */
    public Decision corrected(VerdictKind newKind, double newConfidence, String newReason) {
        return having(newKind, Optional.of(newConfidence), newReason, advice);
    }

    private Decision having(
            VerdictKind newKind,
            Optional<Double> newConfidence,
            String newReason,
            Optional<Advice> newAdvice) {
        return new Decision(
                newKind,
                model,
                newConfidence,
                certificate,
                newReason,
                growthClass,
                exponent,
                effect,
                range,
                deviations,
                tail,
                newAdvice,
                notes);
    }

    /** The same, but not certain over the tested points. */
    Decision uncertified(VerdictKind newKind, Optional<Double> newConfidence, String newReason) {
        return new Decision(
                newKind,
                model,
                newConfidence,
                false,
                newReason,
                growthClass,
                exponent,
                effect,
                range,
                deviations,
                tail,
                advice,
                notes);
    }

    /** The same over a range that names more parameters, in other words. */
    Decision over(Map<String, Span> wider, String other) {
        return new Decision(
                kind,
                model,
                confidence,
                certificate,
                other,
                growthClass,
                exponent,
                effect,
                wider,
                deviations,
                tail,
                advice,
                notes);
    }

    /** The same in other words. */
    Decision because(String other) {
        return new Decision(
                kind,
                model,
                confidence,
                certificate,
                other,
                growthClass,
                exponent,
                effect,
                range,
                deviations,
                tail,
                advice,
                notes);
    }
}
