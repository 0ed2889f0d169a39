package org.feuerprobe.model;

import java.util.List;

/**
 * Lower limits on the chi-square of laws that change at certain places, without fitting them. They
 * come from sums over the stretches between these places. Cost: one pass over the points for each
 * place, and a few operations for each limit.
 */
final class Segments {
    /** Error that rounding may cause in a sum of squares, as a share of the sum. */
    private static final double ROUNDING = 1e-9;

    /** Below this share a sum is too inaccurate to divide by it. */
    private static final double CANCELLED = 1e-4;

    /** A part of the cost is called small only if rounding cannot have made it so. */
    private static final double SURELY = 1 - 1e-6;

    private final List<Integer> places;

    /** Sums over a stretch. Deviations are from the stretch's means. */
    private record Sums(
            double weight, double meanX, double meanY, double xx, double xy, double yy) {
        /** Chi-square about the stretch's own straight line. */
        double aboutLine() {
            return xx > 0 ? yy - xy * xy / xx : yy;
        }
    }

    /** The sums of each stretch, by the place before it (0: none) and the place at its end. */
    private final Sums[][] sums;

    private double total;

    /**
     * Computes the sums of every stretch.
     *
     * @param places indices of points after which the law may change; ascending, the last of them
     *     before the last point
     * @param column the growing column, or the intercept's for constants
     */
    Segments(SearchSpace space, List<Integer> places, double[] column) {
        this.places = places;
        sums = new Sums[places.size() + 1][places.size() + 1];
        for (int from = 0; from <= places.size(); from++) {
            int first = from == 0 ? 0 : places.get(from - 1) + 1;
            double weight = 0;
            double meanX = 0;
            double meanY = 0;
            double xx = 0;
            double xy = 0;
            double yy = 0;
            double all = 0;
            int next = from;
            for (int i = first; i < space.points; i++) {
                double w = space.intercept[i] * space.intercept[i];
                double x = column[i] / space.intercept[i];
                double y = space.target[i] / space.intercept[i];
                weight += w;
                double dx = x - meanX;
                double dy = y - meanY;
                meanX += dx * w / weight;
                meanY += dy * w / weight;
                xx += w * dx * (x - meanX);
                xy += w * dx * (y - meanY);
                yy += w * dy * (y - meanY);
                all += w * y * y;
                if (i == space.points - 1 || (next < places.size() && i == places.get(next))) {
                    sums[from][next++] = new Sums(weight, meanX, meanY, xx, xy, yy);
                }
            }
            total = Math.max(total, all);
        }
    }

    /**
     * The limit for changes at the places with these indices, whatever changes there. Each stretch
     * gets its own straight line.
     */
    double least(int... changes) {
        double squares = 0;
        for (int k = 0; k <= changes.length; k++) {
            squares += Math.max(0, stretch(changes, k).aboutLine() - ROUNDING * total);
        }
        return squares;
    }

    private Sums stretch(int[] changes, int k) {
        int from = k == 0 ? 0 : changes[k - 1] + 1;
        return sums[from][k == changes.length ? places.size() : changes[k]];
    }

    /** The limit if constants are added: all stretches have the same slope. */
    double leastOfLevels(int... changes) {
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int k = 0; k <= changes.length; k++) {
            Sums stretch = stretch(changes, k);
            xx += stretch.xx;
            xy += stretch.xy;
            yy += stretch.yy;
        }
        return yy - (xx > 0 ? xy * xy / xx : 0) - ROUNDING * total;
    }

    /** Whether the common slope is surely below this one, if constants are added. */
    boolean levelsAreBelow(double slope, int... changes) {
        double xx = 0;
        double xy = 0;
        double scale = 0;
        for (int k = 0; k <= changes.length; k++) {
            Sums stretch = stretch(changes, k);
            xx += stretch.xx;
            xy += stretch.xy;
            scale += stretch.weight * stretch.meanX * stretch.meanX;
        }
        return xx > CANCELLED * scale && xy < slope * SURELY * xx;
    }

    /** The limit if the coefficient changes with a jump: all stretches have the same intercept. */
    double leastOfSlopes(int... changes) {
        double a = 0;
        double b = 0;
        double c = 0;
        double weight = 0;
        for (int k = 0; k <= changes.length; k++) {
            Sums s = stretch(changes, k);
            double xx = s.xx + s.weight * s.meanX * s.meanX;
            double xy = s.xy + s.weight * s.meanX * s.meanY;
            double yy = s.yy + s.weight * s.meanY * s.meanY;
            double x = s.weight * s.meanX;
            double y = s.weight * s.meanY;
            a += s.weight - x * x / xx;
            b += y - x * xy / xx;
            c += yy - xy * xy / xx;
            weight += s.weight;
        }
        return a > CANCELLED * weight ? c - b * b / a - ROUNDING * total : 0;
    }
}
