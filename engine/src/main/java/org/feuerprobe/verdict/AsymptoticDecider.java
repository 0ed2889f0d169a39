package org.feuerprobe.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.Factor;
import org.feuerprobe.bound.GrowthOrder;
import org.feuerprobe.bound.Product;
import org.feuerprobe.model.Condensed;
import org.feuerprobe.model.Condenser;
import org.feuerprobe.model.CostAnalysis;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.model.ExactFit;
import org.feuerprobe.model.Falling;
import org.feuerprobe.model.GrowthComparison;
import org.feuerprobe.model.MeanCost;
import org.feuerprobe.model.Regime;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.Point;

/**
 * Does the cost grow as claimed? Exact laws first, where counts repeat exactly; otherwise the
 * comparison of the best explanations within and beyond the bound. See {@code docs/verdicts.md}.
 */
final class AsymptoticDecider {
    private static final Expression FLAT = new Expression(List.of(Product.ONE));

    private final CostAnalysis analysis;

    AsymptoticDecider(CostAnalysis analysis) {
        this.analysis = analysis;
    }

    Decision decide(Claim.Asymptotic claim, DataSet data) {
        Map<String, Set<Double>> values = parameterValues(claim.expression(), data);
        Map<String, Decision.Span> range = new LinkedHashMap<>();
        List<String> varying = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        values.forEach((name, set) -> {
            double low = set.stream().mapToDouble(v -> v).min().orElse(0);
            double high = set.stream().mapToDouble(v -> v).max().orElse(0);
            range.put(name, new Decision.Span(low, high));
            if (set.size() > 1) {
                varying.add(name);
            } else if (claim.expression().parameters().contains(name)) {
                notes.add(name + " was not varied: nothing is said of it");
            }
        });
        Expression bound = restricted(claim.expression(), varying);
        Optional<Decision> tooFew = tooFew(claim, data, values, varying, range);
        if (tooFew.isPresent()) {
            return tooFew.get();
        }
        Question question = new Question(claim, bound, data, varying, values, range, notes);
        VaryingCounts counts = VaryingCounts.of(data);
        boolean varies = data.exact() && counts.any();
        if (claim.of() == Claim.Case.MEAN && (varies || !data.exact())) {
            notes.add("the claim speaks of the mean, not of the worst case");
            return compared(question, MeanCost.of(data, varying));
        }
        DataSet worst = data.exact() ? counts.largest(data) : data;
        if (data.exact() && ExactFit.applies(worst)) {
            Optional<Decision> exact =
                    ExactFit.of(worst, varying, bound).map(law -> exact(question, law));
            if (exact.isPresent()) {
                return varies ? counts.worstCase(exact.get()) : exact.get();
            }
            notes.add("the counts repeat exactly, but no simple exact law fits all of them");
        }
        if (!varies) {
            return compared(question, Condenser.condense(data, varying));
        }
        Decision typical = compared(question, Condenser.condense(data, varying));
        return typical.kind() == VerdictKind.VIOLATED || counts.unknownShare().isPresent()
                ? counts.worstCase(typical)
                : counts.worstCase(compared(question, Condenser.condense(worst, varying)));
    }

    private record Question(
            Claim.Asymptotic claim,
            Expression bound,
            DataSet data,
            List<String> varying,
            Map<String, Set<Double>> values,
            Map<String, Decision.Span> range,
            List<String> notes) {}

    private static Map<String, Set<Double>> parameterValues(Expression expression, DataSet data) {
        Map<String, Set<Double>> values = new LinkedHashMap<>();
        expression.parameters().forEach(name -> values.put(name, new LinkedHashSet<>()));
        Set<String> common = new LinkedHashSet<>(data.points().getFirst().parameters().keySet());
        data.points().forEach(point -> common.retainAll(point.parameters().keySet()));
        new TreeMap<String, Boolean>(common.stream().collect(Collectors.toMap(n -> n, n -> true)))
                .keySet()
                .forEach(name -> values.putIfAbsent(name, new LinkedHashSet<>()));
        for (Point point : data.points()) {
            for (Map.Entry<String, Set<Double>> entry : values.entrySet()) {
                Double value = point.parameters().get(entry.getKey());
                if (value == null) {
                    throw new IllegalArgumentException(
                            "a point lacks the parameter " + entry.getKey());
                }
                if (!(value >= 0) || !Double.isFinite(value)) {
                    throw new IllegalArgumentException(
                            entry.getKey()
                                    + "="
                                    + value
                                    + ": a parameter is finite and not negative");
                }
                entry.getValue().add(value == 0 ? 0.0 : value);
            }
        }
        return values;
    }

