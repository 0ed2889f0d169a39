package org.feuerprobe.model;

import java.util.List;
import org.apache.commons.statistics.distribution.FDistribution;

/**
 * Variance components of the scatter within and between boots, by a one-way analysis of variance
 * that is pooled over the points (Searle, Casella and McCulloch 1992, section 3.6). The component
 * between boots is dropped if an F test at {@value #POOL} does not show it.
 *
 * @param within variance of a value within its boot
 * @param between variance of the part that the values of a boot share
 * @param degrees degrees of freedom of the error of a mean
 * @param boots number of boots at each point
 */
record BootVariance(double within, double between, double degrees, int[] boots) {
    private static final double POOL = 0.25;

    static BootVariance of(
            double[][] scaled,
            boolean[][] kept,
            List<int[]> starts,
            double pooled,
            double pooledDegrees) {
        double inside = 0;
        double insideDegrees = 0;
        double across = 0;
        double acrossDegrees = 0;
        double sizes = 0;
        int[] counts = new int[scaled.length];
        for (int i = 0; i < scaled.length; i++) {
            int boots = starts.get(i).length - 1;
            double[] mean = new double[boots];
            double[] size = new double[boots];
            double all = 0;
            double total = 0;
            double squaredSizes = 0;
            for (int b = 0; b < boots; b++) {
                double sum = 0;
                for (int j = starts.get(i)[b]; j < starts.get(i)[b + 1]; j++) {
                    if (kept[i][j]) {
                        sum += scaled[i][j];
                        size[b]++;
                    }
                }
                mean[b] = size[b] > 0 ? sum / size[b] : 0;
                for (int j = starts.get(i)[b]; j < starts.get(i)[b + 1]; j++) {
                    if (kept[i][j]) {
                        inside += (scaled[i][j] - mean[b]) * (scaled[i][j] - mean[b]);
                    }
                }
                counts[i] += size[b] > 0 ? 1 : 0;
                insideDegrees += Math.max(0, size[b] - 1);
                all += sum;
                total += size[b];
                squaredSizes += size[b] * size[b];
            }
            for (int b = 0; b < boots && counts[i] > 1; b++) {
                across += size[b] * (mean[b] - all / total) * (mean[b] - all / total);
            }
            if (counts[i] > 1) {
                acrossDegrees += counts[i] - 1;
                sizes += total - squaredSizes / total;
            }
        }
        if (insideDegrees < 1 || acrossDegrees < 1 || inside <= 0) {
            return new BootVariance(pooled, 0, pooledDegrees, counts);
        }
        double withinSquare = inside / insideDegrees;
        double betweenSquare = across / acrossDegrees;
        double tail =
                FDistribution.of(acrossDegrees, insideDegrees)
                        .survivalProbability(betweenSquare / withinSquare);
        if (tail > POOL || sizes <= 0) {
            return new BootVariance(pooled, 0, pooledDegrees, counts);
        }
        double between = (betweenSquare - withinSquare) / (sizes / acrossDegrees);
        return new BootVariance(withinSquare, Math.max(0, between), acrossDegrees, counts);
    }

    double varianceOfMean(int point, int values) {
        return between / Math.max(1, boots[point]) + within / Math.max(1, values);
    }

    double withinScale() {
        return Math.sqrt(within);
    }

    double betweenScale() {
        return Math.sqrt(between);
    }
}
