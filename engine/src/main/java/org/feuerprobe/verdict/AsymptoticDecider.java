package org.feuerprobe.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.Factor;
import org.feuerprobe.bound.Product;
import org.feuerprobe.model.Condenser;
import org.feuerprobe.model.CostAnalysis;
import org.feuerprobe.model.ExactFit;
import org.feuerprobe.model.MeanCost;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.Point;

/**
 * Decides whether cost grows as claimed. Counts that repeat exactly are decided by exact laws if
 * one fits. Otherwise the best explanations within and beyond the bound are compared. See {@code
 * docs/verdicts.md}.
 */
final class AsymptoticDecider {
    private final GrowthDecider growth;

    AsymptoticDecider(CostAnalysis analysis, double mostUndetected) {
        growth = new GrowthDecider(analysis, mostUndetected);
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
                notes.add(name + " was not varied, so the verdict does not cover it");
            }
        });
        Optional<MovedTogether> together =
                MovedTogether.in(data, varying, claim.expression().parameters());
        if (together.isPresent()) {
            return together(claim, data, together.get(), range);
        }
        Expression bound = restricted(claim.expression(), varying);
        Optional<Decision> tooFew = tooFew(claim, data, values, varying, range);
        if (tooFew.isPresent()) {
            return tooFew.get();
        }
        Question question = new Question(claim, bound, data, varying, values, range, notes);
        return data.exact()
                ? counted(question, VaryingCounts.of(data))
                : claim.of() == Claim.Case.MEAN
                        ? mean(question)
                        : growth.decide(question, Condenser.condense(data, varying));
    }

    private Decision mean(Question question) {
        question.notes().add("the claim is about the mean, not the worst case");
        return growth.decide(question, MeanCost.of(question.data(), question.varying()));
    }

    /** Decides on values that should repeat exactly. */
    private Decision counted(Question question, VaryingCounts counts) {
        DataSet data = question.data();
        List<String> varying = question.varying();
        boolean varies = counts.any();
        if (question.claim().of() == Claim.Case.MEAN && varies) {
            return mean(question);
        }
        DataSet worst = counts.largest(data);
        if (ExactFit.applies(worst)) {
            Optional<Decision> exact =
                    ExactFit.of(worst, varying, question.bound())
                            .map(law -> ExactDecider.decide(question, law));
            if (exact.isPresent()) {
                return varies ? counts.worstCase(exact.get()) : counts.unlessHidden(exact.get());
            }
            question.notes()
                    .add("the counts repeat exactly, but no simple exact law fits all of them");
        }
        if (!varies) {
            return counts.unlessHidden(growth.decide(question, Condenser.condense(data, varying)));
        }
        Decision typical = growth.decide(question, Condenser.condense(data, varying));
        return typical.kind() == VerdictKind.VIOLATED || counts.unknownShare().isPresent()
                ? counts.worstCase(typical)
                : counts.worstCase(growth.decide(question, Condenser.condense(worst, varying)));
    }

    /**
     * Decides for parameters that never varied independently. The data show the cost along one line
     * only. That can refute a bound, and can decide a bound that names only one of these
     * parameters. Any other bound needs points off the line.
     */
    private Decision together(
            Claim.Asymptotic claim,
            DataSet data,
            MovedTogether moved,
            Map<String, Decision.Span> range) {
        Optional<Expression> along = moved.along(claim.expression());
        if (along.isEmpty()) {
            return Decision.open(
                    moved + ": no size of that kind decides the claim", range, moved.offTheLine());
        }
        Decision line =
                decide(
                        new Claim.Asymptotic(along.get(), claim.mode(), claim.unit(), claim.of()),
                        moved.reduced(data));
        boolean decides = moved.named() <= 1 || line.kind() == VerdictKind.VIOLATED;
        String growth = line.growthClass().map(Object::toString).orElse("an unknown class");
        return decides
                ? line.over(range, line.reason() + "; " + moved)
                : line.uncertified(VerdictKind.INCONCLUSIVE, Optional.of(0.5), line.reason())
                        .over(
                                range,
                                "%s: along that line cost grows as %s, and no size of that kind decides the claim"
                                        .formatted(moved, growth))
                        .asking(moved.offTheLine());
    }

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

    /** The bound without the parameters that do not vary, which act as constants. */
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
        long needed = Thresholds.FEWEST_POINTS;
        boolean enough =
                data.points().stream().map(Point::parameters).distinct().limit(needed).count()
                        == needed;
        List<String> thin =
                varying.stream()
                        .filter(name ->
                                values.getOrDefault(name, Set.of()).size()
                                        < Thresholds.FEWEST_VALUES)
                        .toList();
        if (enough && thin.isEmpty() && !varying.isEmpty()) {
            return Optional.empty();
        }
        long distinct = data.points().stream().map(Point::parameters).distinct().count();
        String reason =
                "%s cannot show growth: %s needs at least %d, and %d values of each parameter"
                        .formatted(
                                Numbers.counted(distinct, "distinct point"),
                                claim,
                                Thresholds.FEWEST_POINTS,
                                Thresholds.FEWEST_VALUES);
        return Optional.of(Decision.open(reason, range, Planner.morePoints(values, reason)));
    }
}
