package org.feuerprobe.bound;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * How fast may a cost grow? A sum of products of powers and logarithms, constants dropped: {@code
 * O(|S|·K_max + N log N)}. Grammar: {@code docs/bounds.md}.
 */
public record Expression(List<Product> products) {
    public Expression {
        products = List.copyOf(new LinkedHashSet<>(products));
        if (products.isEmpty()) {
            throw new IllegalArgumentException("an expression needs at least one product");
        }
    }

    /** Reads {@code O(...)}; what is wrong, and where, is in the {@link ClaimSyntaxException}. */
    public static Expression parse(String text) {
        return new ExpressionParser(text).bigO();
    }

    /** Names of the parameters in order of first appearance; empty for {@code O(1)}. */
    public SequencedSet<String> parameters() {
        return products.stream()
                .flatMap(product -> product.factors().stream())
                .map(Factor::parameter)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Sum of the products at a point. */
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
