package org.feuerprobe.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.Factor;
import org.feuerprobe.bound.Fraction;
import org.feuerprobe.bound.Product;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.Numbers;

/**
 * Which law reproduces counted costs without any residual? Solves small systems over the rational
 * numbers and checks every point: polynomials, whole logarithms, steps of a block size {@code
 * ceil(n/p)}, and products over several parameters. A law must be confirmed by at least two points
 * more than it has numbers. Over one parameter it may change once or twice: {@link PiecewiseLaw}.
 *
 * <p>A law that misses few points (at most one in ten, one at least) is reported with every
 * deviation: one point that breaks a law is a fact, not noise.
 */
public final class ExactFit {
    private static final int CONFIRMATIONS = 2;
    private static final int MOST_TRIES = 40;
    private static final int HIGHEST_POWER = 6;
    private static final int MOST_IN_PIECES = 64;

    /** A shape with fewer different values is a single step, which no law explains. */
    private static final int FEWEST_LEVELS = 3;

    private static final BigInteger LARGEST_DENOMINATOR = BigInteger.valueOf(64);

    /** A whole-number shape of growth. */
    private record Shape(
            String text, Product growth, BigInteger[] values, Optional<CostModel.Blocks> blocks) {
        Shape(String text, Product growth, BigInteger[] values) {
            this(text, growth, values, Optional.empty());
        }

        /** Growth of a block count per unit of its parameter. */
        double slope() {
            return blocks.map(b -> 1.0 / b.size()).orElse(1.0);
        }
    }

    /**
     * A law without residual, but for the deviations.
     *
     * @param model its growing terms
     * @param text the law with its exact numbers
     * @param deviations points that it misses
     */
    public record Law(CostModel model, String text, List<Deviation> deviations) {}

    /** A point that breaks the law. */
    public record Deviation(Map<String, Double> point, double expected, double found) {}

    /**
     * A law with at most one growing shape, over some of the points.
     *
     * @param slope growth of its trend per unit of {@code product}; 0 where the cost is flat
     */
    record Simple(
            String text,
            double intercept,
            double slope,
            Optional<Product> product,
            List<Deviation> deviations) {
        int numbers() {
            return product.isPresent() ? 2 : 1;
        }
    }

    private final List<Map<String, Double>> points;
    private final List<BigInteger> costs;
    private final List<String> parameters;

    private ExactFit(
            List<Map<String, Double>> points, List<BigInteger> costs, List<String> parameters) {
        this.points = points;
        this.costs = costs;
        this.parameters = parameters;
    }

    private ExactFit(DataSet data, List<String> parameters) {
        this(new ArrayList<>(), new ArrayList<>(), parameters);
        data.points().stream()
                .sorted(
                        Comparator.comparingDouble(point ->
                                parameters.stream()
                                        .mapToDouble(p -> point.parameters().getOrDefault(p, 0.0))
                                        .sum()))
                .forEach(point -> {
                    points.add(point.parameters());
                    costs.add(whole(point.values()[0]));
                });
    }

