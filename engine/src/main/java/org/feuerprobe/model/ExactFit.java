package org.feuerprobe.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.Product;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.Numbers;

/**
 * Search for a law that reproduces counted costs without any residual. It solves small systems over
 * the rational numbers, and checks every point. The laws are polynomials, logarithms of whole
 * numbers, steps of a block size {@code ceil(n/p)}, and products over several parameters. At least
 * two more points than the law has coefficients must confirm it. A law of one parameter may change
 * once or twice: {@link PiecewiseLaw}.
 *
 * <p>A law may miss a few points: one, or one in ten. It is then reported with every deviation,
 * because a point that breaks a law is a fact and not noise.
 */
public final class ExactFit {
    private static final int CONFIRMATIONS = 2;
    private static final int MOST_TRIES = 40;
    private static final int MOST_IN_PIECES = 64;

    private static final BigInteger LARGEST_DENOMINATOR = BigInteger.valueOf(64);

    /**
     * A law without residuals, except for the deviations.
     *
     * @param model the law as a cost model
     * @param text the law with its exact coefficients
     * @param deviations points that it misses
     */
    public record Law(CostModel model, String text, List<Deviation> deviations) {}

    /** A point that breaks the law. */
    public record Deviation(Map<String, Double> point, double expected, double found) {}

    /**
     * A law with at most one growing shape, over some of the points.
     *
     * @param slope growth of its trend per unit of {@code product}; 0 if the cost is constant
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
                    costs.add(ExactShape.whole(point.values()[0]));
                });
    }

    /** Whether all values are whole numbers, and the values of each point are equal. */
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

    /** The simplest law; empty if there is none. The {@code data} must satisfy {@link #applies}. */
    public static Optional<Law> of(DataSet data, List<String> parameters, Expression bound) {
        return new ExactFit(data, parameters).search(bound);
    }

    private Optional<Law> search(Expression bound) {
        List<ExactShape> shapes = ExactShape.all(points, parameters, bound);
        List<List<ExactShape>> forms = new ArrayList<>();
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
                for (ExactShape third : shapes) {
                    if (third.growth().equals(crossed)) {
                        forms.add(List.of(shapes.get(i), shapes.get(j), third));
                    }
                }
            }
        }
        for (List<ExactShape> form : forms) {
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
        for (List<ExactShape> form : forms) {
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

    /**
     * The simplest law with at most one shape for the points {@code from} (included) to {@code to}
     * (excluded).
     */
    Optional<Simple> simple(int from, int to, int most) {
        ExactFit part = new ExactFit(points.subList(from, to), costs.subList(from, to), parameters);
        List<List<ExactShape>> forms = new ArrayList<>(List.of(List.of()));
        ExactShape.all(part.points, parameters, new Expression(List.of(Product.ONE)))
                .forEach(shape -> forms.add(List.of(shape)));
        for (List<ExactShape> form : forms) {
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

    private Optional<Law> fit(List<ExactShape> form, int most) {
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

    private Optional<Rational[]> solve(List<ExactShape> form, int[] rows) {
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

    private Optional<Law> check(List<ExactShape> form, Rational[] numbers, int most) {
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
            ExactShape shape = form.get(k - 1);
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
    private boolean seen(ExactShape shape, List<Deviation> deviations) {
        return java.util.stream.IntStream.range(0, points.size())
                        .filter(i ->
                                deviations.stream().noneMatch(d -> d.point().equals(points.get(i))))
                        .mapToObj(i -> shape.values()[i])
                        .distinct()
                        .count()
                >= ExactShape.FEWEST_LEVELS;
    }

    /** Index of the coefficient whose shape is largest at the last point. */
    private int leader(List<ExactShape> form) {
        int last = points.size() - 1;
        int leader = 1;
        for (int k = 2; k <= form.size(); k++) {
            if (form.get(k - 1).values()[last].compareTo(form.get(leader - 1).values()[last]) > 0) {
                leader = k;
            }
        }
        return leader;
    }
}
