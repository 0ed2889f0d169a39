package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;

/**
 * Estimator of each point's typical cost, and of the noise.
 *
 * <p>Values are compared on a scale on which the noise is the same everywhere: logarithms for
 * multiplicative noise. The first estimate of that noise is the lower quartile of the absolute
 * differences within points (as in Qn, Rousseeuw and Croux 1993). A quarter of wild values cannot
 * change it much. Values further than {@value #CUT} times that estimate from their point's centre
 * are set apart, but counted. The mean and the pooled standard deviation of the other values are
 * then computed.
 *
 * <p>The values of a point may fall into two groups, of which the smaller is too large to be
 * outliers. Then the group nearer to the prediction from the neighbouring points is used. If boots
 * differ more than their values do, the scatter between boots counts (one-way analysis of
 * variance), because samples of one boot are not independent evidence.
 *
 * <p>Cost: linear in the number of values, and one sort per point.
 */
public final class Condenser {
    private static final double CUT = 4.5;
    private static final double GAP = 6;
    private static final double NEAR = 2;
    private static final double MINORITY = 0.3;
    private static final int MOST_PAIRED = 12;

    /**
     * Quantiles of the absolute differences. A higher one is used only if the lower one is zero.
     */
    private static final double[] QUANTILES = {0.25, 0.5, 0.75};

    /** The same quantiles of the absolute difference of two standard normal values. */
    private static final double[] NORMAL_PAIR = {0.450624, 0.953873, 1.626796};

    private static final double OTHER_EXPONENT_GAIN = 6;
    private static final double RELATIVE_FLOOR = 1e-9;

    /** Costs below this share of the largest cost count as zero. */
    private static final double SMALLEST_RATIO = 1e-60;

    private static final double QUANTISATION = 1.0 / 12;

    private final List<String> parameters;
    private final List<Map<String, Double>> places = new ArrayList<>();
    private final List<double[]> values = new ArrayList<>();
    private final List<int[]> bootStarts = new ArrayList<>();