    /** The bound with the parameters that do not vary left out: they are constants. */
    private static Expression restricted(Expression expression, List<String> varying) {
        List<Product> products = new ArrayList<>();
        for (Product product : expression.products()) {
            List<Factor> factors =
                    product.factors().stream()
                            .filter(factor -> varying.contains(factor.parameter()))
                            .toList();
            products.add(new Product(factors));
        }
        return new Expression(products);
    }

    private static Optional<Decision> tooFew(
            Claim.Asymptotic claim,
            DataSet data,
            Map<String, Set<Double>> values,
            List<String> varying,
            Map<String, Decision.Span> range) {
        if (varying.size() > Thresholds.MOST_PARAMETERS) {
            return Optional.of(
                    Decision.open(
                            "more than three parameters vary at once",
                            range,
                            new Advice(List.of(), 0, 0, "hold all but three parameters fixed")));
        }
        long distinct = data.points().stream().map(Point::parameters).distinct().count();
        List<String> thin =
                varying.stream()
                        .filter(name ->
                                values.getOrDefault(name, Set.of()).size()
                                        < Thresholds.FEWEST_VALUES)
                        .toList();
        if (distinct >= Thresholds.FEWEST_POINTS && thin.isEmpty() && !varying.isEmpty()) {
            return Optional.empty();
        }
        String reason =
                "%d distinct point%s cannot show growth: %s takes at least %d, and %d values of each parameter"
                        .formatted(
                                distinct,
                                distinct == 1 ? "" : "s",
                                claim,
                                Thresholds.FEWEST_POINTS,
                                Thresholds.FEWEST_VALUES);
        return Optional.of(Decision.open(reason, range, Planner.morePoints(values, reason)));
    }

