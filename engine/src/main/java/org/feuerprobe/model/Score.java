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
        return deviance(hypothesis.squares())
                + perFreedom() * hypothesis.freedoms()
                + hypothesis.breaks().length * 2 * Math.log(Math.max(2, points))
                + hypothesis.prior();
    }

    double deviance(double squares) {
        return (degrees + points) * Math.log1p(squares / (inflation * Math.max(degrees, 1)));
    }

    double perFreedom() {
        return Math.log(Math.max(3, degrees + points));
    }
}
