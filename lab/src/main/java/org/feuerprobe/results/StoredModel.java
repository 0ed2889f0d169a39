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
 * A cost model as the results hold it: {@code intercept + Σ coefficient · product}, changed behind
 * each regime's border.
 *
 * @param text the model for people, without its unit
 * @param exact whether it reproduces every value
 * @param largestResidual in the metric's unit
 * @param law the law that steps by blocks, whose trend the terms are; mostly empty
 */
public record StoredModel(
        String text,
        Amount intercept,
        List<Term> terms,
        List<Break> regimes,
        boolean exact,
        double largestResidual,
        Optional<BlockLaw> law) {
    /** The model as written; the text tells whether it steps by blocks. */
    public StoredModel(
            String text,
            Amount intercept,
            List<Term> terms,
            List<Break> regimes,
            boolean exact,
            double largestResidual) {
        this(text, intercept, terms, regimes, exact, largestResidual, BlockLaw.parse(text));
    }

    /** A number with its interval; the three are equal where it is known exactly. */
    public record Amount(double value, double low, double high) {
        public static Amount exact(double value) {
            return new Amount(value, value, value);
        }

        public boolean isExact() {
            return low == value && high == value;
        }
    }

    /** One growing part; {@code product} is empty where its text cannot be read. */
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

    /** Predicted cost at a point, or empty where the model cannot be evaluated there. */
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

    /** Reads a product such as {@code K·N^2 log N}; empty where it is not one. */
    public static Optional<Product> product(String text) {
        try {
            List<Product> products = Expression.parse("O(" + text + ")").products();
            return products.size() == 1 ? Optional.of(products.getFirst()) : Optional.empty();
        } catch (ClaimSyntaxException | IllegalArgumentException e) {
            return Optional.empty(); // a newer grammar, or not ours: the text is shown instead
        }
    }
}