    private static Decision exact(Question question, ExactFit.Law law) {
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

    private Decision compared(Question question, Condensed condensed) {
        if (condensed.setApart() > 0) {
            question.notes()
                    .add(
                            "%d of %d values lie too far out to belong to the typical cost"
                                    .formatted(condensed.setApart(), condensed.values()));
        }
        GrowthComparison comparison = analysis.compare(condensed, question.bound());
        double rises = Falling.chance(condensed);
        Verdict verdict =
                rises < 1 ? falling(question.bound(), rises) : verdict(question, comparison);
        if (question.claim().mode() == Claim.Mode.TIGHT && verdict.kind == VerdictKind.LOOSE) {
            verdict =
                    new Verdict(
                            VerdictKind.VIOLATED,
                            verdict.confidence,
                            "cost grows more slowly than claimed, as "
                                    + comparison.within().growth());
        }
        boolean broken = verdict.kind == VerdictKind.VIOLATED && comparison.gap() > 0;
        CostModel model =
                broken
                        ? comparison.beyond().orElse(comparison.best())
                        : verdict.kind == VerdictKind.INCONCLUSIVE
                                ? comparison.best()
                                : comparison.within();
        Optional<Advice> advice =
                verdict.kind == VerdictKind.INCONCLUSIVE
                        ? Optional.of(Planner.decide(question.values(), condensed, comparison))
                        : Optional.empty();
        return new Decision(
                verdict.kind,
                Optional.of(model),
                Optional.of(verdict.confidence),
                false,
                verdict.reason,
                Optional.of(rises < 1 ? FLAT : model.growth()),
                comparison.exponent(),
                comparison.gap() > 0 ? Math.clamp(comparison.effect(), 0, 1) : 0,
                question.range(),
                List.of(),
                Optional.empty(),
                advice,
                question.notes());
    }

    private static Verdict falling(Expression bound, double doubt) {
        return new Verdict(
                bound.parameters().isEmpty() ? VerdictKind.HOLDS : VerdictKind.LOOSE,
                1 - doubt,
                "cost never rises over the range: it keeps O(1)");
    }

    private record Verdict(VerdictKind kind, double confidence, String reason) {}

    private static Verdict verdict(Question question, GrowthComparison comparison) {
        double strictness = question.varying().size() > 1 ? Thresholds.MORE_PARAMETERS : 0;
        boolean small = comparison.effect() < Thresholds.SMALL_SHARE;
        boolean trifle = comparison.effect() < Thresholds.TRIFLE;
        double needed = strictness + (small ? Thresholds.SLIGHTLY_FASTER : Thresholds.FASTER);
        double allowed =
                trifle
                        ? Thresholds.CERTAIN_TRIFLE
                        : strictness + (small ? Thresholds.SMALL_TIE : Thresholds.TIE);
        double gap = comparison.gap();
        String beyond =
                comparison.beyond().map(model -> model.growth().toString()).orElse("nothing");
        if (comparison.lonelyGap() > 0
                && comparison.lonelyGap() > Math.max(0, gap) - Thresholds.FASTER
                && comparison.lonelyGap() > allowed) {
            return new Verdict(
                    VerdictKind.INCONCLUSIVE,
                    Math.max(odds(gap), odds(-gap)),
                    beyondTheRange(comparison));
        }
        boolean faster = gap >= needed && !trifle && comparison.excess() <= Thresholds.SIGNIFICANCE;
        if (faster && comparison.beyond().map(CostModel::slowsDown).orElse(false)) {
            return new Verdict(
                    VerdictKind.INCONCLUSIVE,
                    Math.max(odds(gap), odds(-gap)),
                    "cost grows as %s and slows down: whether it levels off is beyond the range"
                            .formatted(beyond));
        }
        if (faster) {
            double doubt = Math.max(comparison.excess(), odds(-gap));
            return new Verdict(
                    VerdictKind.VIOLATED,
                    1 - doubt,
                    String.format(
                            Locale.ROOT,
                            "cost grows as %s, faster than claimed: it makes up %.0f %% at the far end",
                            beyond,
                            100 * Math.min(1, comparison.effect())));
        }
        if (comparison.missed().growth() <= Thresholds.SIGNIFICANCE) {
            return new Verdict(
                    VerdictKind.VIOLATED,
                    1 - comparison.missed().growth(),
                    "cost over bound rises at every step of the far half, whatever the law; nearest is "
                            + comparison.best().growth());
        }
        if (comparison.missed().explainsNothing()) {
            return new Verdict(
                    VerdictKind.INCONCLUSIVE,
                    0.5,
                    "no model within the bound explains the points: the best, %s, misses them in a systematic way"
                            .formatted(comparison.within().growth()));
        }
        double doubt = odds(comparison.dominantGap());
        if (gap <= allowed && comparison.dominantGap() <= Thresholds.DOMINANT_EXCLUDED) {
            CostModel within = comparison.within();
            boolean same = GrowthOrder.notFaster(question.bound(), within.growth());
            String per = regimes(within);
            return same
                    ? new Verdict(VerdictKind.HOLDS, 1 - doubt, "cost grows as claimed" + per)
                    : new Verdict(
                            VerdictKind.LOOSE,
                            1 - doubt,
                            "cost grows only as " + within.growth() + per);
        }
        String why =
                gap > allowed
                        ? "growth as %s explains the data about as well as %s"
                                .formatted(beyond, comparison.within().growth())
                        : "growth as fast as %s over half of the cost cannot be excluded"
                                .formatted(beyond);
        return new Verdict(VerdictKind.INCONCLUSIVE, Math.max(odds(gap), odds(-gap)), why);
    }

    private static String regimes(CostModel model) {
        if (model.regimes().isEmpty()) {
            return "";
        }
        return model.regimes().getFirst().kind().levelsOff()
                ? ": it levels off, " + model.regimes().getFirst()
                : " in every regime: " + model.regimes();
    }

    private static String beyondTheRange(GrowthComparison comparison) {
        List<Regime> regimes = comparison.lonely().map(CostModel::regimes).orElse(List.of());
        return !regimes.isEmpty() && regimes.getFirst().kind().levelsOff()
                ? "a cost that levels off beyond the range (%s) explains the data as well as growth"
                        .formatted(regimes.getFirst())
                : "the last point alone departs from the law: a new regime and growth look the same there";
    }

    /** The chance that the side with this score advantage is right, the two being equal before. */
    private static double odds(double advantage) {
        return 1 / (1 + Math.exp(-Math.clamp(advantage, -1400, 1400) / 2));
    }
}
