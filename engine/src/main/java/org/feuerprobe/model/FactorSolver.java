package org.feuerprobe.model;

/**
 * Fit of factors by which the whole cost is multiplied at given breaks. It uses Gauss–Newton on the
 * logarithms of the factors, and starts with the observed jumps. The length of steps is limited, so
 * that it cannot diverge.
 */
final class FactorSolver {
    private static final int ROUNDS = 5;
    private static final double LONGEST_STEP = 0.7;

    /** Length of a step that changes no chi-square any more. */
    private static final double TINY = 1e-10;

    private final SearchSpace space;
    final SmallFit fit;
    double[] factors = new double[0];

    FactorSolver(SearchSpace space) {
        this.space = space;
        this.fit = new SmallFit(space.target);
    }

    /**
     * Fits {@code columns}, which are multiplied by {@link #factors} after the breaks. Returns
     * whether that succeeded. Afterwards {@link #fit} contains only the scaled columns.
     */
    boolean solve(double[][] columns, int[] breaks) {
        start(breaks);
        double[][] scaled = new double[columns.length][space.points];
        double[] derivative = new double[space.points];
        for (int round = 0; round <= ROUNDS; round++) {
            fit.keep(0);
            for (int c = 0; c < columns.length; c++) {
                scale(columns[c], scaled[c], breaks, factors);
                if (!fit.add(scaled[c])) {
                    return false;
                }
            }
            if (round == ROUNDS) {
                return true;
            }
            double[] residual = fit.residual();
            double[] step = step(columns.length, breaks, residual, derivative);
            if (step.length == 0) {
                return false;
            }
            if (isTiny(step)) {
                fit.keep(columns.length);
                return true;
            }
            for (int b = 0; b < breaks.length; b++) {
                factors[b] *= Math.exp(Math.clamp(step[b], -LONGEST_STEP, LONGEST_STEP));
            }
        }
        return true;
    }

    private static boolean isTiny(double[] step) {
        boolean tiny = true;
        for (double part : step) {
            tiny &= Math.abs(part) < TINY;
        }
        return tiny;
    }

    private void start(int[] breaks) {
        factors = new double[breaks.length];
        for (int b = 0; b < breaks.length; b++) {
            double before = space.target[breaks[b]] * space.error[breaks[b]];
            double after = space.target[breaks[b] + 1] * space.error[breaks[b] + 1];
            factors[b] = before > 0 && after > 0 ? after / before : 1;
        }
    }

    private double[] step(int columns, int[] breaks, double[] residual, double[] derivative) {
        for (int place : breaks) {
            derivative(place, residual, derivative);
            if (!fit.add(derivative)) {
                return new double[0];
            }
        }
        double[] all = fit.coefficients();
        double[] step = new double[breaks.length];
        System.arraycopy(all, columns, step, 0, breaks.length);
        return step;
    }

    /** Derivative of the model with respect to the logarithm of the factor at {@code place}. */
    void derivative(int place, double[] residual, double[] into) {
        for (int i = 0; i < space.points; i++) {
            into[i] = i > place ? space.target[i] - residual[i] : 0;
        }
    }

    static void scale(double[] column, double[] into, int[] breaks, double[] factors) {
        double factor = 1;
        int next = 0;
        for (int i = 0; i < column.length; i++) {
            while (next < breaks.length && i > breaks[next]) {
                factor *= factors[next++];
            }
            into[i] = column[i] * factor;
        }
    }
}
