package org.feuerprobe.model;

import java.util.Optional;

/**
 * The borders that are tried first for a law that levels off: steps of a quarter of an octave.
 *
 * @param first logarithm of the smallest border
 * @param last logarithm of the largest border
 * @param borders logarithm of each border
 * @param done share of the change that has happened, for each border and point
 */
record LevellingGrid(double first, double last, double[] borders, double[][] done) {
    static final double STEP = Math.log(2) / 4;

    /**
     * A level is reached if at least 15/16 of the change, or 94 %, has happened at the largest
     * point.
     */
    static final double REACHED = 16;

    /**
     * Largest border, as a multiple of the largest point. Beyond it such a law is a straight line.
     */
    private static final double FARTHEST = 2;

    /**
     * Largest border of a law that begins to rise at its border; the largest point is this multiple
     * of it.
     */
    private static final double NEARLY = 1.5;

    /** The smallest positive value of a parameter, and the largest one. */
    record Range(double lowest, double highest) {
        /** Empty if the parameter has fewer than two positive values. */
        static Optional<Range> of(double[] coordinate) {
            double lowest = Double.POSITIVE_INFINITY;
            double highest = 0;
            for (double value : coordinate) {
                lowest = value > 0 ? Math.min(lowest, value) : lowest;
                highest = Math.max(highest, value);
            }
            return lowest < highest ? Optional.of(new Range(lowest, highest)) : Optional.empty();
        }
    }

    /**
     * Makes a grid.
     *
     * @param lonely whether the level lies beyond the range
     */
    static LevellingGrid of(RegimeKind kind, double[] coordinate, Range range, boolean lonely) {
        double first = Math.log(range.lowest()) - 4 * STEP;
        double reached = Math.log(range.highest() / REACHED);
        double farther = Math.log(kind == RegimeKind.MISSES ? 1 / NEARLY : FARTHEST);
        return lonely
                ? of(
                        kind,
                        coordinate,
                        Math.max(first, reached),
                        Math.log(range.highest()) + farther)
                : of(kind, coordinate, first, reached);
    }

    private static LevellingGrid of(
            RegimeKind kind, double[] coordinate, double first, double last) {
        int count = 0;
        for (double at = first; at <= last; at += STEP) {
            count++;
        }
        double[] borders = new double[count];
        double[][] done = new double[count][coordinate.length];
        double at = first;
        for (int k = 0; k < count; k++) {
            borders[k] = at;
            for (int i = 0; i < coordinate.length; i++) {
                done[k][i] = kind.done(coordinate[i], Math.exp(at));
            }
            at += STEP;
        }
        return new LevellingGrid(first, last, borders, done);
    }
}
