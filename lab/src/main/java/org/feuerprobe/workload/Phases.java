package org.feuerprobe.workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.feuerprobe.workload.Workload.Vector;

/**
 * Phases of a program: intervals that execute the same code. After Sherwood, Perelman, Hamerly and
 * Calder (ASPLOS 2002): basic-block vectors, projected at random to 15 dimensions, clustered by
 * k-means; the smallest k whose criterion reaches 90 % of the range is taken.
 *
 * @param of phase of each interval
 */
public record Phases(List<Phase> phases, List<Integer> of) {
    private static final int DIMENSIONS = 15;
    private static final int MOST = 10;
    private static final double ENOUGH = 0.9;
    private static final long SEED = 20021005;

    /**
     * One phase.
     *
     * @param share of all instructions
     * @param representative the interval nearest to the phase's centre
     * @param block address of the basic block with the most instructions
     */
    public record Phase(double share, int intervals, int representative, long block) {}

    public Phases {
        phases = List.copyOf(phases);
        of = List.copyOf(of);
    }

    /** Finds the phases; none if there is no interval. The same vectors give the same phases. */
    static Phases of(List<Vector> vectors, Map<Integer, Long> addresses) {
        if (vectors.isEmpty()) {
            return new Phases(List.of(), List.of());
        }
        double[][] points =
                vectors.stream()
                        .map(vector -> projected(vector, addresses))
                        .toArray(double[][]::new);
        Clustering best = choose(points);
        return described(best, points, vectors, addresses);
    }

    private static Clustering choose(double[][] points) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Clustering> tried = new ArrayList<>();
        for (int k = 1; k <= Math.min(MOST, points.length); k++) {
            tried.add(Clustering.of(points, k, random));
        }
        double least = tried.stream().mapToDouble(Clustering::criterion).min().orElseThrow();
        double most = tried.stream().mapToDouble(Clustering::criterion).max().orElseThrow();
        return tried.stream()
                .filter(one -> one.criterion() >= least + ENOUGH * (most - least))
                .findFirst()
                .orElseThrow();
    }

    /** Each block has a random direction, which depends on its address alone. */
    private static double[] projected(Vector vector, Map<Integer, Long> addresses) {
        double[] point = new double[DIMENSIONS];
        vector.blocks()
                .forEach((block, instructions) -> {
                    SplittableRandom direction =
                            new SplittableRandom(SEED ^ addresses.getOrDefault(block, 0L));
                    double share = (double) instructions / vector.instructions();
                    for (int d = 0; d < DIMENSIONS; d++) {
                        point[d] += share * direction.nextDouble(-1, 1);
                    }
                });
        return point;
    }

    private static Phases described(
            Clustering found,
            double[][] points,
            List<Vector> vectors,
            Map<Integer, Long> addresses) {
        long all = vectors.stream().mapToLong(Vector::instructions).sum();
        Map<Integer, Integer> numbers = new HashMap<>(); // in the order of time
        List<Integer> of = new ArrayList<>();
        for (int cluster : found.of()) {
            int fresh = numbers.size();
            of.add(numbers.computeIfAbsent(cluster, _ -> fresh));
        }
        List<Phase> phases = new ArrayList<>();
        numbers.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(entry -> {
                    double[] centre = found.means()[entry.getKey()];
                    int nearest = -1;
                    long sum = 0;
                    int intervals = 0;
                    Map<Integer, Long> blocks = new HashMap<>();
                    for (int i = 0; i < points.length; i++) {
                        if (!of.get(i).equals(entry.getValue())) {
                            continue;
                        }
                        intervals++;
                        sum += vectors.get(i).instructions();
                        vectors.get(i).blocks().forEach((b, n) -> blocks.merge(b, n, Long::sum));
                        if (nearest < 0
                                || Clustering.distance(points[i], centre)
                                        < Clustering.distance(points[nearest], centre)) {
                            nearest = i;
                        }
                    }
                    int hottest =
                            blocks.entrySet().stream()
                                    .max(
                                            Map.Entry.<Integer, Long>comparingByValue()
                                                    .thenComparing(
                                                            Map.Entry.comparingByKey(
                                                                    Comparator.reverseOrder())))
                                    .orElseThrow()
                                    .getKey();
                    phases.add(
                            new Phase(
                                    (double) sum / all,
                                    intervals,
                                    nearest,
                                    addresses.getOrDefault(hottest, 0L)));
                });
        return new Phases(phases, of);
    }
}
