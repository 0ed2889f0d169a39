package org.feuerprobe.model;

/**
 * How do the values of one point scatter about their cost?
 *
 * @param exponent standard deviation of a value is {@code scale · cost^exponent}: 1 for
 *     multiplicative noise, 0 for additive
 * @param scale of a single value, within a boot; not negative
 * @param betweenBoots the same for the part that all values of a boot share; 0 where boots agree
 * @param degreesOfFreedom on which the scale rests; 0 where no point was measured twice
 */
public record Noise(double exponent, double scale, double betweenBoots, double degreesOfFreedom) {
    /** Standard deviation of one value at a cost. */
    public double standardDeviation(double cost) {
        return Math.hypot(scale, betweenBoots) * Math.pow(Math.abs(cost), exponent);
    }
}
