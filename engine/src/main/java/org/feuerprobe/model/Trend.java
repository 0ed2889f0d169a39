package org.feuerprobe.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;
import org.feuerprobe.bound.Expression;

/**
 * Test of whether the cost outgrows its bound, whatever law it follows. It tests {@code cost /
 * bound} over the points of one parameter, without a list of terms.
 *
 * <p>Two tests give the probability of such a steady rise; the smaller one is doubled. They are
 * Mann's exact rank test (Mann 1945; Kendall's tau against the order of the points), and Student's
 * test of the slope of the logarithms.
 *
 * <p>A rise <em>lasts</em> if every step of the far half rises by at least a quarter of a power (an
 * intersection–union test, Berger 1982), and the far half rises about as steeply as the near half.
 * Costs that level off and staircases do not pass.
 *
 * @param chance probability of the rise if cost and bound grew alike
 * @param lasts whether the rise continues to the end of the range
 * @param scatter mean square of the logarithms about the better line
 */
record Trend(double chance, boolean lasts, double scatter) {
    private static final int FEWEST_POINTS = 4;
    private static final double LEAST_ELASTICITY = 0.25;
    private static final double SLACKENING = 0.7;

    /** One-sided 1 % quantile of a normal distribution. */
    private static final double CERTAIN = 2.326;

    /** The trend of the cost divided by the bound; empty if it cannot be computed. */
    static Optional<Trend> of(SearchSpace space, Expression bound) {
        if (space.parameters.size() != 1 || space.points < FEWEST_POINTS) {
            return Optional.empty();
        }
        String name = space.parameters.getFirst();
        double[] logs = new double[space.points];
        double[] errors = new double[space.points];
        for (int i = 0; i < logs.length; i++) {
            double cost = space.target[i] * space.error[i];
            double limit = Math.max(1, bound.at(Map.of(name, space.coordinate[i])));
            logs[i] = Math.log(cost) - Math.log(limit);
            errors[i] = space.error[i] / cost;
            if (!(cost > 0) || !(space.coordinate[i] > 0) || !Double.isFinite(logs[i])) {
                return Optional.empty();
            }
        }
        double[] places = Arrays.stream(space.coordinate).map(Math::log).toArray();
        Line power = Line.through(places, logs);
        Line exponential = Line.through(space.coordinate, logs);
        Line better = power.squares() < exponential.squares() ? power : exponential;
        double chance = Math.min(rankChance(logs), 2 * better.chance());
        return Optional.of(
                new Trend(
                        Math.min(1, 2 * chance),
                        lasts(places, logs, errors),
                        better.squares() / (logs.length - 2)));
    }

    private static boolean lasts(double[] places, double[] logs, double[] errors) {
        int last = logs.length - 1;
        int middle = last / 2;
        for (int i = middle; i < last; i++) {
            double distance = places[i + 1] - places[i];
            double doubt = CERTAIN * Math.hypot(errors[i], errors[i + 1]);
            if (!(logs[i + 1] - logs[i] - doubt > LEAST_ELASTICITY * distance)) {
                return false;
            }
        }
        double near = (logs[middle] - logs[0]) / (places[middle] - places[0]);
        double far = (logs[last] - logs[middle]) / (places[last] - places[middle]);
        return far >= SLACKENING * near;
    }

    /**
     * Probability of at least this many rising pairs if all orders are equally likely. Ties count
     * as falling.
     */
    static double rankChance(double[] values) {
        int falling = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                falling += values[j] > values[i] ? 0 : 1;
            }
        }
        double[] share = {1};
        for (int n = 2; n <= values.length; n++) {
            double[] longer = new double[share.length + n - 1];
            for (int k = 0; k < share.length; k++) {
                for (int inversions = 0; inversions < n; inversions++) {
                    longer[k + inversions] += share[k] / n;
                }
            }
            share = longer;
        }
        double chance = 0;
        for (int k = 0; k <= falling; k++) {
            chance += share[k];
        }
        return chance;
    }

    /** A least-squares line, and the probability of such a large slope by chance. */
    private record Line(double squares, double chance) {
        static Line through(double[] x, double[] y) {
            int n = x.length;
            double meanX = Arrays.stream(x).average().orElse(0);
            double meanY = Arrays.stream(y).average().orElse(0);
            double xx = 0;
            double xy = 0;
            double yy = 0;
            for (int i = 0; i < n; i++) {
                xx += (x[i] - meanX) * (x[i] - meanX);
                xy += (x[i] - meanX) * (y[i] - meanY);
                yy += (y[i] - meanY) * (y[i] - meanY);
            }
            double slope = xy / xx;
            double squares = Math.max(0, yy - slope * xy);
            double error = Math.sqrt(squares / (n - 2) / xx);
            double chance =
                    error > 0
                            ? TDistribution.of(n - 2).survivalProbability(slope / error)
                            : slope > 0 ? 0 : 1;
            return new Line(squares, chance);
        }
    }
}
