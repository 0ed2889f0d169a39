package org.feuerprobe.verdict;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.GrowthOrder;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.model.ExactFit;
import org.feuerprobe.sample.Numbers;

/** Decides a claim about growth by a law that reproduces exact counts. */
final class ExactDecider {
    private ExactDecider() {}

    static Decision decide(Question question, ExactFit.Law law) {
        CostModel model = law.model();
        boolean certificate = law.deviations().isEmpty();
        Expression growth = model.growth();
        boolean keeps = GrowthOrder.notFaster(growth, question.bound());
        boolean same = keeps && GrowthOrder.notFaster(question.bound(), growth);
        VerdictKind kind =
                !keeps || (!same && question.claim().mode() == Claim.Mode.TIGHT)
                        ? VerdictKind.VIOLATED
                        : same ? VerdictKind.HOLDS : VerdictKind.LOOSE;
        String reason =
                "cost is %s %s, exactly at every point tested"
                        .formatted(law.text(), question.data().metric());
        Optional<Advice> advice = Optional.empty();
        if (!certificate) {
            reason =
                    "cost is %s %s but for %s"
                            .formatted(law.text(), question.data().metric(), deviations(law));
            if (atTheEnd(question, law)) {
                kind = VerdictKind.INCONCLUSIVE;
                reason += ", at the end of the range, where growth would begin";
                advice = Optional.of(Planner.further(question.values(), 1, reason));
            }
        }
        return new Decision(
                kind,
                Optional.of(model),
                certificate ? Optional.of(1.0) : Optional.empty(),
                certificate,
                reason,
                Optional.of(growth),
                Optional.empty(),
                keeps ? 0 : 1,
                question.range(),
                law.deviations(),
                Optional.empty(),
                advice,
                question.notes());
    }

    private static String deviations(ExactFit.Law law) {
        ExactFit.Deviation first = law.deviations().getFirst();
        String more =
                law.deviations().size() > 1
                        ? " and " + (law.deviations().size() - 1) + " more"
                        : "";
        return "%s at %s where it says %s%s"
                .formatted(
                        Numbers.plain(first.found()),
                        place(first.point()),
                        Numbers.plain(first.expected()),
                        more);
    }

    private static String place(Map<String, Double> point) {
        return Numbers.point(new TreeMap<>(point));
    }

    private static boolean atTheEnd(Question question, ExactFit.Law law) {
        for (ExactFit.Deviation deviation : law.deviations()) {
            for (String name : question.varying()) {
                Decision.Span span = question.range().get(name);
                Double at = deviation.point().get(name);
                if (span != null && at != null && at == span.to()) {
                    return true;
                }
            }
        }
        return false;
    }
}
