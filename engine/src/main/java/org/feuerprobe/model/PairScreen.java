package org.feuerprobe.model;

import java.util.List;

/**
 * Lower limit on the chi-square of a fit of an intercept and two columns, from the products of all
 * pairs of columns. It costs a few operations for a pair, however many points there are.
 */
final class PairScreen {
    /** Error that rounding may cause, as a share of the sum of squares. */
    private static final double ROUNDING = 1e-8;

    /** Sine squared of the angle between two columns, below which the limit is 0. */
    private static final double ALIKE = 1e-6;

    private final double[][] products;
    private final double[] projections;
    private final double squares;

    /** Computes the products of the first {@code count} columns without the intercept's part. */
    PairScreen(SearchSpace space, int count) {
        double[] target = without(space.intercept, space.target);
        squares = dot(target, target);
        double[][] columns = new double[count][];
        List<double[]> all = space.columns;
        for (int i = 0; i < count; i++) {
            columns[i] = without(space.intercept, all.get(i));
        }
        products = new double[count][count];
        projections = new double[count];
        for (int i = 0; i < count; i++) {
            projections[i] = dot(columns[i], target);
            for (int j = 0; j <= i; j++) {
                products[i][j] = dot(columns[i], columns[j]);
            }
        }
    }

    /** The lower limit for columns {@code i} and {@code j}, where i is less than j. */
    double least(int i, int j) {
        double a = products[i][i];
        double b = products[j][i];
        double c = products[j][j];
        double area = a * c - b * b;
        if (!(area > ALIKE * a * c)) {
            return 0;
        }
        double x = projections[i];
        double y = projections[j];
        double explained = (x * x * c - 2 * x * y * b + y * y * a) / area;
        return squares - explained - ROUNDING * squares;
    }

    private static double[] without(double[] intercept, double[] column) {
        double share = dot(column, intercept) / dot(intercept, intercept);
        double[] rest = new double[column.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = column[i] - share * intercept[i];
        }
        return rest;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
