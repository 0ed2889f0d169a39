package org.feuerprobe.model;

/**
 * Score of a hypothesis: misfit plus penalties, where a lower score is better. The misfit is the
 * deviance of a normal model whose error variance is estimated from replicates. Every fitted number
 * costs the logarithm of the sample size (Bayesian information criterion, Schwarz 1978). Every
 * place of a break costs two of these, because the place is searched for (Zhang and Siegmund 2007).
 *
 * @param degrees degrees of freedom of the error estimate
 * @param inflation divisor of chi-squares; above 1 if the best model misses the points by more than
 *     the scatter of the values explains
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

    /**
     * The chi-square at which a hypothesis has this score; negative if even a perfect fit exceeds
     * it.
     */
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