    private Condenser(DataSet data, List<String> parameters) {
        this.parameters = parameters;
        Map<Map<String, Double>, List<double[]>> byPlace = new LinkedHashMap<>();
        for (Point point : data.points()) {
            Map<String, Double> place = new LinkedHashMap<>();
            parameters.forEach(name -> place.put(name, coordinate(point, name)));
            byPlace.computeIfAbsent(place, key -> new ArrayList<>()).addAll(point.boots());
        }
        Comparator<Map<String, Double>> order = Comparator.comparingInt(Map::size);
        for (String name : parameters) {
            order = order.thenComparing(place -> place.getOrDefault(name, 0.0));
        }
        byPlace.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(order))
                .forEach(entry -> add(entry.getKey(), entry.getValue()));
    }

    /**
     * Condenses a data set over {@code parameters}. Each point must have a value for each of them.
     */
    public static Condensed condense(DataSet data, List<String> parameters) {
        return new Condenser(data, List.copyOf(parameters)).condense();
    }

    private static double coordinate(Point point, String name) {
        Double value = point.parameters().get(name);
        if (value == null) {
            throw new IllegalArgumentException("point lacks parameter " + name);
        }
        return value;
    }

    private void add(Map<String, Double> place, List<double[]> boots) {
        int[] starts = new int[boots.size() + 1];
        for (int i = 0; i < boots.size(); i++) {
            starts[i + 1] = starts[i] + boots.get(i).length;
        }
        double[] all = new double[starts[boots.size()]];
        for (int i = 0; i < boots.size(); i++) {
            System.arraycopy(boots.get(i), 0, all, starts[i], boots.get(i).length);
        }
        places.add(place);
        values.add(all);
        bootStarts.add(starts);
    }

    private Condensed condense() {
        boolean positive = values.stream().allMatch(all -> Arrays.stream(all).min().orElse(0) > 0);
        if (!positive) {
            return new Pass(0).result();
        }
        Pass relative = new Pass(1);
        double best = relative.likelihood(1) + OTHER_EXPONENT_GAIN;
        double exponent = 1;
        for (double other : new double[] {0, 0.5}) {
            double likelihood = relative.likelihood(other);
            if (likelihood > best) {
                best = likelihood;
                exponent = other;
            }
        }
        return exponent == 1 ? relative.result() : new Pass(exponent).result();
    }

    /** One estimate of all points under one law of the noise. */
    private final class Pass {
        private final double exponent;
        private final double[][] scaled;
        private final double[] unit;
        private final double[] centre;
        private final boolean[][] kept;
        private double scale;
        private double degrees;

        Pass(double exponent) {
            this.exponent = exponent;
            int count = values.size();
            scaled = new double[count][];
            unit = new double[count];
            centre = new double[count];
            kept = new boolean[count][];
            for (int i = 0; i < count; i++) {
                double[] all = values.get(i);
                unit[i] = exponent == 0 ? 1 : Math.pow(Math.abs(Order.median(all)), exponent);
                double divisor = unit[i];
                scaled[i] =
                        exponent == 1
                                ? Arrays.stream(all).map(Math::log).toArray()
                                : Arrays.stream(all).map(v -> v / divisor).toArray();
                centre[i] = Order.median(scaled[i]);
            }
            scale = firstScale();
            recentreDividedPoints();
            for (int round = 0; round < 3; round++) {
                separate();
            }
        }

        private double firstScale() {
            double[] differences = pairDifferences();
            if (differences.length == 0) {
                return 0;
            }
            Arrays.sort(differences);
            for (int i = 0; i < QUANTILES.length; i++) {
                double found = differences[(int) (QUANTILES[i] * (differences.length - 1))];
                if (found > 0) {
                    return found / NORMAL_PAIR[i];
                }
            }
            return 0;
        }

        private double[] pairDifferences() {
            int count = 0;
            for (double[] u : scaled) {
                for (int lag = 1; lag <= lags(u); lag++) {
                    count += u.length - lag;
                }
            }
            double[] differences = new double[count];
            for (double[] u : scaled) {
                for (int lag = 1; lag <= lags(u); lag++) {
                    for (int j = lag; j < u.length; j++) {
                        differences[--count] = Math.abs(u[j] - u[j - lag]);
                    }
                }
            }
            return differences;
        }

        private static int lags(double[] values) {
            return values.length <= MOST_PAIRED ? values.length - 1 : 2;
        }

        /**
         * Chooses a group for each point with two groups: the one nearer to the prediction from the
         * neighbours.
         */
        private void recentreDividedPoints() {
            int count = scaled.length;
            double[][] groups = new double[count][];
            boolean[] divided = new boolean[count];
            for (int i = 0; i < count; i++) {
                groups[i] = groupCentres(scaled[i]);
                divided[i] = groups[i].length > 1;
            }
            for (int i = 0; i < count; i++) {
                if (divided[i]) {
                    double expected = expectedFromNeighbours(i, divided);
                    double best = groups[i][0];
                    for (double group : groups[i]) {
                        if (Math.abs(group - expected) < Math.abs(best - expected)) {
                            best = group;
                        }
                    }
                    centre[i] = best;
                }
            }
        }

        private double[] groupCentres(double[] u) {
            if (u.length < 2 || scale <= 0) {
                return new double[] {Order.median(u)};
            }
            double[] sorted = u.clone();
            Arrays.sort(sorted);
            List<Double> centres = new ArrayList<>();
            int start = 0;
            for (int j = 1; j <= sorted.length; j++) {
                if (j == sorted.length || sorted[j] - sorted[j - 1] > GAP * scale) {
                    if (j - start >= Math.max(1, MINORITY * sorted.length)) {
                        centres.add(Order.median(Arrays.copyOfRange(sorted, start, j)));
                    }
                    start = j;
                }
            }
            return centres.isEmpty()
                    ? new double[] {Order.median(u)}
                    : centres.stream().mapToDouble(Double::doubleValue).toArray();
        }

        /**
         * Prediction for a point from its nearest undivided neighbours: a plane over the logarithms
         * of the parameters.
         */
        private double expectedFromNeighbours(int at, boolean[] divided) {
            int count = scaled.length;
            double[] target = new double[count];
            double[][] columns = new double[parameters.size() + 1][count];
            for (int i = 0; i < count; i++) {
                double distance = 0;
                for (String name : parameters) {
                    double step = position(i, name) - position(at, name);
                    distance += step * step;
                }
                double weight = i == at || divided[i] ? 0 : Math.exp(-distance / NEAR / 2);
                target[i] = weight * centre[i];
                columns[0][i] = weight;
                for (int p = 0; p < parameters.size(); p++) {
                    columns[p + 1][i] =
                            weight
                                    * (position(i, parameters.get(p))
                                            - position(at, parameters.get(p)));
                }
            }
            SmallFit plane = new SmallFit(target);
            if (!plane.add(columns[0])) {
                return centre[at];
            }
            for (int p = 0; p < parameters.size(); p++) {
                plane.add(columns[p + 1]);
            }
            return plane.coefficients()[0];
        }

        private double position(int point, String name) {
            double value = places.get(point).getOrDefault(name, 1.0);
            return Math.log(Math.abs(value) + 1) / Math.log(2);
        }

        /** Sets wild values apart, and computes mean and scale of the others. */
        private void separate() {
            double squares = 0;
            long count = 0;
            int points = 0;
            for (int i = 0; i < scaled.length; i++) {
                double[] u = scaled[i];
                boolean[] keep = new boolean[u.length];
                double sum = 0;
                int n = 0;
                for (int j = 0; j < u.length; j++) {
                    keep[j] = Math.abs(u[j] - centre[i]) <= CUT * scale || u.length == 1;
                    if (keep[j]) {
                        sum += u[j] - centre[i];
                        n++;
                    }
                }
                if (n > 0) {
                    centre[i] += sum / n;
                } else {
                    Arrays.fill(keep, true);
                    n = u.length;
                    centre[i] = Order.median(u);
                }
                for (int j = 0; j < u.length; j++) {
                    if (keep[j]) {
                        squares += (u[j] - centre[i]) * (u[j] - centre[i]);
                    }
                }
                kept[i] = keep;
                count += n;
                points++;
            }
            degrees = count - points;
            if (degrees > 0) {
                scale = Math.sqrt(squares / degrees);
            }
        }

        /**
         * Profile log-likelihood of the kept values if their deviation were proportional to {@code
         * cost^other}.
         */
        double likelihood(double other) {
            double squares = 0;
            double logs = 0;
            double n = 0;
            for (int i = 0; i < scaled.length; i++) {
                double[] all = values.get(i);
                double cost = cost(i);
                double unitHere = Math.pow(Math.abs(cost), other);
                int here = 0;
                for (int j = 0; j < all.length; j++) {
                    if (kept[i][j]) {
                        double e = (all[j] - cost) / unitHere;
                        squares += e * e;
                        here++;
                    }
                }
                if (here > 1) {
                    logs += (here - 1) * Math.log(unitHere);
                    n += here - 1;
                }
            }
            return n == 0 || squares <= 0 ? 0 : -0.5 * n * Math.log(squares / n) - logs;
        }

        private double cost(int i) {
            double[] all = values.get(i);
            double sum = 0;
            int n = 0;
            for (int j = 0; j < all.length; j++) {
                if (kept[i][j]) {
                    sum += all[j] / all.length;
                    n++;
                }
            }
            return sum * ((double) all.length / n);
        }

        Condensed result() {
            BootVariance boots = BootVariance.of(scaled, kept, bootStarts, scale * scale, degrees);
            boolean whole = values.stream().allMatch(Order::whole);
            double largest =
                    values.stream().flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
            List<PointSummary> points = new ArrayList<>();
            long total = 0;
            long apart = 0;
            for (int i = 0; i < scaled.length; i++) {
                int n = 0;
                for (boolean keep : kept[i]) {
                    n += keep ? 1 : 0;
                }
                double cost = cost(i);
                double size = exponent == 1 ? Math.abs(cost) : unit[i];
                double spread = boots.varianceOfMean(i, n) * size * size;
                double floor =
                        RELATIVE_FLOOR
                                * Math.max(
                                        Math.abs(cost),
                                        (exponent == 1 ? SMALLEST_RATIO : 1) * largest);
                double error = Math.sqrt(spread + (whole ? QUANTISATION : 0) + floor * floor);
                points.add(
                        new PointSummary(
                                places.get(i),
                                cost,
                                Math.max(error, Double.MIN_NORMAL),
                                scaled[i].length,
                                scaled[i].length - n));
                total += scaled[i].length;
                apart += scaled[i].length - n;
            }
            Noise noise =
                    new Noise(exponent, boots.withinScale(), boots.betweenScale(), boots.degrees());
            return new Condensed(parameters, points, noise, total, apart);
        }
    }
}
