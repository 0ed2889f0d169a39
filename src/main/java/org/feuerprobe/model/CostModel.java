package org.feuerprobe.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.Product;

/**
 * The fitted function: {@code intercept + Σ coefficient · product}.
 *
 * @param terms growing terms; empty for a constant cost
 * @param exact whether it reproduces every value with zero residual in whole numbers
 * @param largestResidual largest distance of a value from the model, in the metric's unit
 */
public record CostModel(double intercept, List<Term> terms, boolean exact, double largestResidual) {
    /** One growing part. */
    public record Term(double coefficient, Product product) {}

    public CostModel {
        terms = List.copyOf(terms);
    }

    /** Predicted cost at a point. */
    public double at(Map<String, Double> parameters) {
        double cost = intercept;
        for (Term term : terms) {
            cost += term.coefficient() * term.product().at(parameters);
        }
        return cost;
    }

    /** The growth class that the model stands for. */
    public Expression growth() {
        return new Expression(
                terms.isEmpty()
                        ? List.of(Product.ONE)
                        : terms.stream().map(Term::product).toList());
    }

    /** {@code 31 + 0·N_caps}: a parameter that has no influence is named with the factor 0. */
    public String describe(Iterable<String> parameters) {
        StringBuilder text = new StringBuilder(number(intercept));
        for (Term term : terms) {
            text.append(term.coefficient() < 0 ? " - " : " + ")
                    .append(number(Math.abs(term.coefficient())))
                    .append('·')
                    .append(term.product());
        }
        for (String parameter : parameters) {
            boolean named =
                    terms.stream()
                            .flatMap(term -> term.product().factors().stream())
                            .anyMatch(factor -> factor.parameter().equals(parameter));
            if (!named) {
                text.append(" + 0·").append(parameter);
            }
        }
        return text.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
