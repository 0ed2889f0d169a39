package org.feuerprobe.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A product of factors, each parameter at most once, sorted by name. The empty product is 1. */
public record Product(List<Factor> factors) {
    public static final Product ONE = new Product(List.of());

    public Product {
        factors = List.copyOf(factors);
    }

    public static Product of(String parameter, Fraction power, int logPower) {
        return power.isZero() && logPower == 0
                ? ONE
                : new Product(List.of(new Factor(parameter, power, logPower)));
    }

    /** A product of one factor. */
    public static Product of(Factor factor) {
        return factor.isOne() ? ONE : new Product(List.of(factor));
    }

    /** The product with another one: exponents of the same parameter are added. */
    public Product times(Product other) {
        Map<String, Factor> byName = new TreeMap<>();
        List<Factor> all = new ArrayList<>(factors);
        all.addAll(other.factors);
        for (Factor factor : all) {
            byName.merge(factor.parameter(), factor, Factor::times);
        }
        return new Product(byName.values().stream().filter(factor -> !factor.isOne()).toList());
    }

    /**
     * The product's value.
     *
     * @throws IllegalArgumentException if {@code values} lacks a parameter
     */
    public double at(Map<String, Double> values) {
        double product = 1;
        for (Factor factor : factors) {
            Double value = values.get(factor.parameter());
            if (value == null) {
                throw new IllegalArgumentException("no value for parameter " + factor.parameter());
            }
            product *= factor.at(value);
        }
        return product;
    }

    @Override
    public String toString() {
        return factors.isEmpty()
                ? "1"
                : factors.stream().map(Factor::toString).collect(Collectors.joining("·"));
    }
}
