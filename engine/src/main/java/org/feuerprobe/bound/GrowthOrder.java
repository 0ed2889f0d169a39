package org.feuerprobe.bound;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Order of growth: decides whether a product grows no faster than an expression, however its
 * parameters go to infinity.
 *
 * <p>Every parameter grows as {@code n_i = L^{u_i}} for a direction {@code u >= 0}. A product then
 * grows as {@code L^{p·u}·log(L)^q}, where {@code q} is the sum of the exponents of the logarithms
 * of parameters that grow. The product is within the expression if, along every direction, some
 * product of the expression grows at least as fast; powers are compared before logarithms. For pure
 * powers this is membership in the downward closure of the Newton polytope, so {@code sqrt(S·K)} is
 * within {@code O(S + K)}.
 *
 * <p>Directions are the grid of whole numbers up to {@value #FINEST}, or up to 2 with more than
 * three parameters. This is exact for exponents whose decisive directions lie on that grid.
 * Exponentials and factorials, whose logarithms grow as {@code n} and {@code n log n}, are compared
 * first. Cost: {@code 9^parameters} comparisons, or {@code 3^parameters} with more than three.
 */
public final class GrowthOrder {
    private static final int FINEST = 8;
    private static final double NEAR = 1e-9;

    private final List<Product> bound;
    private final List<String> parameters;
    private final List<int[]> directions = new ArrayList<>();

    /**
     * Prepares comparisons with a bound.
     *
     * @param bound the expression to compare with
     * @param parameters all parameters that products may name
     */
    public GrowthOrder(Expression bound, Set<String> parameters) {
        this.bound = bound.products();
        Set<String> all = new LinkedHashSet<>(parameters);
        all.addAll(bound.parameters());
        this.parameters = List.copyOf(all);
        int finest = this.parameters.size() <= 3 ? FINEST : 2;
        fill(new int[this.parameters.size()], 0, finest);
    }

    /** Whether the product grows no faster than the bound. */
    public boolean within(Product product) {
        return directions.stream().allMatch(direction -> within(product, direction));
    }

    /** Whether {@code a} and {@code b} grow equally fast. */
    public static boolean same(Expression a, Expression b) {
        return notFaster(a, b) && notFaster(b, a);
    }

    /** Whether {@code a} grows no faster than {@code b}. */
    public static boolean notFaster(Expression a, Expression b) {
        GrowthOrder order = new GrowthOrder(b, a.parameters());
        return a.products().stream().allMatch(order::within);
    }

    /** The expression without products that its other products dominate. */
    public static Expression simplest(Expression expression) {
        List<Product> kept = new ArrayList<>(expression.products());
        for (Product product : expression.products()) {
            List<Product> others = new ArrayList<>(kept);
            others.remove(product);
            if (!others.isEmpty()
                    && notFaster(new Expression(List.of(product)), new Expression(others))) {
                kept.remove(product);
            }
        }
        return new Expression(kept);
    }

    private void fill(int[] direction, int position, int finest) {
        if (position == direction.length) {
            directions.add(direction.clone());
            return;
        }
        for (int i = 0; i <= finest; i++) {
            direction[position] = i;
            fill(direction, position + 1, finest);
        }
    }

    private boolean within(Product product, int[] direction) {
        double power = power(product, direction);
        int logs = logs(product, direction);
        for (Product other : bound) {
            int beyondPowers = beyondPowers(product, other, direction);
            double difference = power - power(other, direction);
            if (beyondPowers < 0
                    || (beyondPowers == 0
                            && (difference < -NEAR
                                    || (difference < NEAR && logs <= logs(other, direction))))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Compares the parts that outgrow every power, along a direction, and returns the sign of the
     * difference. The fastest parameters decide, and their factorials before their bases.
     */
    private int beyondPowers(Product product, Product other, int[] direction) {
        for (int speed = FINEST; speed > 0; speed--) {
            int factorials = 0;
            double bases = 0;
            for (int i = 0; i < direction.length; i++) {
                if (direction[i] == speed) {
                    factorials += factorials(product, i) - factorials(other, i);
                    bases += logBase(product, i) - logBase(other, i);
                }
            }
            if (factorials != 0) {
                return Integer.signum(factorials);
            }
            if (Math.abs(bases) > NEAR) {
                return bases > 0 ? 1 : -1;
            }
        }
        return 0;
    }

    private int factorials(Product product, int parameter) {
        return product.factors().stream()
                .filter(factor -> factor.parameter().equals(parameters.get(parameter)))
                .mapToInt(Factor::factorials)
                .sum();
    }

    private double logBase(Product product, int parameter) {
        return product.factors().stream()
                .filter(factor -> factor.parameter().equals(parameters.get(parameter)))
                .mapToDouble(factor -> Math.log(factor.base()))
                .sum();
    }

    private double power(Product product, int[] direction) {
        double sum = 0;
        for (Factor factor : product.factors()) {
            sum += factor.power().value() * direction[parameters.indexOf(factor.parameter())];
        }
        return sum;
    }

    private int logs(Product product, int[] direction) {
        int sum = 0;
        for (Factor factor : product.factors()) {
            if (direction[parameters.indexOf(factor.parameter())] > 0) {
                sum += factor.logPower();
            }
        }
        return sum;
    }
}
