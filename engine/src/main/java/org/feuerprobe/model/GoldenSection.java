package org.feuerprobe.model;

import java.util.function.DoubleUnaryOperator;

/** Search for the smallest value of a function that falls and then rises (Kiefer 1953). */
final class GoldenSection {
    private static final double RATIO = (Math.sqrt(5) - 1) / 2;

    private GoldenSection() {}

    /**
     * The place of the smallest value between two places. Of two equal values the left one counts
     * as smaller.
     *
     * @param sections how often the interval is narrowed, each time to 0.618 of its width
     */
    static double least(DoubleUnaryOperator function, double from, double to, int sections) {
        double low = from;
        double high = to;
        double left = high - RATIO * (high - low);
        double right = low + RATIO * (high - low);
        double atLeft = function.applyAsDouble(left);
        double atRight = function.applyAsDouble(right);
        for (int i = 0; i < sections; i++) {
            if (atLeft <= atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - RATIO * (high - low);
                atLeft = function.applyAsDouble(left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + RATIO * (high - low);
                atRight = function.applyAsDouble(right);
            }
        }
        return (low + high) / 2;
    }
}
