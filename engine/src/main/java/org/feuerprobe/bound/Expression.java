package org.feuerprobe.bound;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * A growth class, as the sum of products of powers, logarithms and exponentials without constant
 * factors: {@code O(|S|·K_max + N log N)}. Grammar: {@code docs/bounds.md}.
 */
public record Expression(List<Product> products) {
    public Expression {
        products = List.copyOf(new LinkedHashSet<>(products));
        if (products.isEmpty()) {
            throw new IllegalArgumentException("an expression needs at least one product");
        }
    }

    /**
     * Parses {@code O(...)}.
     *
     * @throws ClaimSyntaxException if the text is malformed; it has the reason and the place
     */
    public static Expression parse(String text) {
        return new ExpressionParser(text).bigO();
    }

    /** Names of the parameters in order of first appearance; empty for {@code O(1)}. */
    public SequencedSet<String> parameters() {
        SequencedSet<String> names = new LinkedHashSet<>();
        for (Product product : products) {
            for (Factor factor : product.factors()) {
                names.add(factor.parameter());
            }
        }
        return names;
    }

    /** Value of the sum at a point. */
    public double at(Map<String, Double> values) {
        return products.stream().mapToDouble(product -> product.at(values)).sum();
    }

    @Override
    public String toString() {
        return products.stream()
                .map(Product::toString)
                .collect(Collectors.joining(" + ", "O(", ")"));
    }
}
