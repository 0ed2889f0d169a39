package org.feuerprobe.verdict;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.model.ExactFit;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.Point;

/**
 * The decision on one claim about one data set.
 *
 * @param model the cost model, if one could be fitted
 * @param confidence confidence as a share of 1; empty if none can be stated
 * @param certificate whether the model reproduces every counted value exactly; the verdict is then
 *     certain at the tested points, and says nothing beyond them
 * @param reason one sentence: why this verdict, or what would decide it
 * @param growthClass the growth class that explains the data
 * @param exponent growth exponent relative to the bound; 0 means growth as claimed
 * @param effect share of the cost at the far end that grows faster than the bound
 * @param range smallest and largest value of every measured parameter
 * @param deviations points that an otherwise exact law misses
 * @param tail the evidence, for a claim about a statistic
 * @param advice measurements that would decide it, if it is open
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
    /** A range of values, both ends included. */
    public record Span(double from, double to) {
        /** The range of each parameter. */
        static Map<String, Span> of(DataSet data) {
            Map<String, Span> range = new LinkedHashMap<>();
            for (Point point : data.points()) {
                point.parameters()
                        .forEach((name, value) ->
                                range.merge(name, new Span(value, value), Span::with));
            }
            return range;
        }

        private Span with(Span other) {
            return new Span(Math.min(from, other.from), Math.max(to, other.to));
        }
    }

    public Decision {
        deviations = List.copyOf(deviations);
        notes = List.copyOf(notes);
    }

    /** Makes a decision that has only a reason. */
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

    /** Makes an open decision with a reason. */
    public static Decision open(String reason) {
        return new Decision(
                VerdictKind.INCONCLUSIVE, Optional.empty(), Optional.empty(), false, reason);
    }

    /** Makes an open decision with advice on what would decide it. */
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

    /** The same decision with advice. */
    Decision asking(Advice other) {
        return having(kind, confidence, reason, Optional.of(other));
    }

    /** The same decision with another kind and confidence, after correction over a family. */
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

    /** The same decision without the certificate. */
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

    /** The same decision with a range over more parameters, and another reason. */
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

    /** The same decision with another reason. */
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
