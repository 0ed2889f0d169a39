package org.feuerprobe.model;

/**
 * How badly does a hypothesis explain the data, parsimony counted? The deviance of a normal model
 * whose error variance is known from replicates with some degrees of freedom, plus the Bayesian
 * information criterion's logarithm of the sample size for every number fitted (Schwarz 1978) and
 * two for every place of a break (a place is searched for: Zhang and Siegmund 2007).
 *
 * @param degrees degrees of freedom of the error estimate
 * @param inflation what chi-squares are divided by: above 1 where the best model still misses the
 *     points by more than the values' scatter explains
 * @param points number of points
 */
record Score(double degrees, double inflation, int points) {
    double of(Hypothesis hypothesis) {
        return of(
                hypothesis.squares(),
                hypothesis.freedoms(),
                hypothesis.breaks().length,
                hypothesis.prior());
    }

    double of(double squares, int freedoms, int breaks, double prior) {
        return deviance(squares)
                + perFreedom() * freedoms
                + breaks * 2 * Math.log(Math.max(2, points))
                + prior;
    }

    /** The chi-square that has a certain score; negative where even a perfect fit exceeds it. */
    double squares(double scored, int freedoms, int breaks, double prior) {
        double left = scored - of(0, freedoms, breaks, prior);
        return left < 0
                ? -1
                : inflation * Math.max(degrees, 1) * Math.expm1(left / (degrees + points));
    }

    double deviance(double squares) {
        return (degrees + points) * Math.log1p(squares / (inflation * Math.max(degrees, 1)));
    }

    double perFreedom() {
        return Math.log(Math.max(3, degrees + points));
    }
}
