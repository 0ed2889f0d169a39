package org.feuerprobe.model;

/**
 * Least-squares fit of a few columns to a target by modified Gram–Schmidt with one
 * re-orthogonalisation, for up to {@value #MOST} columns. Arrays are reused, so one thread uses an
 * instance.
 *
 * <p>The caller divides rows by their standard error, so that {@link #squares} is a chi-square. A
 * column is rejected if it depends on the earlier ones, that is, if its new part is below {@value
 * #DEPENDENT} of its length.
 */
final class SmallFit {
    static final int MOST = 8;
    private static final double DEPENDENT = 1e-7;

    /**
     * A column that keeps half of its length is orthogonal to the earlier ones after one pass
     * (Daniel, Gragg, Kaufman and Stewart 1976).
     */
    private static final double MOSTLY_NEW = 0.25;

    private final int rows;
    private final double[][] basis;
    private final double[][] upper = new double[MOST][MOST];
    private final double[][] residual;
    private final double[] projection = new double[MOST];
    private int columns;

    SmallFit(double[] target) {
        rows = target.length;
        basis = new double[MOST][rows];
        residual = new double[MOST + 1][rows];
        System.arraycopy(target, 0, residual[0], 0, rows);
    }

    /** Removes all columns after the first {@code count}. */
    void keep(int count) {
        columns = count;
    }

    /** Adds a column. Returns false if it depends on the earlier ones. */
    boolean add(double[] column) {
        double[] q = basis[columns];
        System.arraycopy(column, 0, q, 0, rows);
        double length = squares(q);
        for (int k = 0; k < columns; k++) {
            upper[k][columns] = 0;
        }
        double left = length;
        if (columns > 0) {
            left = orthogonalise(q);
            if (left < length * MOSTLY_NEW) {
                left = orthogonalise(q);
            }
        }
        if (!(left > length * DEPENDENT * DEPENDENT) || left == 0) {
            return false;
        }
        double norm = Math.sqrt(left);
        upper[columns][columns] = norm;
        for (int i = 0; i < rows; i++) {
            q[i] /= norm;
        }
        double[] r = residual[columns];
        double dot = 0;
        for (int i = 0; i < rows; i++) {
            dot += q[i] * r[i];
        }
        projection[columns] = dot;
        double[] next = residual[columns + 1];
        for (int i = 0; i < rows; i++) {
            next[i] = r[i] - dot * q[i];
        }
        columns++;
        return true;
    }

    /** Removes the earlier columns from a new one. Returns the square of the rest's length. */
    private double orthogonalise(double[] q) {
        for (int k = 0; k < columns; k++) {
            double[] b = basis[k];
            double dot = 0;
            for (int i = 0; i < rows; i++) {
                dot += b[i] * q[i];
            }
            upper[k][columns] += dot;
            for (int i = 0; i < rows; i++) {
                q[i] -= dot * b[i];
            }
        }
        return squares(q);
    }

    private static double squares(double[] vector) {
        double sum = 0;
        for (double value : vector) {
            sum += value * value;
        }
        return sum;
    }

    int columns() {
        return columns;
    }

    /** Squared length of the residual vector. */
    double squares() {
        return squares(residual[columns]);
    }

    /** The residual of each row. */
    double[] residual() {
        return residual[columns].clone();
    }

    /** Coefficient of the last column divided by its standard error, for rows of unit variance. */
    double lastStudent() {
        return projection[columns - 1];
    }

    /** Standard error of the last column's coefficient, for rows of unit variance. */
    double lastError() {
        return 1 / upper[columns - 1][columns - 1];
    }

    /** Coefficients of all columns. */
    double[] coefficients() {
        double[] beta = new double[columns];
        for (int k = columns - 1; k >= 0; k--) {
            double sum = projection[k];
            for (int j = k + 1; j < columns; j++) {
                sum -= upper[k][j] * beta[j];
            }
            beta[k] = sum / upper[k][k];
        }
        return beta;
    }

    /** Standard errors of the coefficients, for rows of unit variance. */
    double[] standardErrors() {
        double[] errors = new double[columns];
        for (int k = 0; k < columns; k++) {
            double[] row = new double[columns];
            for (int j = k; j < columns; j++) {
                double sum = j == k ? 1 : 0;
                for (int i = k; i < j; i++) {
                    sum -= row[i] * upper[i][j];
                }
                row[j] = sum / upper[j][j];
                errors[k] += row[j] * row[j];
            }
            errors[k] = Math.sqrt(errors[k]);
        }
        return errors;
    }
}
