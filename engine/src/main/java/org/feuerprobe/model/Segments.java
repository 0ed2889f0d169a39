package org.feuerprobe.model;

import java.util.List;

/**
 * Lower limit on the chi-square of a law that may change at certain places. Each stretch between
 * these places gets its own straight line in a given column. No law of that column with changes at
 * these places can fit better. Cost: one pass over the points for each place.
 */
final class Segments {
    /** Error that rounding may cause in a sum of squares, as a share of the sum. */
    private static final double ROUNDING = 1e-9;

    private final List<Integer> places;

    /** Chi-square of each stretch, by the place before it (0: none) and the place at its end. */
    private final double[][] squares;

    /**
     * Computes the chi-square of every stretch.
     *
     * @param places indices of points after which the law may change; ascending, the last of them
     *     before the last point
     * @param column the growing column, or the intercept's for constants
     */
    Segments(SearchSpace space, List<Integer> places, double[] column) {
        this.places = places;
        squares = new double[places.size() + 1][places.size() + 1];
        for (int from = 0; from <= places.size(); from++) {
            int first = from == 0 ? 0 : places.get(from - 1) + 1;
            double weight = 0;
            double meanX = 0;
            double meanY = 0;
            double xx = 0;
            double xy = 0;
            double yy = 0;
            double total = 0;
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
                total += w * y * y;
                if (i == space.points - 1 || (next < places.size() && i == places.get(next))) {
                    double left = xx > 0 ? yy - xy * xy / xx : yy;
                    squares[from][next++] = Math.max(0, left - ROUNDING * total);
                }
            }
        }
    }

    /** The lower limit for changes at the places with these indices. */
    double least(int... changes) {
        double sum = 0;
        int from = 0;
        for (int change : changes) {
            sum += squares[from][change];
            from = change + 1;
        }
        return sum + squares[from][places.size()];
    }
}
