package org.feuerprobe.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.Factor;
import org.feuerprobe.bound.Fraction;
import org.feuerprobe.bound.Product;
import org.feuerprobe.sample.Numbers;

/**
 * A shape of growth with whole values at some points: a power, a logarithm of whole numbers, an
 * exponential, a product, or a number of blocks.
 *
 * @param text the shape in an exact law
 * @param growth the shape's growth; of blocks, that of their number
 * @param values the shape's value at each point
 * @param blocks the blocks that it counts; empty for other shapes
 */
record ExactShape(
        String text, Product growth, BigInteger[] values, Optional<CostModel.Blocks> blocks) {
    private static final int HIGHEST_POWER = 6;

    /**
     * Smallest number of different values of a shape. With two values it is a single step, which no
     * law explains.
     */
    static final int FEWEST_LEVELS = 3;

    ExactShape(String text, Product growth, BigInteger[] values) {
        this(text, growth, values, Optional.empty());
    }

    /** Growth of the number of blocks per unit of the parameter. */
    double slope() {
        return blocks.map(b -> 1.0 / b.size()).orElse(1.0);
    }

    /** All shapes over the points that have enough different values, the bound's own among them. */
    static List<ExactShape> all(
            List<Map<String, Double>> points, List<String> parameters, Expression bound) {
        List<ExactShape> shapes = new ArrayList<>();
        List<Product> smooth = new ArrayList<>();
        for (String name : parameters) {
            smooth.add(Product.of(name, Fraction.ONE, 0));
            smooth.add(Product.of(name, Fraction.ZERO, 1));
            smooth.add(Product.of(name, Fraction.ONE, 1));
            for (int power = 2; power <= (parameters.size() == 1 ? HIGHEST_POWER : 3); power++) {
                smooth.add(Product.of(name, Fraction.of(power), 0));
            }
        }
        if (parameters.size() == 1) {
            String name = parameters.getFirst();
            smooth.add(Product.of(Factor.exponential(name, 2)));
            smooth.add(Product.of(Factor.exponential(name, 3)));
            smooth.add(Product.of(Factor.factorial(name)));
        }
        for (String a : parameters) {
            for (String b : parameters) {
                if (a.compareTo(b) < 0) {
                    smooth.add(
                            Product.of(a, Fraction.ONE, 0).times(Product.of(b, Fraction.ONE, 0)));
                }
            }
        }
        smooth.addAll(bound.products());
        for (Product product : smooth.stream().distinct().toList()) {
            if (!product.factors().isEmpty()) {
                exactValues(points, product)
                        .ifPresent(values ->
                                shapes.add(new ExactShape(product.toString(), product, values)));
            }
        }
        for (String name : parameters) {
            for (int block = 2; block <= 4096; block *= 2) {
                Product linear = Product.of(name, Fraction.ONE, 0);
                String blocks = "ceil(" + name + "/" + block + ")";
                Optional<CostModel.Blocks> size = Optional.of(new CostModel.Blocks(name, block));
                shapes.add(
                        new ExactShape(blocks, linear, blockCounts(points, name, block, ""), size));
                for (String other : parameters) {
                    if (!other.equals(name)) {
                        shapes.add(
                                new ExactShape(
                                        other + "·" + blocks,
                                        linear.times(Product.of(other, Fraction.ONE, 0)),
                                        blockCounts(points, name, block, other),
                                        size));
                    }
                }
            }
        }
        shapes.removeIf(shape -> Arrays.stream(shape.values()).distinct().count() < FEWEST_LEVELS);
        return shapes;
    }

    /**
     * Number of blocks of {@code name} at each point, multiplied by {@code other} unless that is
     * empty.
     */
    private static BigInteger[] blockCounts(
            List<Map<String, Double>> points, String name, int block, String other) {
        BigInteger[] values = new BigInteger[points.size()];
        for (int i = 0; i < values.length; i++) {
            double blocks = Math.ceil(points.get(i).getOrDefault(name, 0.0) / block);
            values[i] =
                    whole(blocks * (other.isEmpty() ? 1 : points.get(i).getOrDefault(other, 0.0)));
        }
        return values;
    }

    private static Optional<BigInteger[]> exactValues(
            List<Map<String, Double>> points, Product product) {
        BigInteger[] values = new BigInteger[points.size()];
        for (int i = 0; i < values.length; i++) {
            double value = product.at(points.get(i));
            double rounded = Math.rint(value);
            if (!(Math.abs(value) < Numbers.EXACT)
                    || Math.abs(value - rounded) > 1e-9 * Math.abs(value)) {
                return Optional.empty();
            }
            values[i] = whole(rounded);
        }
        return Optional.of(values);
    }

    /** The whole number that this double is. */
    static BigInteger whole(double value) {
        return new BigDecimal(value, MathContext.UNLIMITED).toBigInteger();
    }
}
