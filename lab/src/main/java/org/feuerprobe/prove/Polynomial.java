package org.feuerprobe.prove;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A sum of products of parameters with exact coefficients: {@code 17 + 7·ceil(K_max/64)}.
 *
 * @param terms the coefficient of each product; a product is its factors in order, the empty one is
 *     the constant; no coefficient is zero
 */
record Polynomial(SortedMap<List<Atom>, Ratio> terms) {
    private static final Comparator<List<Atom>> ORDER =
            Comparator.<List<Atom>>comparingInt(List::size).thenComparing(List::toString);

    static final Polynomial ZERO = new Polynomial(new TreeMap<>(ORDER));

    Polynomial {
        SortedMap<List<Atom>, Ratio> copy = new TreeMap<>(ORDER);
        terms.forEach((product, factor) -> {
            if (!factor.isZero()) {
                copy.put(product, factor);
            }
        });
        terms = copy;
    }

    static Polynomial of(long constant) {
        return ofTerm(List.of(), Ratio.of(constant));
    }

    static Polynomial of(Atom atom) {
        return ofTerm(List.of(atom), Ratio.ONE);
    }

    private static Polynomial ofTerm(List<Atom> product, Ratio factor) {
        SortedMap<List<Atom>, Ratio> terms = new TreeMap<>(ORDER);
        terms.put(product, factor);
        return new Polynomial(terms);
    }

    static Polynomial quotient(boolean up, Polynomial of, long by) {
        if (of.isConstant()) {
            long value = of.constant().floor();
            return of(up ? Math.ceilDiv(value, by) : Math.floorDiv(value, by));
        }
        return by == 1 ? of : of(new Atom.Quotient(up, of, by));
    }

    static Polynomial logarithm(Polynomial of) {
        Atom atom = new Atom.Logarithm(of);
        return of.isConstant() ? of(atom.at(Map.of())) : of(atom);
    }

    Polynomial plus(Polynomial other) {
        SortedMap<List<Atom>, Ratio> sum = new TreeMap<>(ORDER);
        sum.putAll(terms);
        other.terms.forEach((product, factor) -> sum.merge(product, factor, Ratio::plus));
        return new Polynomial(sum);
    }

    Polynomial minus(Polynomial other) {
        return plus(other.times(Ratio.of(-1)));
    }

    Polynomial times(Ratio factor) {
        SortedMap<List<Atom>, Ratio> scaled = new TreeMap<>(ORDER);
        terms.forEach((product, own) -> scaled.put(product, own.times(factor)));
        return new Polynomial(scaled);
    }

    Polynomial times(Polynomial other) {
        SortedMap<List<Atom>, Ratio> result = new TreeMap<>(ORDER);
        terms.forEach((product, factor) ->
                other.terms.forEach((otherProduct, otherFactor) -> {
                    List<Atom> both = new ArrayList<>(product);
                    both.addAll(otherProduct);
                    both.sort(null);
                    result.merge(List.copyOf(both), factor.times(otherFactor), Ratio::plus);
                }));
        return new Polynomial(result);
    }

    /** Whether it is at least the other at every point, as far as the coefficients show. */
    boolean covers(Polynomial other) {
        return minus(other).terms.values().stream().noneMatch(Ratio::isNegative);
    }

    /** Larger than both at every point: the larger of each pair of coefficients. */
    Polynomial above(Polynomial other) {
        SortedMap<List<Atom>, Ratio> larger = new TreeMap<>(ORDER);
        terms.forEach((product, factor) -> larger.put(product, factor.max(other.factor(product))));
        other.terms.forEach((product, factor) -> larger.put(product, factor.max(factor(product))));
        return new Polynomial(larger);
    }

    private Ratio factor(List<Atom> product) {
        return terms.getOrDefault(product, Ratio.ZERO);
    }

    boolean isConstant() {
        return terms.keySet().stream().allMatch(List::isEmpty);
    }

    boolean isSum() {
        return terms.size() > 1;
    }

    boolean hasMinus() {
        return terms.values().stream().anyMatch(Ratio::isNegative);
    }

    Ratio constant() {
        return factor(List.of());
    }

    /** Its value at a point, rounded down: no path takes half an instruction. */
    long at(Map<String, Long> point) {
        Ratio sum = Ratio.ZERO;
        for (Map.Entry<List<Atom>, Ratio> term : terms.entrySet()) {
            Ratio value = term.getValue();
            for (Atom atom : term.getKey()) {
                value = value.times(Ratio.of(atom.at(point)));
            }
            sum = sum.plus(value);
        }
        return sum.floor();
    }

    Polynomial with(String parameter, Polynomial value) {
        Polynomial result = ZERO;
        for (Map.Entry<List<Atom>, Ratio> term : terms.entrySet()) {
            Polynomial product = ofTerm(List.of(), term.getValue());
            for (Atom atom : term.getKey()) {
                product = product.times(atom.with(parameter, value));
            }
            result = result.plus(product);
        }
        return result;
    }

    void collect(Set<String> parameters) {
        terms.keySet().forEach(product -> product.forEach(atom -> atom.collect(parameters)));
    }

    @Override
    public String toString() {
        if (terms.isEmpty()) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        terms.forEach((product, factor) -> {
            Ratio shown = factor;
            if (!text.isEmpty()) {
                text.append(factor.isNegative() ? " - " : " + ");
                shown = factor.isNegative() ? factor.negated() : factor;
            }
            String atoms = product.stream().map(Atom::toString).collect(Collectors.joining("*"));
            if (product.isEmpty()) {
                text.append(shown);
            } else {
                text.append(shown.equals(Ratio.ONE) ? "" : shown + "*").append(atoms);
            }
        });
        return text.toString();
    }
}
