package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.Factor;
import org.feuerprobe.bound.Fraction;
import org.feuerprobe.bound.GrowthOrder;
import org.feuerprobe.bound.Product;

/**
 * Dictionary of the growing terms that are considered, in the performance model normal form
 * (Calotoiu et al., SC 2013): powers, also fractional ones, times logarithms, and their products
 * over the parameters. It also contains the bound's own products, alone and multiplied by a slowly
 * or quickly growing factor.
 *
 * <p>Textbook classes have no penalty. A rarer class must explain the data better by its penalty.
 */
final class TermDictionary {
    private static final double COMMON = 0;
    private static final double MIXED = 2;
    private static final double UNUSUAL = 5;
    private static final double RARE = 9;

    /** Numerator and denominator of a power, exponent of the logarithm, and rarity of the class. */
    private record Shape(int numerator, int denominator, int logs, double cost) {
        Product of(String parameter) {
            return Product.of(parameter, new Fraction(numerator, denominator), logs);
        }
    }

    private static final List<Shape> ONE_PARAMETER =
            List.of(
                    new Shape(0, 1, 1, COMMON),
                    new Shape(1, 1, 0, COMMON),
                    new Shape(1, 1, 1, COMMON),
                    new Shape(2, 1, 0, COMMON),
                    new Shape(3, 1, 0, COMMON),
                    new Shape(1, 2, 0, UNUSUAL),
                    new Shape(3, 2, 0, UNUSUAL),
                    new Shape(0, 1, 2, UNUSUAL),
                    new Shape(1, 1, 2, UNUSUAL),
                    new Shape(2, 1, 1, UNUSUAL),
                    new Shape(1, 4, 0, RARE),
                    new Shape(1, 3, 0, RARE),
                    new Shape(2, 3, 0, RARE),
                    new Shape(3, 4, 0, RARE),
                    new Shape(5, 4, 0, RARE),
                    new Shape(7, 4, 0, RARE),
                    new Shape(5, 2, 0, RARE),
                    new Shape(1, 2, 1, RARE),
                    new Shape(3, 2, 1, RARE),
                    new Shape(3, 1, 1, RARE),
                    new Shape(4, 1, 0, RARE));

    private static final List<Shape> TWO_PARAMETERS =
            List.of(
                    new Shape(0, 1, 1, COMMON),
                    new Shape(1, 1, 0, COMMON),
                    new Shape(1, 1, 1, MIXED),
                    new Shape(2, 1, 0, COMMON),
                    new Shape(1, 2, 0, UNUSUAL),
                    new Shape(3, 2, 0, UNUSUAL),
                    new Shape(2, 1, 1, UNUSUAL),
                    new Shape(3, 1, 0, UNUSUAL));

    private static final List<Shape> THREE_PARAMETERS =
            List.of(
                    new Shape(0, 1, 1, COMMON),
                    new Shape(1, 1, 0, COMMON),
                    new Shape(1, 1, 1, MIXED),
                    new Shape(2, 1, 0, COMMON));

    private static final List<Shape> FACTORS_ON_THE_BOUND =
            List.of(
                    new Shape(0, 1, 1, UNUSUAL),
                    new Shape(1, 2, 0, UNUSUAL),
                    new Shape(1, 1, 0, UNUSUAL),
                    new Shape(1, 4, 0, RARE));

    /**
     * The terms for one bound.
     *
     * @param crossed indices of two terms of different parameters and of their product
     */
    record Terms(List<CandidateTerm> list, List<int[]> crossed) {}

    private TermDictionary() {}

    /** All terms over {@code parameters}, without repetition, the bound's own first. */
    static Terms over(List<String> parameters, Expression bound) {
        Map<Product, Double> costs = new LinkedHashMap<>();
        for (Product product : bound.products()) {
            put(costs, product, 0);
        }
        List<Shape> shapes =
                switch (parameters.size()) {
                    case 0, 1 -> ONE_PARAMETER;
                    case 2 -> TWO_PARAMETERS;
                    default -> THREE_PARAMETERS;
                };
        for (Map.Entry<Product, Double> entry : products(parameters, shapes).entrySet()) {
            put(costs, entry.getKey(), entry.getValue());
        }
        for (Product product : bound.products()) {
            for (Factor factor : product.factors()) {
                for (Shape shape : FACTORS_ON_THE_BOUND) {
                    put(costs, product.times(shape.of(factor.parameter())), shape.cost());
                }
            }
        }
        Set<String> all = Set.copyOf(parameters);
        GrowthOrder order = new GrowthOrder(bound, all);
        List<CandidateTerm> terms = new ArrayList<>();
        costs.forEach(
                (product, cost) -> terms.add(CandidateTerm.of(product, cost, order, bound, all)));
        return new Terms(List.copyOf(terms), crossed(terms));
    }

    private static List<int[]> crossed(List<CandidateTerm> terms) {
        Map<Product, Integer> index = new LinkedHashMap<>();
        terms.forEach(term -> index.put(term.product(), index.size()));
        List<int[]> crossed = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            for (int j = i + 1; j < terms.size(); j++) {
                Product a = terms.get(i).product();
                Product b = terms.get(j).product();
                boolean usual = terms.get(i).cost() + terms.get(j).cost() <= MIXED;
                Integer both = usual && disjoint(a, b) ? index.get(a.times(b)) : null;
                if (both != null) {
                    crossed.add(new int[] {i, j, both});
                }
            }
        }
        return List.copyOf(crossed);
    }

    private static boolean disjoint(Product a, Product b) {
        return a.factors().stream()
                .noneMatch(factor ->
                        b.factors().stream()
                                .anyMatch(other -> other.parameter().equals(factor.parameter())));
    }

    private static Map<Product, Double> products(List<String> parameters, List<Shape> shapes) {
        Map<Product, Double> products = new LinkedHashMap<>();
        products.put(Product.ONE, 0.0);
        for (String parameter : parameters) {
            Map<Product, Double> longer = new LinkedHashMap<>(products);
            for (Map.Entry<Product, Double> entry : products.entrySet()) {
                for (Shape shape : shapes) {
                    longer.merge(
                            entry.getKey().times(shape.of(parameter)),
                            entry.getValue() + shape.cost(),
                            Math::min);
                }
            }
            products = longer;
        }
        return products;
    }

    private static void put(Map<Product, Double> costs, Product product, double cost) {
        if (!product.factors().isEmpty()) {
            costs.merge(product, cost, Math::min);
        }
    }
}
