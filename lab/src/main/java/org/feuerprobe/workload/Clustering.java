package org.feuerprobe.workload;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Points in clusters around their means: k-means with the seeding of k-means++ (Arthur and
 * Vassilvitskii 2007), the best of several starts. A library would bring more than these lines:
 * Commons Math 3 has not been released since 2016.
 *
 * @param of cluster of each point
 * @param means centre of each cluster
 * @param distortion sum of the squared distances of points to their centres
 */
record Clustering(int[] of, double[][] means, double distortion) {
    private static final int STARTS = 5;
    private static final int MOST_ROUNDS = 100;

    /**
     * Smallest variance: intervals that differ by 1 % of their instructions are alike. Loops repeat
     * so exactly that without it each interval would be a phase of its own.
     */
    private static final double LEAST_VARIANCE = 1e-4;

    /** The best of several clusterings of the points into {@code k}. */
    static Clustering of(double[][] points, int k, SplittableRandom random) {
        Clustering best = once(points, k, random.split());
        for (int start = 1; start < STARTS; start++) {
            Clustering next = once(points, k, random.split());
            best = next.distortion < best.distortion ? next : best;
        }
        return best;
    }

    private static Clustering once(double[][] points, int k, SplittableRandom random) {
        double[][] means = seeds(points, k, random);
        int[] of = new int[points.length];
        for (int round = 0; round < MOST_ROUNDS; round++) {
            int[] next = assign(points, means);
            if (round > 0 && Arrays.equals(next, of)) {
                break;
            }
            of = next;
            means = centres(points, of, means);
        }
        double distortion = 0;
        for (int i = 0; i < points.length; i++) {
            distortion += distance(points[i], means[of[i]]);
        }
        return new Clustering(of, means, distortion);
    }

    private static double[][] seeds(double[][] points, int k, SplittableRandom random) {
        double[][] means = new double[k][];
        means[0] = points[random.nextInt(points.length)].clone();
        double[] nearest = new double[points.length];
        Arrays.fill(nearest, Double.MAX_VALUE);
        for (int c = 1; c < k; c++) {
            double sum = 0;
            for (int i = 0; i < points.length; i++) {
                nearest[i] = Math.min(nearest[i], distance(points[i], means[c - 1]));
                sum += nearest[i];
            }
            double at = random.nextDouble() * sum;
            int chosen = 0;
            while (chosen < points.length - 1 && at >= nearest[chosen]) {
                at -= nearest[chosen];
                chosen++;
            }
            means[c] = points[chosen].clone();
        }
        return means;
    }

    private static int[] assign(double[][] points, double[][] means) {
        int[] of = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            for (int c = 1; c < means.length; c++) {
                if (distance(points[i], means[c]) < distance(points[i], means[of[i]])) {
                    of[i] = c;
                }
            }
        }
        return of;
    }

    /** Means of the clusters; an empty cluster keeps its centre. */
    private static double[][] centres(double[][] points, int[] of, double[][] before) {
        int dimensions = points[0].length;
        double[][] sums = new double[before.length][dimensions];
        int[] sizes = new int[before.length];
        for (int i = 0; i < points.length; i++) {
            sizes[of[i]]++;
            for (int d = 0; d < dimensions; d++) {
                sums[of[i]][d] += points[i][d];
            }
        }
        for (int c = 0; c < before.length; c++) {
            for (int d = 0; d < dimensions; d++) {
                sums[c][d] = sizes[c] == 0 ? before[c][d] : sums[c][d] / sizes[c];
            }
        }
        return sums;
    }

    static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += (a[d] - b[d]) * (a[d] - b[d]);
        }
        return sum;
    }

    /**
     * Bayesian information criterion of spherical Gaussian clusters with one variance (Pelleg and
     * Moore 2000). Larger is better.
     */
    double criterion() {
        int points = of.length;
        int clusters = means.length;
        int dimensions = means[0].length;
        int[] sizes = new int[clusters];
        for (int cluster : of) {
            sizes[cluster]++;
        }
        double variance =
                Math.max(
                        LEAST_VARIANCE,
                        distortion / ((double) dimensions * Math.max(1, points - clusters)));
        double likelihood =
                -0.5 * points * dimensions * Math.log(2 * Math.PI * variance)
                        - distortion / (2 * variance);
        for (int size : sizes) {
            likelihood += size == 0 ? 0 : size * Math.log((double) size / points);
        }
        double parameters = clusters - 1 + (double) clusters * dimensions + 1;
        return likelihood - parameters / 2 * Math.log(points);
    }
}
