package org.feuerprobe.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.model.ExactFit;
import org.feuerprobe.model.Regime;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.verdict.Advice;
import org.feuerprobe.verdict.Decision;
import org.feuerprobe.verdict.ProvedCost;
import org.feuerprobe.verdict.StatisticEvidence;
import org.jspecify.annotations.Nullable;

/**
 * Decisions as JSON: whole ones as {@code check} prints them ({@code docs/check.md}), and the parts
 * that the documents of a campaign share with them ({@code docs/results.md}).
 */
public final class DecisionDocument {
    private DecisionDocument() {}

    /**
     * The answer to one data set.
     *
     * @param further notes on the input
     */
    public static Map<String, Object> of(Object id, Decision decision, List<String> further) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("verdict", decision.kind().name());
        fields.put("class", decision.growthClass().map(Object::toString).orElse(null));
        fields.put("confidence", decision.confidence().map(DecisionDocument::number).orElse(null));
        fields.put("certificate", decision.certificate());
        Iterable<String> parameters = new TreeMap<>(decision.range()).keySet();
        fields.put(
                "model",
                decision.model()
                        .map(model -> model(model, model.describe(parameters)))
                        .orElse(null));
        fields.put("regimes", decision.model().map(DecisionDocument::regimes).orElse(List.of()));
        Map<String, Object> range = new TreeMap<>();
        decision.range().forEach((name, span) -> range.put(name, span(span.from(), span.to())));
        fields.put("range", range);
        fields.put("excess_share", number(decision.effect()));
        putDetails(fields, decision);
        fields.put("reason", decision.reason());
        List<String> notes = new ArrayList<>(decision.notes());
        notes.addAll(further);
        fields.put("notes", notes);
        return fields;
    }

    /** Adds the details of a decision without its model; a key is left out if it has no value. */
    static void putDetails(Map<String, Object> fields, Decision decision) {
        decision.exponent().ifPresent(e -> fields.put("excess_exponent", estimate(e)));
        decision.tail().ifPresent(tail -> fields.put("statistic", statistic(tail)));
        if (!decision.deviations().isEmpty()) {
            fields.put(
                    "deviations",
                    decision.deviations().stream().map(DecisionDocument::deviation).toList());
        }
        decision.advice().ifPresent(advice -> fields.put("needs", advice(advice)));
    }

    /** A proved worst case that settles a claim. */
    static Map<String, Object> proved(ProvedCost cost) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("function", cost.function());
        fields.put("law", cost.law());
        fields.put("where", cost.where());
        fields.put("ratio", span(cost.least(), cost.most()));
        return fields;
    }

    /** A cost model without its regimes, which are written beside it or in it. */
    static Map<String, Object> model(CostModel model, String text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("text", text);
        fields.put("intercept", estimate(model.constant()));
        List<Object> terms = new ArrayList<>();
        for (CostModel.Term term : model.terms()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("of", term.product().toString());
            one.put("coefficient", number(term.coefficient()));
            one.put("low", number(term.estimate().low()));
            one.put("high", number(term.estimate().high()));
            terms.add(one);
        }
        fields.put("terms", terms);
        fields.put("exact", model.exact());
        fields.put("largest_residual", number(model.largestResidual()));
        return fields;
    }

    static List<Object> regimes(CostModel model) {
        return model.regimes().stream().<Object>map(DecisionDocument::regime).toList();
    }

    /** A range, from its smallest to its largest value. */
    static List<@Nullable Object> span(double from, double to) {
        return Arrays.asList(number(from), number(to));
    }

    private static Map<String, Object> regime(Regime regime) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("parameter", regime.parameter());
        fields.put("after", number(regime.above()));
        fields.put("before", number(regime.next()));
        fields.put("change", regime.kind().name().toLowerCase(Locale.ROOT));
        fields.put("size", estimate(regime.size()));
        fields.put("text", regime.toString());
        return fields;
    }

    private static Map<String, Object> deviation(ExactFit.Deviation deviation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("point", place(deviation.point()));
        fields.put("expected", number(deviation.expected()));
        fields.put("found", number(deviation.found()));
        return fields;
    }

    private static Map<String, Object> statistic(StatisticEvidence evidence) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", evidence.statistic());
        fields.put("value", estimate(evidence.estimate()));
        fields.put("n", evidence.values());
        fields.put("required_n", evidence.required());
        fields.put("observed_max", number(evidence.observedMaximum()));
        fields.put("above_limit", evidence.above());
        evidence.tail()
                .ifPresent(tail -> {
                    Map<String, Object> model = new LinkedHashMap<>();
                    model.put("threshold", number(tail.threshold()));
                    model.put("exceedances", tail.exceedances());
                    model.put("scale", number(tail.scale()));
                    model.put("shape", number(tail.shape()));
                    model.put("anderson_darling", number(tail.andersonDarling()));
                    model.put("fit_p", number(tail.fit()));
                    fields.put("tail", model);
                });
        evidence.tailDeclined().ifPresent(why -> fields.put("tail_declined", why));
        return fields;
    }

    private static Map<String, Object> advice(Advice advice) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("points", advice.points().stream().map(DecisionDocument::place).toList());
        fields.put("boots", advice.boots());
        fields.put("values", advice.values());
        fields.put("reason", advice.reason());
        return fields;
    }

    private static Map<String, Object> place(Map<String, Double> point) {
        Map<String, Object> place = new TreeMap<>();
        point.forEach((name, value) -> place.put(name, number(value)));
        return place;
    }

    /** A number with its interval. The ends are equal if it is exact, and null if not known. */
    static Map<String, Object> estimate(Estimate estimate) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("value", number(estimate.value()));
        fields.put("low", number(estimate.low()));
        fields.put("high", number(estimate.high()));
        fields.put("level", estimate.level());
        return fields;
    }

    /** Writes whole numbers without a fraction, as counts; null if the number is not known. */
    public static @Nullable Object number(double value) {
        if (!Double.isFinite(value)) {
            return null;
        }
        return Numbers.number(value);
    }
}
