package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.bound.Factor;
import org.feuerprobe.bound.Fraction;
import org.feuerprobe.bound.Product;

/**
 * Candidate terms of one data set as columns of numbers, with a row for each point. Each row is
 * divided by the standard error of its point, and each column by its largest entry.
 */
final class SearchSpace {
    final int points;
    final List<String> parameters;
    final double[] target;
    final double[] intercept;
    final double[] error;

    /** Largest cost, which is the unit of the coefficients. */
    final double unit;

    final List<CandidateTerm> terms = new ArrayList<>();
    final List<double[]> columns = new ArrayList<>();

    /** Indices of two terms of different parameters and of their product. */
    final List<int[]> crossed = new ArrayList<>();

    final Design design;

    private final List<PointSummary> places;
    private final double[] cost;
    private final List<Design.Shape> shapes = new ArrayList<>();

    /** Value of the only parameter at each point; empty if there are several parameters. */
    final double[] coordinate;

    SearchSpace(Condensed data, Design design) {
        this.design = design;
        points = data.points().size();
        parameters = data.parameters();
        error = data.points().stream().mapToDouble(PointSummary::standardError).toArray();
        cost = data.points().stream().mapToDouble(PointSummary::cost).toArray();
        target = new double[points];
        intercept = new double[points];
        double highest = Arrays.stream(cost).map(Math::abs).max().orElse(1);
        unit = highest > 0 ? highest : 1;
        for (int i = 0; i < points; i++) {
            target[i] = data.points().get(i).cost() / error[i];
            intercept[i] = unit / error[i];
        }
        coordinate = design.coordinate;
        int read = 0;
        TermDictionary.Terms candidates = design.candidates;
        int[] renamed = new int[candidates.list().size()];
        places = data.points();
        for (CandidateTerm term : candidates.list()) {
            renamed[read] = add(term, design.shapes.get(read)) ? terms.size() - 1 : -1;
            read++;
        }
        for (int[] triple : candidates.crossed()) {
            int[] here = {renamed[triple[0]], renamed[triple[1]], renamed[triple[2]]};
            if (here[0] >= 0 && here[1] >= 0 && here[2] >= 0) {
                crossed.add(here);
            }
        }
    }

    /** Adds a candidate. Returns false if its values are not usable at these points. */
    boolean add(CandidateTerm term) {
        return add(term, Design.Shape.of(term.product(), places));
    }

    private boolean add(CandidateTerm term, Design.Shape shape) {
        if (shape.usable()) {
            terms.add(term);
            columns.add(weighted(shape.values(), shape.size()));
            shapes.add(shape);
        }
        return shape.usable();
    }

    /** A product as a column; empty if its values are not usable at these points. */
    Optional<double[]> column(Product product) {
        Design.Shape shape = Design.Shape.of(product, places);
        return shape.usable()
                ? Optional.of(weighted(shape.values(), shape.size()))
                : Optional.empty();
    }

    /**
     * Measured cost at the point where a term is largest, in units of the largest cost. A column is
     * 1 there, before the division by the error.
     */
    double costAtLargest(int term) {
        return Math.abs(cost[shapes.get(term).largest()]) / unit;
    }

    /** Number by which a column was divided. */
    double size(int term) {
        return shapes.get(term).size();
    }

    private static double size(double[] shape) {
        double largest = 0;
        for (double value : shape) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** A shape divided by its largest entry, and by the error of each row. */
    double[] weighted(double[] shape) {
        return weighted(shape, size(shape));
    }

    private double[] weighted(double[] shape, double largest) {
        double[] column = new double[points];
        for (int i = 0; i < points; i++) {
            column[i] = shape[i] / largest * intercept[i];
        }
        return column;
    }

    /**
     * The column of a cost, or of a term's coefficient, that levels off after a change of size 1.
     *
     * @param term the term whose coefficient changes; negative for the cost
     */
    double[] levelling(RegimeKind kind, double border, int term) {
        double[] whole = term < 0 ? intercept : columns.get(term);
        double[] column = new double[points];
        for (int i = 0; i < points; i++) {
            column[i] = kind.done(coordinate[i], border) * whole[i];
        }
        return column;
    }

    /** Whether term {@code a} grows no faster than {@code b} in every single parameter. */
    boolean dominated(int a, int b) {
        Product slow = terms.get(a).product();
        Product fast = terms.get(b).product();
        for (String parameter : parameters) {
            Factor s = factor(slow, parameter);
            Factor f = factor(fast, parameter);
            int powers = s.power().compareTo(f.power());
            boolean slowerFactor =
                    s.factorials() != f.factorials()
                            ? s.factorials() < f.factorials()
                            : s.base() != f.base()
                                    ? s.base() < f.base()
                                    : powers < 0 || (powers == 0 && s.logPower() <= f.logPower());
            if (!slowerFactor) {
                return false;
            }
        }
        return true;
    }

    private static Factor factor(Product product, String parameter) {
        for (Factor factor : product.factors()) {
            if (factor.parameter().equals(parameter)) {
                return factor;
            }
        }
        return new Factor(parameter, Fraction.ZERO, 0);
    }
}