    /** Whether all values are whole and every point's repeat exactly. */
    public static boolean applies(DataSet data) {
        return data.points().stream()
                .allMatch(point -> {
                    double[] values = point.values();
                    for (double value : values) {
                        if (value != values[0]
                                || value != Math.rint(value)
                                || Math.abs(value) > Numbers.EXACT) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    /** The simplest law, if there is one; {@code data} must satisfy {@link #applies}. */
    public static Optional<Law> of(DataSet data, List<String> parameters, Expression bound) {
        return new ExactFit(data, parameters).search(bound);
    }

    private Optional<Law> search(Expression bound) {
        List<Shape> shapes = shapes(bound);
        List<List<Shape>> forms = new ArrayList<>();
        forms.add(List.of());
        shapes.forEach(shape -> forms.add(List.of(shape)));
        for (int i = 0; i < shapes.size(); i++) {
            for (int j = i + 1; j < shapes.size(); j++) {
                forms.add(List.of(shapes.get(i), shapes.get(j)));
            }
        }
        for (int i = 0; i < shapes.size(); i++) {
            for (int j = i + 1; j < shapes.size(); j++) {
                Product crossed = shapes.get(i).growth().times(shapes.get(j).growth());
                for (Shape third : shapes) {
                    if (third.growth().equals(crossed)) {
                        forms.add(List.of(shapes.get(i), shapes.get(j), third));
                    }
                }
            }
        }
        for (List<Shape> form : forms) {
            Optional<Law> law = fit(form, 0);
            if (law.isPresent()) {
                return law;
            }
        }
        Optional<Law> pieces = pieces(0);
        if (pieces.isPresent()) {
            return pieces;
        }
        int few = Math.max(1, points.size() / 10);
        for (List<Shape> form : forms) {
            if (form.size() <= 1) {
                Optional<Law> law = fit(form, few);
                if (law.isPresent()) {
                    return law;
                }
            }
        }
        return pieces(1);
    }

    private Optional<Law> pieces(int most) {
        if (parameters.size() != 1 || points.size() > MOST_IN_PIECES) {
            return Optional.empty();
        }
        String name = parameters.getFirst();
        double[] places = points.stream().mapToDouble(p -> p.getOrDefault(name, 0.0)).toArray();
        boolean distinct = Arrays.stream(places).distinct().count() == places.length;
        return distinct ? new PiecewiseLaw(this, name, places).search(most) : Optional.empty();
    }

    /** The simplest law with at most one shape over the points from one on, below another. */
    Optional<Simple> simple(int from, int to, int most) {
        ExactFit part = new ExactFit(points.subList(from, to), costs.subList(from, to), parameters);
        List<List<Shape>> forms = new ArrayList<>(List.of(List.of()));
        part.shapes(new Expression(List.of(Product.ONE)))
                .forEach(shape -> forms.add(List.of(shape)));
        for (List<Shape> form : forms) {
            Optional<Law> law = part.fit(form, most);
            if (law.isPresent()) {
                CostModel model = law.get().model();
                Optional<CostModel.Term> term = model.terms().stream().findFirst();
                return Optional.of(
                        new Simple(
                                law.get().text(),
                                model.intercept(),
                                term.map(CostModel.Term::coefficient).orElse(0.0),
                                term.map(CostModel.Term::product),
                                law.get().deviations()));
            }
        }
        return Optional.empty();
    }

    private Optional<Law> fit(List<Shape> form, int most) {
        int unknowns = form.size() + 1;
        int count = points.size();
        if (count - most < unknowns + CONFIRMATIONS) {
            return Optional.empty();
        }
        int tries = Math.min(MOST_TRIES, count);
        for (int shift = 0; shift < tries; shift++) {
            int[] rows = new int[unknowns];
            for (int k = 0; k < unknowns; k++) {
                int spread = unknowns == 1 ? 0 : k * (count - 1) / (unknowns - 1);
                rows[k] = (spread + shift) % count;
            }
            Optional<Rational[]> solved = solve(form, rows);
            if (solved.isPresent()) {
                Optional<Law> law = check(form, solved.get(), most);
                if (law.isPresent() || most == 0) {
                    return law; // without deviations, any solvable rows give the same law
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Rational[]> solve(List<Shape> form, int[] rows) {
        int size = rows.length;
        Rational[][] system = new Rational[size][size + 1];
        for (int r = 0; r < size; r++) {
            system[r][0] = Rational.ONE;
            for (int c = 1; c < size; c++) {
                system[r][c] = Rational.of(form.get(c - 1).values()[rows[r]]);
            }
            system[r][size] = Rational.of(costs.get(rows[r]));
        }
        return Rational.solve(system);
    }

    private Optional<Law> check(List<Shape> form, Rational[] numbers, int most) {
        for (int k = 0; k < numbers.length; k++) {
            boolean usable =
                    numbers[k].denominator().compareTo(LARGEST_DENOMINATOR) <= 0
                            && (k == 0 || numbers[k].numerator().signum() != 0);
            if (!usable) {
                return Optional.empty();
            }
        }
        if (form.size() > 0 && numbers[leader(form)].numerator().signum() < 0) {
            return Optional.empty();
        }
        List<Deviation> deviations = new ArrayList<>();
        double largest = 0;
        for (int i = 0; i < points.size(); i++) {
            Rational expected = numbers[0];
            for (int k = 1; k < numbers.length; k++) {
                expected =
                        expected.plus(numbers[k].times(Rational.of(form.get(k - 1).values()[i])));
            }
            if (!expected.equals(Rational.of(costs.get(i)))) {
                double found = costs.get(i).doubleValue();
                deviations.add(new Deviation(points.get(i), expected.value(), found));
                largest = Math.max(largest, Math.abs(found - expected.value()));
                if (deviations.size() > most) {
                    return Optional.empty();
                }
            }
        }
        if (!deviations.isEmpty() && form.stream().anyMatch(shape -> !seen(shape, deviations))) {
            return Optional.empty();
        }
        List<CostModel.Term> terms = new ArrayList<>();
        StringBuilder text = new StringBuilder(numbers[0].toString());
        for (int k = numbers.length - 1; k >= 1; k--) {
            Shape shape = form.get(k - 1);
            terms.add(
                    new CostModel.Term(
                            Estimate.exact(numbers[k].value() * shape.slope()),
                            shape.growth(),
                            shape.blocks()));
            text.append(numbers[k].numerator().signum() < 0 ? " - " : " + ")
                    .append(numbers[k].abs())
                    .append('·')
                    .append(shape.text());
        }
        CostModel model = new CostModel(numbers[0].value(), terms, deviations.isEmpty(), largest);
        String law = text.toString();
        return Optional.of(
                new Law(
                        law.contains("ceil(") ? model.withLaw(law) : model,
                        law,
                        List.copyOf(deviations)));
    }

    /** Whether the points that keep the law show enough different values of the shape. */
    private boolean seen(Shape shape, List<Deviation> deviations) {
        return java.util.stream.IntStream.range(0, points.size())
                        .filter(i ->
                                deviations.stream().noneMatch(d -> d.point().equals(points.get(i))))
                        .mapToObj(i -> shape.values()[i])
                        .distinct()
                        .count()
                >= FEWEST_LEVELS;
    }

    /** The coefficient of the form's largest shape at its last point. */
    private int leader(List<Shape> form) {
        int last = points.size() - 1;
        int leader = 1;
        for (int k = 2; k <= form.size(); k++) {
            if (form.get(k - 1).values()[last].compareTo(form.get(leader - 1).values()[last]) > 0) {
                leader = k;
            }
        }
        return leader;
    }

    private List<Shape> shapes(Expression bound) {
        List<Shape> shapes = new ArrayList<>();
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
                exactValues(product)
                        .ifPresent(values ->
                                shapes.add(new Shape(product.toString(), product, values)));
            }
        }
        for (String name : parameters) {
            for (int block = 2; block <= 4096; block *= 2) {
                Product linear = Product.of(name, Fraction.ONE, 0);
                String blocks = "ceil(" + name + "/" + block + ")";
                Optional<CostModel.Blocks> size = Optional.of(new CostModel.Blocks(name, block));
                shapes.add(new Shape(blocks, linear, blockCounts(name, block, ""), size));
                for (String other : parameters) {
                    if (!other.equals(name)) {
                        shapes.add(
                                new Shape(
                                        other + "·" + blocks,
                                        linear.times(Product.of(other, Fraction.ONE, 0)),
                                        blockCounts(name, block, other),
                                        size));
                    }
                }
            }
        }
        shapes.removeIf(shape -> Arrays.stream(shape.values()).distinct().count() < FEWEST_LEVELS);
        return shapes;
    }

    /** Blocks of {@code name} at each point, times {@code other} where one is named. */
    private BigInteger[] blockCounts(String name, int block, String other) {
        BigInteger[] values = new BigInteger[points.size()];
        for (int i = 0; i < values.length; i++) {
            double blocks = Math.ceil(points.get(i).getOrDefault(name, 0.0) / block);
            values[i] =
                    whole(blocks * (other.isEmpty() ? 1 : points.get(i).getOrDefault(other, 0.0)));
        }
        return values;
    }

    private Optional<BigInteger[]> exactValues(Product product) {
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

    private static BigInteger whole(double value) {
        return new BigDecimal(value, MathContext.UNLIMITED).toBigInteger();
    }
}
