package org.feuerprobe.model;

/**
 * Which linear combination of a few columns is nearest to a target? Modified Gram–Schmidt with one
 * re-orthogonalisation where it is needed, for up to {@value #MOST} columns; arrays are reused, so
 * one instance serves one thread.
 *
 * <p>The caller has divided rows by their standard error, so {@link #squares} is a chi-square. A
 * column that depends on the earlier ones (its new part below {@value #DEPENDENT} of its length) is
 * refused.
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

    /** Forgets all columns after the first {@code count}. */
    void keep(int count) {
        columns = count;
    }

    /** Adds a column; whether it brought anything new. */
    boolean add(double[] column) {
        double[] q = basis[columns];
        double length = 0;
        for (int i = 0; i < rows; i++) {
            q[i] = column[i];
            length += q[i] * q[i];
        }
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
        double dot = 0;
        double[] r = residual[columns];
        for (int i = 0; i < rows; i++) {
            q[i] /= norm;
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

    /** Takes the earlier columns out of a new one; the square of what is left. */
    private double orthogonalise(double[] q) {
        double left = 0;
        for (int k = 0; k < columns; k++) {
            double[] b = basis[k];
            double dot = 0;
            for (int i = 0; i < rows; i++) {
                dot += b[i] * q[i];
            }
            upper[k][columns] += dot;
            left = 0;
            for (int i = 0; i < rows; i++) {
                q[i] -= dot * b[i];
                left += q[i] * q[i];
            }
        }
        return left;
    }

    int columns() {
        return columns;
    }

    /** Squared length of the residual. */
    double squares() {
        double sum = 0;
        for (double value : residual[columns]) {
            sum += value * value;
        }
        return sum;
    }

    /** Residual of every row. */
    double[] residual() {
        return residual[columns].clone();
    }

    /** The last column's coefficient divided by its standard error (for rows of unit variance). */
    double lastStudent() {
        return projection[columns - 1];
    }

    /** The last column's standard error, for rows of unit variance. */
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

    /** Standard errors of the coefficients for rows of unit variance. */
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
