package org.feuerprobe.results;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.ClaimSyntaxException;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.Product;
import org.feuerprobe.model.RegimeKind;

/**
 * A cost model in the form that the results hold: {@code intercept + Σ coefficient · product},
 * which changes at the border of each regime.
 *
 * @param text the model for people, without its unit
 * @param exact whether it reproduces every value
 * @param largestResidual largest difference from the model, in the metric's unit
 * @param law the law that steps by blocks, of which the terms are only the trend; mostly empty
 */
public record StoredModel(
        String text,
        Amount intercept,
        List<Term> terms,
        List<Break> regimes,
        boolean exact,
        double largestResidual,
        Optional<BlockLaw> law) {
    /** Makes a model; a law that steps by blocks is parsed from its text. */
    public StoredModel(
            String text,
            Amount intercept,
            List<Term> terms,
            List<Break> regimes,
            boolean exact,
            double largestResidual) {
        this(text, intercept, terms, regimes, exact, largestResidual, BlockLaw.parse(text));
    }

    /** A number with its interval. The three values are equal if it is known exactly. */
    public record Amount(double value, double low, double high) {
        public static Amount exact(double value) {
            return new Amount(value, value, value);
        }

        public boolean isExact() {
            return low == value && high == value;
        }
    }

    /** One growing term. {@code product} is empty if its text cannot be parsed. */
    public record Term(Amount coefficient, String of, Optional<Product> product) {}

    /**
     * A change of the law between two tested values.
     *
     * @param change {@code factor}, {@code level}, {@code slope}, {@code bend}, {@code saturation},
     *     {@code misses}, {@code filling} or {@code none}
     */
    public record Break(
            String parameter,
            double after,
            double before,
            String change,
            Amount size,
            String text) {
        /**
         * The law by which the cost, or the growing term's coefficient if there is one, approaches
         * a level; such a change has no border to cross.
         */
        public Optional<RegimeKind> levelling() {
            return Arrays.stream(RegimeKind.values())
                    .filter(kind -> kind.levelsOff() && kind.name().equalsIgnoreCase(change))
                    .findFirst();
        }
    }

    public StoredModel {
        terms = List.copyOf(terms);
        regimes = List.copyOf(regimes);
    }

    /** Predicted cost at a point; empty if the model cannot be evaluated there. */
    public Optional<Double> at(Map<String, Double> parameters) {
        if (law.isPresent()) {
            return law.get().at(parameters);
        }
        double cost = intercept.value();
        for (Term term : terms) {
            Optional<Double> value = value(term, parameters);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            cost += term.coefficient().value() * value.get();
        }
        for (Break regime : regimes) {
            Double here = parameters.get(regime.parameter());
            Optional<RegimeKind> levelling = regime.levelling();
            if (here != null && levelling.isPresent()) {
                double whole =
                        terms.isEmpty() ? 1 : value(terms.getFirst(), parameters).orElse(0.0);
                cost += regime.size().value() * levelling.get().done(here, regime.after()) * whole;
            } else if (here != null && here > regime.after()) {
                cost += behind(regime, cost, parameters);
            }
        }
        return Double.isFinite(cost) ? Optional.of(cost) : Optional.empty();
    }

    private double behind(Break regime, double cost, Map<String, Double> parameters) {
        Optional<Term> leading = terms.stream().findFirst();
        double here = leading.flatMap(term -> value(term, parameters)).orElse(0.0);
        return switch (regime.change()) {
            case "factor" -> cost * (regime.size().value() - 1);
            case "level" -> regime.size().value();
            case "slope" -> regime.size().value() * here;
            case "bend" -> {
                double border =
                        leading.flatMap(term ->
                                        value(term, Map.of(regime.parameter(), regime.after())))
                                .orElse(0.0);
                yield regime.size().value() * (here - border);
            }
            default -> 0;
        };
    }

    public static Optional<Double> value(Term term, Map<String, Double> parameters) {
        return term.product()
                .filter(product ->
                        product.factors().stream()
                                .allMatch(f -> parameters.containsKey(f.parameter())))
                .map(product -> product.at(parameters));
    }

    /** Parses a product such as {@code K·N^2 log N}; empty if the text is no product. */
    public static Optional<Product> product(String text) {
        try {
            List<Product> products = Expression.parse("O(" + text + ")").products();
            return products.size() == 1 ? Optional.of(products.getFirst()) : Optional.empty();
        } catch (ClaimSyntaxException | IllegalArgumentException e) {
            return Optional.empty(); // a newer grammar, or not ours: the text is shown instead
        }
    }
}
