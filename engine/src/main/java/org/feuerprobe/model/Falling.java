package org.feuerprobe.model;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Test of whether a cost never rises with its only parameter. Such a cost keeps every upper bound,
 * whatever law it follows. The nearest costs that never rise (antitonic regression by pooling
 * adjacent violators, Barlow et al. 1972) must agree with the points within their scatter. The fall
 * itself must be certain by Mann's rank test (1945). Scatter about a constant is left to the
 * models.
 */
public final class Falling {
    private static final int FEWEST_POINTS = 4;
    private static final double CERTAIN = 0.01;

    /** P-value of a misfit below which the cost may rise. */
    private static final double MISFIT = 0.1;

    private Falling() {}

    /** Probability that a cost which does not fall looks like this one; 1 if it may rise. */
    public static double chance(Condensed data) {
        int count = data.points().size();
        if (data.parameters().size() != 1 || count < FEWEST_POINTS) {
            return 1;
        }
        double[] cost = data.points().stream().mapToDouble(PointSummary::cost).toArray();
        double misfit = misfit(data, cost);
        boolean exact = data.noise().degreesOfFreedom() < FEWEST_POINTS;
        boolean meets =
                exact
                        ? misfit == 0
                        : ChiSquaredDistribution.of(count).survivalProbability(misfit) > MISFIT;
        if (!meets) {
            return 1;
        }
        double chance = Trend.rankChance(Arrays.stream(cost).map(c -> -c).toArray());
        return chance <= CERTAIN || (exact && falls(cost)) ? chance : 1;
    }

    /** Whether counts without scatter fall at every step. They need no more points than any law. */
    private static boolean falls(double[] cost) {
        for (int i = 1; i < cost.length; i++) {
            if (!(cost[i] < cost[i - 1])) {
                return false;
            }
        }
        return true;
    }

    /** Squared distance from the nearest costs that never rise, in standard errors. */
    private static double misfit(Condensed data, double[] cost) {
        int count = cost.length;
        double[] mean = new double[count];
        double[] weight = new double[count];
        int[] size = new int[count];
        int blocks = 0;
        for (int i = 0; i < count; i++) {
            mean[blocks] = cost[i];
            weight[blocks] = Math.pow(data.points().get(i).standardError(), -2);
            size[blocks++] = 1;
            while (blocks > 1 && mean[blocks - 2] < mean[blocks - 1]) {
                double both = weight[blocks - 2] + weight[blocks - 1];
                mean[blocks - 2] +=
                        (mean[blocks - 1] - mean[blocks - 2]) * weight[blocks - 1] / both;
                weight[blocks - 2] = both;
                size[blocks - 2] += size[--blocks];
            }
        }
        double squares = 0;
        int at = 0;
        for (int b = 0; b < blocks; b++) {
            for (int k = 0; k < size[b]; k++, at++) {
                double distance = (cost[at] - mean[b]) / data.points().get(at).standardError();
                squares += size[b] == 1 ? 0 : distance * distance;
            }
        }
        return squares;
    }
}
