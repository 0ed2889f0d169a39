package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.GrowthOrder;
import org.feuerprobe.bound.Product;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.Numbers;

/**
 * A fitted cost: {@code intercept + Σ coefficient · product}, which changes at the border of each
 * regime.
 *
 * @param constant the intercept with its interval
 * @param terms growing terms, the fastest first; empty for a constant cost
 * @param regimes changes of the law, ascending; mostly empty
 * @param exact whether the model reproduces every value with zero residual
 * @param largestResidual largest difference between a point's cost and the model, in the metric's
 *     unit
 * @param law text of the exact law, if it has steps by blocks, so that the terms are only its
 *     trend, or if it changes; else empty
 */
public record CostModel(
        Estimate constant,
        List<Term> terms,
        List<Regime> regimes,
        boolean exact,
        double largestResidual,
        String law) {
    private static final double SLOWER = 1.0 / 3;

    /**
     * One growing term.
     *
     * @param blocks the blocks in which the cost is counted, if the product is only its trend
     */
    public record Term(Estimate estimate, Product product, Optional<Blocks> blocks) {
        public Term(Estimate estimate, Product product) {
            this(estimate, product, Optional.empty());
        }

        public Term(double coefficient, Product product) {
            this(Estimate.exact(coefficient), product);
        }

        double at(Map<String, Double> parameters) {
            if (blocks.isEmpty()) {
                return coefficient() * product.at(parameters);
            }
            Map<String, Double> rounded = new LinkedHashMap<>(parameters);
            rounded.computeIfPresent(
                    blocks.get().parameter(), (_, value) -> blocks.get().rounded(value));
            return coefficient() * product.at(rounded);
        }

        public double coefficient() {
            return estimate.value();
        }
    }

    /**
     * Blocks of {@code size} units of a parameter. A partly used block costs as much as a whole
     * one.
     */
    public record Blocks(String parameter, int size) {
        double rounded(double value) {
            return size * Math.ceil(value / size);
        }
    }

    public CostModel {
        terms = List.copyOf(terms);
        regimes = List.copyOf(regimes);
    }

    /** Makes a model without the text of an exact law. */
    public CostModel(
            Estimate constant,
            List<Term> terms,
            List<Regime> regimes,
            boolean exact,
            double largestResidual) {
        this(constant, terms, regimes, exact, largestResidual, "");
    }

    /** The same model with the text of the exact law. */
    CostModel withLaw(String exactLaw) {
        return new CostModel(constant, terms, regimes, exact, largestResidual, exactLaw);
    }

    /** Makes a model without intervals and regimes. */
    public CostModel(double intercept, List<Term> terms, boolean exact, double largestResidual) {
        this(Estimate.exact(intercept), terms, List.of(), exact, largestResidual);
    }

    public double intercept() {
        return constant.value();
    }

    /** Predicted cost at a point. */
    public double at(Map<String, Double> parameters) {
        double cost = intercept();
        for (Term term : terms) {
            cost += term.at(parameters);
        }
        for (Regime regime : regimes) {
            Double value = parameters.get(regime.parameter());
            if (value != null && (value > regime.above() || regime.kind().levelsOff())) {
                cost = behind(regime, value, cost, parameters);
            }
        }
        return cost;
    }

    private double behind(Regime regime, double here, double cost, Map<String, Double> parameters) {
        double size = regime.size().value();
        return switch (regime.kind()) {
            case NONE -> cost;
            case FACTOR -> cost * size;
            case LEVEL -> cost + size;
            case SATURATION, MISSES, FILLING, SIGMOID, ROOT ->
                    cost
                            + size
                                    * regime.kind().done(here, regime.above())
                                    * (regime.ofCoefficient()
                                            ? terms.getFirst().product().at(parameters)
                                            : 1);
            case SLOPE -> cost + size * terms.getFirst().product().at(parameters);
            case BEND, ONSET ->
                    cost
                            + size
                                    * (terms.getFirst().product().at(parameters)
                                            - terms.getFirst()
                                                    .product()
                                                    .at(
                                                            Map.of(
                                                                    regime.parameter(),
                                                                    regime.above())));
        };
    }

    /** The growth class of the model. */
    public Expression growth() {
        return terms.isEmpty() || endsFlat()
                ? new Expression(List.of(Product.ONE))
                : GrowthOrder.simplest(new Expression(terms.stream().map(Term::product).toList()));
    }

    /** Whether the only term has coefficient 0 after the last change. */
    private boolean endsFlat() {
        double bends =
                regimes.stream()
                        .filter(r -> r.kind() == RegimeKind.BEND || r.kind() == RegimeKind.SLOPE)
                        .mapToDouble(r -> r.size().value())
                        .sum();
        return terms.size() == 1 && terms.getFirst().coefficient() + bends == 0;
    }

    /**
     * Whether the growing terms grow much more slowly after the last change than before, so that
     * the cost may be about to level off.
     */
    public boolean slowsDown() {
        if (terms.isEmpty()) {
            return false;
        }
        double slope = terms.getFirst().coefficient();
        double steepest = slope;
        for (Regime regime : regimes) {
            slope =
                    switch (regime.kind()) {
                        case FACTOR -> slope * regime.size().value();
                        case SLOPE, BEND, ONSET -> slope + regime.size().value();
                        case NONE, LEVEL, SATURATION, MISSES, FILLING, SIGMOID, ROOT -> slope;
                    };
            steepest = Math.max(steepest, slope);
        }
        return slope < steepest * SLOWER;
    }

    /** The same cost in a unit that is smaller by {@code factor}. */
    public CostModel times(double factor) {
        List<Term> scaled = new ArrayList<>();
        terms.forEach(term ->
                scaled.add(new Term(term.estimate().times(factor), term.product(), term.blocks())));
        List<Regime> changed = new ArrayList<>();
        for (Regime regime : regimes) {
            changed.add(
                    regime.kind() == RegimeKind.FACTOR
                            ? regime
                            : new Regime(
                                    regime.parameter(),
                                    regime.above(),
                                    regime.next(),
                                    regime.kind(),
                                    regime.size().times(factor),
                                    regime.ofCoefficient()));
        }
        return new CostModel(
                constant.times(factor), scaled, changed, exact, largestResidual * factor);
    }

    /**
     * Text of the model, such as {@code 31 + 0·N_caps}. A parameter without influence has the
     * factor 0.
     */
    public String describe(Iterable<String> parameters) {
        StringBuilder text = new StringBuilder(law.isEmpty() ? trend() : law);
        for (String parameter : parameters) {
            boolean named =
                    terms.stream()
                            .flatMap(term -> term.product().factors().stream())
                            .anyMatch(factor -> factor.parameter().equals(parameter));
            if (!named) {
                text.append(" + 0·").append(parameter);
            }
        }
        if (law.isEmpty()) {
            regimes.forEach(regime -> text.append("; ").append(regime));
        }
        return text.toString();
    }

    private String trend() {
        StringBuilder text = new StringBuilder(Numbers.inFormula(intercept()));
        for (Term term : terms) {
            text.append(term.coefficient() < 0 ? " - " : " + ")
                    .append(Numbers.inFormula(Math.abs(term.coefficient())))
                    .append('·')
                    .append(term.product());
        }
        return text.toString();
    }
}
